"""A folder of CSV files to typed rows, or one exception that holds every mistake in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast, get_args, get_type_hints

from clusterwerk.reporting.figures.cells import Cell, CellError, quoted
from clusterwerk.reporting.figures.document import read_document
from clusterwerk.reporting.figures.errors import FigureError, FigureErrors
from clusterwerk.reporting.figures.rows import (
    ApplicationRow,
    CallRow,
    ClusterRow,
    CollaborationRow,
    ContributionRow,
    FactRow,
    KpiByEmbeddingRow,
    KpiRow,
    MeanRow,
    PrintedAgainRow,
)
from clusterwerk.reporting.figures.rules import Complaint, Rule, rules_of

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a document prints; ``document`` is the key that its ``document.toml`` gives."""

    document: str
    clusters: tuple[ClusterRow, ...]
    contributions: tuple[ContributionRow, ...]
    kpis: tuple[KpiRow, ...]
    kpis_by_embedding: tuple[KpiByEmbeddingRow, ...]
    printed_again: tuple[PrintedAgainRow, ...]
    applications: tuple[ApplicationRow, ...]
    calls: tuple[CallRow, ...]
    collaborations: tuple[CollaborationRow, ...]
    survey_means: tuple[MeanRow, ...]
    fieldwork: tuple[FactRow, ...]
    reach: tuple[FactRow, ...]
    cofinancing: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """The rows of one file with the line each stands on."""

    file: str
    rows: tuple[tuple[int, Row], ...]

    @property
    def values(self) -> tuple[Row, ...]:
        return tuple(row for _, row in self.rows)


def read_figures(folder: Path) -> Figures:
    """Reads all files of a folder.

    Files are UTF-8, with or without a byte order mark, with any line ends; cells are separated
    by commas. Columns may stand in any order, but all of them must be there and no other.

    Raises
    ------
    FigureErrors
        With every mistake of every file: file, line, column, what was found and what was
        expected. References between files are checked when the list of clusters is sound.
    """
    errors: list[FigureError] = []
    read = _Reader(folder, errors)
    clusters = read("clusters.csv", ClusterRow)
    read.keys = {row.key for row in clusters.values} if not errors else None
    figures = Figures(
        document=_key_of_document(folder, errors),
        clusters=clusters.values,
        contributions=read("contributions.csv", ContributionRow).values,
        kpis=read("programme_kpis.csv", KpiRow).values,
        kpis_by_embedding=read("programme_kpis_by_embedding.csv", KpiByEmbeddingRow).values,
        printed_again=read("printed_again.csv", PrintedAgainRow).values,
        applications=read("intercluster_applications.csv", ApplicationRow).values,
        calls=read("intercluster_calls.csv", CallRow).values,
        collaborations=read("collaborations.csv", CollaborationRow).values,
        survey_means=read("survey_published_means.csv", MeanRow).values,
        fieldwork=read("survey_fieldwork.csv", FactRow).values,
        reach=read("member_reach.csv", FactRow).values,
        cofinancing=read("cofinancing_totals.csv", FactRow).values,
    )
    if errors:
        raise FigureErrors(errors)
    return figures


def _key_of_document(folder: Path, errors: list[FigureError]) -> str:
    """The key its `document.toml` gives; the name of the folder says nothing."""
    try:
        return read_document(folder).key
    except FigureErrors as wrong:
        errors.extend(wrong.errors)
        return ""


class _Reader:
    """Reads one file after another into the same list of errors."""

    def __init__(self, folder: Path, errors: list[FigureError]) -> None:
        self.folder = folder
        self.errors = errors
        self.keys: set[str] | None = None

    def __call__(self, file: str, row_type: Callable[..., Row]) -> Sheet[Row]:
        return _SheetReader(self, file, row_type).read()


