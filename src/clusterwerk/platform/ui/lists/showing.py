"""A list as its template shows it: nothing here asks the database."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterwerk.platform.ui.export import Cell, Format
from clusterwerk.platform.ui.lists.asking import Asked
from clusterwerk.platform.ui.lists.bulk import BulkAction
from clusterwerk.platform.ui.lists.counting import Counts
from clusterwerk.platform.ui.lists.declaring import UNKNOWN, Column, Facet, Listing
from clusterwerk.platform.ui.lists.reading import Read
from clusterwerk.platform.ui.templatetags.ui import count, day, euro, percent, plain, typed

Words = str | Promise
OPEN_VALUES = 7  # of a facet; further ones stand behind a line
PER_PAGE = ("after", "open", "view", "file")  # parts of an address that belong to one page

_WRITTEN: dict[Format, Callable[[Any], str]] = {
    Format.COUNT: count,
    Format.NUMBER: plain,
    Format.PLAIN: typed,
    Format.EURO: euro,
    Format.SHARE: percent,
    Format.DAY: day,
}


class ShownCell(NamedTuple):
    """A value as it is read, empty when unknown."""

    column: Column[Any]
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row by id, with where it opens and where it opens beside the list."""

    pk: int
    address: str
    beside: str
    is_open: bool
    cells: tuple[ShownCell, ...]

    @property
    def name(self) -> str:
        return self.cells[0].text


@dataclass(frozen=True, slots=True)
class ShownValue:
    value: str
    label: Words
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with the values that leave rows, or are chosen."""

    key: str
    label: Words
    values: tuple[ShownValue, ...]

    @property
    def first(self) -> tuple[ShownValue, ...]:
        return self.values[:OPEN_VALUES]

    @property
    def further(self) -> tuple[ShownValue, ...]:
        return self.values[OPEN_VALUES:]

    @property
    def is_further_chosen(self) -> bool:
        return any(value.is_chosen for value in self.further)


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that narrows the list, and the address without it."""

    label: Words
    value: Words
    address: str


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as it stands in the chooser and in the head."""

    key: str
    label: Words
    is_shown: bool
    is_number: bool
    sorts: bool


@dataclass(frozen=True)
class ShownList:
    """Everything the template of a list needs."""

    key: str
    asked: Asked
    rows: tuple[ShownRow, ...]
    columns: tuple[ShownColumn, ...]
    facets: tuple[ShownFacet, ...]
    chips: tuple[Chip, ...]
    actions: tuple[BulkAction, ...]
    total: int
    foot: tuple[str, ...]
    next: str
    query: str
    kept: tuple[tuple[str, str], ...]

    @property
    def head(self) -> tuple[ShownColumn, ...]:
        return tuple(column for column in self.columns if column.is_shown)

    @property
    def sortable(self) -> tuple[ShownColumn, ...]:
        return tuple(column for column in self.columns if column.sorts)

    @property
    def name_width(self) -> int:
        """Columns below which the name of the sums stands: the first, and the one with ticks."""
        return 1 + bool(self.actions)


def shown_list(
    listing: Listing[Any],
    asked: Asked,
    read: Read[Any],
    query: QueryDict,
    actions: Iterable[BulkAction] = (),
) -> ShownList:
    offered = listing.facets_beside(asked.holding)
    facets = tuple(_facet(facet, asked, read.counts) for facet in offered)
    columns = [column for column in listing.columns if column.key in asked.columns]
    here = _copy(query, ("open", "file")).urlencode()
    beside = f"?{here}&open=" if here else "?open="
    return ShownList(
        key=listing.key,
        asked=asked,
        rows=tuple(_row(listing, columns, row, asked, beside) for row in read.page.rows),
        columns=tuple(_column(column, asked) for column in listing.columns),
        facets=tuple(facet for facet in facets if facet.values),
        chips=tuple(_chips(listing, asked, query)),
        actions=tuple(actions),
        total=read.counts.total,
        foot=_foot(columns, read.counts.sums) if listing.sums else (),
        next=read.page.next,
        query=_without(query, *PER_PAGE),
        kept=_kept(query),
    )


def _foot(columns: Sequence[Column[Any]], sums: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The sum below each column but the first, empty where there is none."""
    return tuple(written(sums.get(column.key), column.format) for column in columns[1:])


