"""What may stand in one cell: the text of a cell to a typed value, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WHOLE = re.compile(r"[0-9]{1,15}")
DECIMAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORMULA_SIGNS = ("=", "+", "-", "@")
SHOWN = 60


class CellError(ValueError):
    """What was expected, for a person."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How a column is read.

    ``key`` columns together are different in every row; ``refers`` to the key of a cluster;
    ``empty`` is the value of an empty cell where one is allowed.
    """

    parse: Callable[[str], object]
    required: bool = True
    key: bool = False
    empty: object = None
    refers: bool = False

    def read(self, text: str) -> object:
        """Raises CellError where the text is not what the column holds."""
        if not text:
            if self.required:
                raise CellError("a value; this column may not be empty")
            return self.empty
        return self.parse(text)


def text(*, required: bool = True, key: bool = False, refers: bool = False) -> Cell:
    return Cell(_text, required, key, "", refers)


def texts(*, required: bool = True, refers: bool = False) -> Cell:
    """A list in one cell, separated by semicolons, without repeats."""
    return Cell(_texts, required, empty=(), refers=refers)


def one_of(choices: Iterable[str], *, required: bool = True, key: bool = False) -> Cell:
    allowed = tuple(choices)

    def parse(cell: str) -> str:
        if cell not in allowed:
            raise CellError("one of " + ", ".join(allowed))
        return cell

    return Cell(parse, required, key, "")


def count(*, required: bool = True) -> Cell:
    return Cell(_whole, required)


def money(*, required: bool = True) -> Cell:
    """Euro, with at most two decimals."""
    return Cell(_money, required)


def number(*, required: bool = True) -> Cell:
    """A number that keeps its printed decimals."""
    return Cell(_decimal, required)


def percent(*, required: bool = True) -> Cell:
    return Cell(parse_percent, required)


def day(*, required: bool = True) -> Cell:
    return Cell(_day, required)


def quoted(cell: str) -> str:
    """A cell as a message shows it, cut when it is long."""
    shown = cell if len(cell) <= SHOWN else cell[: SHOWN - 1] + "…"
    return f'"{shown}"'


def _text(cell: str) -> str:
    if cell.startswith(FORMULA_SIGNS):
        raise CellError("a text; a spreadsheet would read this as a formula")
    if not cell.isprintable():
        raise CellError("a text on one line without control characters")
    if cell != cell.strip():
        raise CellError("a text without spaces at its ends")
    return cell


def _texts(cell: str) -> tuple[str, ...]:
    items = tuple(cell.split(";"))
    if not all(items):
        raise CellError("texts separated by single semicolons, none of them empty")
    for item in items:
        _text(item)
    if len(set(items)) < len(items):
        raise CellError("texts separated by semicolons, each once")
    return items


def _whole(cell: str) -> int:
    if not WHOLE.fullmatch(cell):
        raise CellError("a whole number from 0, digits only (1132, not 1.132 or 1,132)")
    return int(cell)


def _decimal(cell: str) -> Decimal:
    if not DECIMAL.fullmatch(cell):
        raise CellError("a number from 0, with a point for decimals (62.6)")
    return Decimal(cell)


def _money(cell: str) -> Decimal:
    amount = _decimal(cell)
    if int(amount.as_tuple().exponent) < -2:  # noqa: PLR2004 - cents
        raise CellError("an amount in euro with at most two decimals")
    return amount


def parse_percent(cell: str) -> Decimal:
    share = _decimal(cell)
    if share > 100:  # noqa: PLR2004 - the whole
        raise CellError("a percentage from 0 to 100")
    return share


def _day(cell: str) -> date:
    if not ISO_DATE.fullmatch(cell):
        raise CellError("a date as year-month-day (2020-02-29)")
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise CellError("a day that exists, as year-month-day (2020-02-29)") from error
