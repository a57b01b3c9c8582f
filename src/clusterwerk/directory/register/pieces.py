"""The parts of an extract, read once and kept in a work folder, so that a kill loses two blocks.

The folder is named after the digest of the file. Each block of a file leaves a piece (its sound
rows, sorted by number) and then a note (how many rows, which were broken); a note says that its
piece is whole. Pieces carry the range of their numbers, so that a range is read without the rest.
"""

import json
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from django.conf import settings
from django.utils.translation import get_language, override

from clusterwerk.directory.register import layout
from clusterwerk.directory.register.archive import Block, Extract, blocks
from clusterwerk.directory.register.assembling import SCHEMAS, Assembled
from clusterwerk.directory.register.frames import checked
from clusterwerk.directory.register.reading import Problem

VERSION = 2  # of the pieces; another one begins anew
LISTED = 200  # problems that are kept in words; all are counted
ROWS_TOGETHER = 20_000
AT_ONCE = 2  # blocks of 16 MB
WAITING = 4  # blocks that are worked on, done or next, so that nobody waits for the slower one
BUCKET = 50_000  # enterprises that are joined at once
LAST = layout.FIRST_ESTABLISHMENT
Found = TypeVar("Found")
Made = TypeVar("Made")


@dataclass
class Log:
    """Rows read and rows broken, the first of them in words."""

    rows: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, rows: int, problem_count: int, problems: list[Problem]) -> None:
        self.rows += rows
        self.problem_count += problem_count
        self.problems += problems[: LISTED - len(self.problems)]


LEFT_OFF_AFTER = 2 * 24 * 60 * 60  # seconds; another load may be reading now


def folder_of(extract: Extract) -> Path:
    return Path(settings.VAR) / "register" / f"{extract.digest[:32]}-{VERSION}"


def forget(extract: Extract) -> None:
    """Nothing is kept of this load, nor of those that were left off days ago."""
    own = folder_of(extract)
    shutil.rmtree(own, ignore_errors=True)
    for other in own.parent.glob("*/"):
        if time.time() - other.stat().st_mtime > LEFT_OFF_AFTER:
            shutil.rmtree(other, ignore_errors=True)


def prepare(extract: Extract, tell: Callable[[int, str], None]) -> Log:
    """Read every member into pieces, or find them there; `tell` is given bytes done and a name."""
    folder = folder_of(extract)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    log, done, read = Log(), 0, 0
    for member, note in _notes(extract, folder):
        if note is None:
            done, read = done + extract.sizes[member], 0
            continue
        log.add(note["rows"], note["count"], [Problem(**each) for each in note["problems"]])
        read += note["bytes"]
        tell(done + min(read, extract.sizes[member]), member)
    return log


Note = tuple[str, dict[str, Any] | None]  # member, and what is noted of a block or of its end


def _notes(extract: Extract, folder: Path) -> Iterator[Note]:
    """Notes of all blocks, in order; the next member is unpacked while one is still read."""
    number = 0
    for member, note in _side_by_side(ahead(_blocks(extract, folder)), partial(_piece, folder)):
        whole = folder / f"{member}.whole"
        if note is None and not whole.exists():
            _write(whole, str(number).encode())
        number = 0 if note is None else number + 1
        yield member, note


def _blocks(extract: Extract, folder: Path) -> Iterator[tuple[str, Block | None]]:
    """Blocks of each member, and nothing at its end; one that is whole is not opened again."""
    for member in extract.sizes:
        whole = folder / f"{member}.whole"
        if whole.exists():  # its notes say everything
            for index in range(int(whole.read_text("utf-8"))):
                yield member, Block(index, 0, b"")
        else:
            for block in blocks(extract, member):
                yield member, block
        yield member, None


