"""Writing the archive: one ZIP, a file at a time, whatever its size."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from clusterwerk.platform.takeout.dictionary import HEAD, about, dictionary
from clusterwerk.platform.takeout.tables import ExportedTable, tables_of, written

UNSAFE = re.compile(r"[^\w. -]+")
LONGEST = 120


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """A document of the cluster: the name it has for people, and its bytes or where they stand.

    `table` and `row` say to which line of which table it belongs, where it belongs to one.
    """

    name: str
    content: Path | bytes
    table: str = ""
    row: int | None = None


Documents = Callable[[int], Iterable[ExportedDocument]]
_documents: list[Documents] = []
INDEX = ("file", "name", "table", "id")


def register_documents(documents: Documents) -> None:
    """Let a room add the documents it keeps of a cluster; called once from its `apps.py`."""
    if documents not in _documents:
        _documents.append(documents)


def write_archive(file: IO[bytes], *, cluster: int, name: str, day: date) -> dict[str, int]:
    """Write all data of a cluster that the acting seats may read; rows by path of the file."""
    tables = list(tables_of(cluster))
    counts: dict[str, int] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            counts[table.path] = _write(archive, table.path, table.columns, table.lines())
        _write(archive, "dictionary.csv", HEAD, dictionary(tables))
        counts["documents/"] = _write_documents(archive, cluster)
        told = about(tables, counts, cluster=name, day=day.isoformat())
        archive.writestr("README.txt", told.encode("utf-8-sig"))
    return counts


def _write(archive: ZipFile, path: str, head: Iterable[str], lines: Iterator[list[str]]) -> int:
    """A CSV file, streamed; the number of its rows."""
    rows = 0
    with archive.open(path, "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(head)
        for line in lines:
            writer.writerow(line)
            rows += 1
        text.flush()
        text.detach()
    return rows


def _write_documents(archive: ZipFile, cluster: int) -> int:
    """Each document under a number and a safe name, so that two of one name both stay.

    One at a time: together they may be larger than the memory. `documents.csv` lists them.
    """
    every = chain.from_iterable(documents(cluster) for documents in _documents)
    lines = [
        _write_document(archive, number, document) for number, document in enumerate(every, start=1)
    ]
    return _write(archive, "documents.csv", INDEX, iter(lines))


def _write_document(archive: ZipFile, number: int, document: ExportedDocument) -> list[str]:
    """Its line in the list."""
    safe = UNSAFE.sub("_", document.name).strip(" .")[-LONGEST:] or "document"
    path = f"documents/{number:05d} {safe}"
    if isinstance(document.content, Path):
        archive.write(document.content, path)
    else:
        archive.writestr(path, document.content)
    table = f"tables/{document.table}.csv" if document.table else ""
    return [path, written(document.name), table, written(document.row)]


__all__ = ["ExportedDocument", "ExportedTable", "register_documents", "write_archive"]
