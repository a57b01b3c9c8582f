"""Rows of a block as cells, and which lines are no rows.

The quick ways read all lines at once and say only that something is odd; then each line is looked
at, so that a broken one is told with its number.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from clusterwerk.directory.register.archive import Block
from clusterwerk.directory.register.layout import LAYOUTS, columns_of

LINE = "line"
# Reasons are words of the log of a load, English as the columns are; pages say them by `wording`.
CELLS = "another number of cells than columns"
ENCODING = "not UTF-8"
QUOTES = "quotes that do not close"
_CELL = r'(?:"[^"]*(?:""[^"]*)*"|[^",]*)'
SOUND_QUOTES = re.compile(f"{_CELL}(?:,{_CELL})*")
ZERO = "a zero byte, which the database does not keep"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not loaded."""

    file: str
    line: int
    reason: str


Read = tuple[pl.DataFrame, int, list[Problem]]  # rows as cells, how many there were, broken ones


def read_rows(block: Block, member: str) -> Read:
    """The quick way; where anything is odd about the block, line by line."""
    columns = columns_of(member)
    if b"\x00" in block.data:
        return _by_line(block, member)
    try:
        frame = _parsed(block.data, columns)
    except pl.exceptions.PolarsError:
        return _by_line(block, member)
    if frame.height != block.data.count(b"\n") or _is_short(frame, block.data, member):
        return _by_line(block, member)
    return frame.with_row_index(LINE, offset=block.line), frame.height, []


UNUSED = "\x01"  # stands in no extract; a block that holds it is read the other way
# Five cells, each with quotes around all of it or with none.
ACTIVITY = r'^(?:"[^",]*"|[^",]*)(?:,(?:"[^",]*"|[^",]*)){4}$'


def main_activities(block: Block, columns: Sequence[str]) -> Read | None:
    """Rows of main activities alone; nothing when a row of the block is odd in any way.

    Nine rows in ten are not kept. Their cells are counted, which is cheaper than to part them.
    """
    if b"\x00" in block.data or b"\r" in block.data:
        return None
    try:
        lines = _lines(block.data)
    except pl.exceptions.PolarsError:
        return None
    is_sound = lines["row"].str.contains(ACTIVITY).fill_null(value=False)
    if lines.height != block.data.count(b"\n") or not is_sound.all():
        return None
    row = pl.col("row")
    main = lines.with_row_index(LINE, offset=block.line).filter(
        row.str.ends_with("MAIN") | row.str.ends_with('MAIN"')
    )
    cells = row.str.replace_all('"', "", literal=True).str.split_exact(",", len(columns) - 1)
    return main.select(LINE, cells.struct.rename_fields(columns)).unnest("row"), lines.height, []


def _lines(data: bytes) -> pl.DataFrame:
    return pl.read_csv(
        data, has_header=False, schema={"row": pl.String}, separator=UNUSED, quote_char=None
    )


def _parsed(data: bytes, columns: Sequence[str]) -> pl.DataFrame:
    return pl.read_csv(
        data,
        has_header=False,
        schema=dict.fromkeys(columns, pl.String),
        quote_char='"',
        encoding="utf8",
    )


def _is_short(frame: pl.DataFrame, data: bytes, member: str) -> bool:
    """Whether a row may have too few cells, which the reader fills with nothing."""
    part = member.removesuffix(".csv").removesuffix("_insert").removesuffix("_delete")
    last = frame.columns[-1]
    if member.endswith("_delete.csv") or not LAYOUTS[part].last_may_be_empty:
        return frame[last].null_count() > 0
    inside = _commas_in_cells(frame) if b'"' in data else 0
    return data.count(b",") - inside != frame.height * (len(frame.columns) - 1)


def _commas_in_cells(frame: pl.DataFrame) -> int:
    held = [name for name in frame.columns if frame[name].str.contains(",", literal=True).any()]
    return sum(int(frame[name].str.count_matches(",", literal=True).sum()) for name in held)


def _by_line(block: Block, member: str) -> Read:
    columns = columns_of(member)
    sound: list[bytes] = []
    lines: list[int] = []
    problems = []
    for number, line in enumerate(block.data.splitlines(keepends=True), block.line):
        reason = _fault_of_line(line, len(columns))
        if reason:
            problems.append(Problem(member, number, reason))
        else:
            sound.append(line)
            lines.append(number)
    if not sound:
        empty = pl.DataFrame(schema={LINE: pl.UInt32} | dict.fromkeys(columns, pl.String))
        return empty, len(problems), problems
    frame = _parsed(b"".join(sound), columns)
    frame.insert_column(0, pl.Series(LINE, lines, pl.UInt32))
    return frame, frame.height + len(problems), problems


def _fault_of_line(line: bytes, columns: int) -> str:
    """Why a line is no row; most lines are told by counting."""
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return ENCODING
    if "\x00" in text:
        return ZERO
    if '"' not in text:
        return "" if text.count(",") == columns - 1 and text else CELLS
    try:
        (cells,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return QUOTES
    if not SOUND_QUOTES.fullmatch(text):  # `No"ord` is read here, and not by the quick way
        return QUOTES
    return "" if len(cells) == columns else CELLS