def _piece(folder: Path, found: tuple[str, Block | None]) -> Note:
    """The note of a block, whose piece stands in the folder; one that stood there is not read."""
    member, block = found
    if block is None:
        return member, None
    note = folder / f"{member}-{block.index:05}.json"
    if not note.exists():
        held = checked(block, member)
        _keep(held.frame, member, note.with_suffix(".parquet"))
        facts = {
            "rows": held.rows,
            "bytes": len(block.data),
            "count": len(held.problems),
            "problems": [asdict(each) for each in held.problems[:LISTED]],
        }
        _write(note, json.dumps(facts).encode())
    return member, json.loads(note.read_text("utf-8"))


def _side_by_side(found: Iterator[Found], work: Callable[[Found], Made]) -> Iterator[Made]:
    """What the work makes of each, in order; two are worked on at a time, none far ahead."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting: deque[Future[Made]] = deque()
        for one in found:
            waiting.append(pool.submit(work, one))
            if len(waiting) == WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def ahead(found: Iterator[Found]) -> Iterator[Found]:
    """The next one is found while this one is used; what is wrong is said as asked here."""
    language = get_language() or "en"

    def one_more() -> Found | None:
        with override(language):
            return next(found, None)

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(one_more)
        while (one := coming.result()) is not None:
            coming = pool.submit(one_more)
            yield one


def _keep(frame: pl.DataFrame, member: str, path: Path) -> None:
    part = member.removesuffix(".csv")
    if part == "branch":
        return
    if part in SCHEMAS:
        frame = frame.select(*SCHEMAS[part])
        frame = frame if frame["n"].is_sorted() else frame.sort("n")
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    frame.write_parquet(unfinished, compression="lz4", row_group_size=ROWS_TOGETHER)
    unfinished.replace(path)


def _write(path: Path, data: bytes) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def buckets(extract: Extract) -> list[tuple[int, int]]:
    """Ranges of numbers with about as many enterprises each, which together hold every number."""
    numbers = _scan(extract, "enterprise").select("n").collect()["n"].unique().sort()
    starts = [0, *numbers.gather_every(BUCKET, offset=BUCKET).to_list()]
    return list(zip(starts, [*starts[1:], LAST], strict=True))


def parts_between(extract: Extract, first: int, end: int) -> dict[str, pl.DataFrame]:
    """Rows of each part whose number is in the range; `end` is not in it."""
    within = pl.col("n").is_between(first, end, closed="left")
    return {part: _scan(extract, part).filter(within).collect() for part in SCHEMAS}


@dataclass(frozen=True, slots=True)
class BucketNote:
    """What joining a range of numbers gave."""

    rows: int
    problem_count: int
    problems: list[Problem]


def note_of(extract: Extract, index: int) -> BucketNote | None:
    path = _note_path(extract, index)
    if not path.exists():
        return None
    facts = json.loads(path.read_text("utf-8"))
    problems = [Problem(**each) for each in facts["problems"]]
    return BucketNote(facts["rows"], facts["count"], problems)


def write_note(extract: Extract, index: int, found: Assembled) -> BucketNote:
    note = BucketNote(found.rows.height, len(found.problems), list(found.problems[:LISTED]))
    facts = {
        "rows": note.rows,
        "count": note.problem_count,
        "problems": [asdict(problem) for problem in note.problems],
    }
    _write(_note_path(extract, index), json.dumps(facts).encode())
    return note


def _note_path(extract: Extract, index: int) -> Path:
    return folder_of(extract) / f"bucket-{index:05}.json"


def codes(extract: Extract) -> pl.DataFrame:
    found = _scan(extract, layout.CODE).collect()
    return found.unique(["category", "code", "language"], keep="first", maintain_order=True)


def _scan(extract: Extract, part: str) -> pl.LazyFrame:
    paths = sorted(folder_of(extract).glob(f"{part}.csv-*.parquet"))
    if not paths:
        return pl.LazyFrame(schema=SCHEMAS.get(part, dict.fromkeys(_CODE, pl.String)))
    return pl.scan_parquet(paths)


_CODE = ("category", "code", "language", "label")