class _SheetReader(Generic[Row]):
    def __init__(self, reader: _Reader, file: str, row_type: Callable[..., Row]) -> None:
        self.reader = reader
        self.file = file
        self.row_type = row_type
        self.cells = _cells(row_type)
        self.seen: dict[tuple[str, ...], int] = {}

    def error(self, line: int, column: str, found: str, expected: str) -> None:
        self.reader.errors.append(FigureError(self.file, line, column, found, expected))

    def read(self) -> Sheet[Row]:
        content = self._content()
        if content is None:
            return Sheet(self.file, ())
        lines = self._lines(content)
        header = next(lines, None)
        if header is None:
            self.error(0, "", "an empty file", "a header line: " + ",".join(self.cells))
            return Sheet(self.file, ())
        if not self._header(header[1]):
            return Sheet(self.file, ())
        rows = [(line, self._row(line, header[1], cells)) for line, cells in lines]
        return Sheet(self.file, tuple((line, row) for line, row in rows if row is not None))

    def _content(self) -> str | None:
        path = self.reader.folder / self.file
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            self.error(0, "", "no such file", f"a file {self.file} in {self.reader.folder.name}")
            return None
        except OSError as error:
            self.error(0, "", f"a file that cannot be read ({error.strerror})", "a readable file")
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            found = f"a byte that is not UTF-8 (0x{raw[error.start]:02x})"
            self.error(line, "", found, "a file saved as CSV UTF-8")
            return None

    def _lines(self, content: str) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line they begin on; empty lines are passed over."""
        rows = csv.reader(io.StringIO(content, newline=""), strict=True)
        line = 1
        try:
            for cells in rows:
                if cells:
                    yield line, cells
                line = rows.line_num + 1
        except csv.Error as error:
            self.error(line, "", f"a line that is not CSV ({error})", "cells separated by commas")

    def _header(self, header: list[str]) -> bool:
        problems = [
            *((name, "no such column", "this column") for name in self.cells if name not in header),
            *(
                (name, "an unknown column", "one of " + ", ".join(self.cells))
                for name in dict.fromkeys(header)
                if name not in self.cells
            ),
            *(
                (name, f"the column {header.count(name)} times", "each column once")
                for name in dict.fromkeys(header)
                if header.count(name) > 1
            ),
        ]
        for name, found, expected in problems:
            self.error(1, name, found, expected)
        return not problems

    def _row(self, line: int, header: list[str], cells: list[str]) -> Row | None:
        if len(cells) != len(header):
            self.error(line, "", f"{len(cells)} cells", f"{len(header)} cells, as in the header")
            return None
        by_name = dict(zip(header, cells, strict=True))
        before = len(self.reader.errors)
        values = {name: self._cell(line, name, by_name[name]) for name in self.cells}
        self._repeated(line, by_name)
        if len(self.reader.errors) > before:
            return None
        row = self.row_type(**values)
        return row if self._sound(line, row) else None

    def _cell(self, line: int, name: str, text: str) -> object:
        cell = self.cells[name]
        try:
            value = cell.read(text)
        except CellError as error:
            self.error(line, name, quoted(text) if text else "an empty cell", str(error))
            return None
        if cell.refers:
            self._known(line, name, (value,) if isinstance(value, str) else value)
        return value

    def _known(self, line: int, name: str, keys: object) -> None:
        for key in cast("tuple[str, ...]", keys):
            if self.reader.keys is not None and key not in self.reader.keys:
                self.error(line, name, quoted(key), "the key of a cluster in clusters.csv")

    def _repeated(self, line: int, by_name: dict[str, str]) -> None:
        names = [name for name, cell in self.cells.items() if cell.key]
        key = tuple(by_name[name] for name in names)
        if key in self.seen:
            found = quoted(", ".join(key))
            self.error(line, ", ".join(names), found, f"another key; line {self.seen[key]} has it")
        self.seen.setdefault(key, line)

    def _sound(self, line: int, row: Row) -> bool:
        rules: tuple[Rule, ...] = rules_of(row)
        complaints: list[Complaint] = [found for rule in rules for found in rule(row)]
        for complaint in complaints:
            self.error(line, *complaint)
        return not complaints


def _cells(row_type: Callable[..., Any]) -> dict[str, Cell]:
    hints = get_type_hints(row_type, include_extras=True)
    return {name: get_args(hint)[-1] for name, hint in hints.items()}
