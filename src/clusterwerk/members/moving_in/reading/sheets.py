"""A sheet as it was read: a heading, rows of text, and what had to be decided on the way."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.reading.heading import find_heading
from clusterwerk.members.moving_in.reading.limits import (
    MOST_COLUMNS,
    require_columns,
    require_lines,
    require_rows,
)
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import folded

DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
BOTH = 2
SUMS = {"totaal", "total", "som", "sum", "eindtotaal", "grand total", "gemiddelde", "subtotaal"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are (number in the sheet from 1, cells), all as wide as `headers`.

    `above` are the rows over the heading (titles), `header_row` is its number.
    """

    name: str
    headers: list[str]
    rows: list[tuple[int, list[str]]]
    header_row: int
    above: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sheet_of(
    name: str, file: str, lines: Iterable[Sequence[str]], notes: Sequence[str] = ()
) -> Sheet:
    """Find the heading, drop what is empty, and give every column a name of its own.

    Refuses a sheet without a heading or without rows below it, and one beyond the limits.
    """
    kept: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        if any(line):
            if len(line) > MOST_COLUMNS:  # before anything is done with so many cells
                require_columns(_filled(line), file)
            kept.append((number, list(line)))
            require_rows(len(kept), file)
        else:
            require_lines(number, file)
    if not kept:
        raise DomainError(_("%(file)s is empty.") % {"file": file})
    return _arranged(name, file, kept, list(notes))


def _arranged(name: str, file: str, kept: list[tuple[int, list[str]]], notes: list[str]) -> Sheet:
    at = find_heading([cells for _number, cells in kept[:25]])
    header_row, heading = kept[at]
    body = kept[at + 1 :]
    if not body:
        message = _("%(file)s has a heading and no rows below it.")
        raise DomainError(message % {"file": file})
    width = _width(heading, [cells for _number, cells in body])
    require_columns(width, file)
    rows = [(number, _fitted(cells, width)) for number, cells in body]
    sums = [number for number, cells in rows if _is_sum(cells)]
    if sums:
        notes.append(_("Left out as a line of totals: row %(rows)s.") % {"rows": _listed(sums)})
        rows = [(number, cells) for number, cells in rows if number not in set(sums)]
    if at > 0:
        notes.append(_("The heading was found in row %(row)s.") % {"row": header_row})
    above = [_fitted(cells, width) for _number, cells in kept[:at]]
    over = above[-1] if above else []
    heads = _with_groups(_with_days(_fitted(heading, width), over), over)
    return Sheet(name, _headers(heads), rows, header_row, above, notes)


def _with_days(heads: list[str], above: list[str]) -> list[str]:
    """Days that stand right above headers belong to them: activities across, each on its day."""
    days = [bool(DAY.fullmatch(cell)) for cell in above]
    if not any(days):
        return heads
    return [f"{head} {above[at]}" if head and days[at] else head for at, head in enumerate(heads)]


def _with_groups(heads: list[str], above: list[str]) -> list[str]:
    """Of two rows of headings the upper one tells apart what bears the same name below it.

    Its cells reach as far as the next one, as merged cells are stored.
    """
    titles = [cell for cell in above if cell]
    again = {head for head in heads if head and heads.count(head) > 1}
    if len(titles) < BOTH or not again:
        return heads
    groups: list[str] = []
    for cell in above:
        groups.append(cell or (groups[-1] if groups else ""))
    return [
        f"{group} {head}" if head in again and group else head
        for head, group in zip(heads, groups, strict=True)
    ]


def _width(heading: list[str], body: list[list[str]]) -> int:
    """Columns up to the last one with a header or a value anywhere."""
    return max(_filled(cells) for cells in [heading, *body])


def _filled(cells: Sequence[str]) -> int:
    return next((at + 1 for at in range(len(cells) - 1, -1, -1) if cells[at]), 0)


def _fitted(cells: list[str], width: int) -> list[str]:
    return cells[:width] if len(cells) >= width else [*cells, *[""] * (width - len(cells))]


def _is_sum(cells: list[str]) -> bool:
    """A line that begins with "total" and holds nothing but numbers behind it."""
    filled = [cell for cell in cells if cell]
    if not filled or folded(filled[0]).strip(" :") not in SUMS:
        return False
    return all(not any(sign.isalpha() for sign in cell) for cell in filled[1:])


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers[:5])


def _headers(cells: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    headers = []
    for at, cell in enumerate(cells):
        name = " ".join(cell.split())[:200] or _("Column %(name)s") % {"name": letters(at)}
        seen[name] = seen.get(name, 0) + 1
        headers.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return headers


def letters(at: int) -> str:
    """The name of a column as a spreadsheet gives it, counted from 0: A, B, … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