def _kept(query: QueryDict) -> tuple[tuple[str, str], ...]:
    """What the chooser of columns and order leaves as it is, for hidden fields."""
    kept = _copy(query, (*PER_PAGE, "columns", "order", "down"))
    return tuple((name, value) for name, values in kept.lists() for value in values)


def _column(column: Column[Any], asked: Asked) -> ShownColumn:
    return ShownColumn(
        column.key,
        column.label,
        column.key in asked.columns,
        column.is_number,
        column.sort is not None,
    )


def _row(
    listing: Listing[Any],
    columns: Sequence[Column[Any]],
    row: Any,  # noqa: ANN401 - a row of any list
    asked: Asked,
    beside: str,
) -> ShownRow:
    pk = listing.pk(row)
    return ShownRow(
        pk=pk,
        address=listing.address(row),
        beside=f"{beside}{pk}",
        is_open=pk == asked.open,
        cells=tuple(_cell(column, row) for column in columns),
    )


def _cell(column: Column[Any], row: Any) -> ShownCell:  # noqa: ANN401 - a row of any list
    note = column.note(row) if column.note else ""
    return ShownCell(column, written(column.value(row), column.format), str(note))


def written(value: Cell, format_: Format) -> str:
    """A value as a reader reads it; empty when nobody knows it."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case date() | Decimal() | int():
            if format_ in _KEPT_FORMATS:
                return _kept_as(value, format_, get_language())
            return _WRITTEN.get(format_, str)(value)
        case _:
            return str(value)


# The same few numbers stand on every page, and writing one takes Django longer than all else of a
# cell. Only of these formats is what is equal written alike: 1.0 and 1.00 are not, for others.
_KEPT_FORMATS = {Format.COUNT, Format.EURO}


@functools.lru_cache(4096)
def _kept_as(value: Decimal | int, format_: Format, _language: str | None) -> str:
    return _WRITTEN[format_](value)


def _facet(facet: Facet, asked: Asked, counts: Counts) -> ShownFacet:
    numbers, chosen = counts.values[facet.key], asked.holding.get(facet.key, ())
    named = facet.names if facet.names is not None else {}
    free = sorted({*numbers, *chosen} - {*named, UNKNOWN})
    if all(value.isdecimal() for value in free):  # years: the latest first
        free.reverse()
    values = [*(free if facet.names is None else named)]
    if UNKNOWN not in values:
        values.append(UNKNOWN)
    shown = (
        ShownValue(value, value_label(facet, value), numbers.get(value, 0), value in chosen)
        for value in values
    )
    return ShownFacet(
        facet.key,
        facet.label,
        tuple(value for value in shown if value.number or value.is_chosen),
    )


def value_label(facet: Facet, value: str) -> Words:
    named = (facet.names or {}).get(value)
    if named is not None:
        return named
    return _("unknown") if value == UNKNOWN else value


def _chips(listing: Listing[Any], asked: Asked, query: QueryDict) -> Iterable[Chip]:
    if asked.typed:
        yield Chip(_("Words"), asked.typed, f"?{_without(query, *PER_PAGE, 'find')}")
    for facet in listing.facets:
        for value in asked.chosen.get(facet.key, ()):
            left = [one for one in asked.chosen[facet.key] if one != value]
            kept = _copy(query, PER_PAGE)
            kept.setlist(facet.key, left)
            yield Chip(facet.label, value_label(facet, value), f"?{kept.urlencode()}")


def _copy(query: QueryDict, without: Iterable[str]) -> QueryDict:
    """The query without these parts and without what is empty."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in without:
            kept.setlist(name, [value for value in values if value])
    return kept


def _without(query: QueryDict, *names: str) -> str:
    return _copy(query, names).urlencode()
