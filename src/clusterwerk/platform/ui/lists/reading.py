"""Reading a list: one page by key with its counts, or every row for a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, Generic

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clusterwerk.platform.ui.lists.asking import Asked
from clusterwerk.platform.ui.lists.counting import Counts, counted, narrowed
from clusterwerk.platform.ui.lists.declaring import Listing, Row

PAGE_SIZE = 50
AT_ONCE = 2000  # rows of a file
SortValue = str | Decimal | int | date


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in the order asked for, and the key of the next page, empty on the last."""

    rows: tuple[Row, ...]
    next: str


@dataclass(frozen=True)
class Read(Generic[Row]):
    """A list as it was asked for: one page, and the counts over all pages."""

    page: Page[Row]
    counts: Counts


def read_list(listing: Listing[Row], asked: Asked, *, size: int = PAGE_SIZE) -> Read[Row]:
    """One page with the counts of all facets; the counts are one query whatever is chosen."""
    found = _found(listing, asked)
    return Read(_page(listing, asked, size), counted(listing, found, asked.holding))


def _found(listing: Listing[Any], asked: Asked) -> "QuerySet[Any]":
    return listing.search(listing.base, asked.words) if asked.words else listing.base


def selected(listing: Listing[Any], asked: Asked) -> "QuerySet[Any]":
    """All rows that the address selects, unsorted."""
    return narrowed(_found(listing, asked), listing.facets, asked.holding)


def _sorted(listing: Listing[Any], asked: Asked) -> "QuerySet[Any]":
    column = listing.column(asked.order)
    assert column is not None
    down = "-" if asked.descending else ""
    rows = selected(listing, asked).annotate(sort_value=column.sort)
    found: QuerySet[Any] = rows.order_by(f"{down}sort_value", f"{down}pk")
    return found


def every_row(listing: Listing[Row], asked: Asked) -> Iterator[Row]:
    """All selected rows in their order, for a file; so many at a time that memory stays flat."""
    found = _sorted(listing, asked).iterator(AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from listing.rows(some, frozenset(asked.columns))


def _page(listing: Listing[Row], asked: Asked, size: int) -> Page[Row]:
    rows = _sorted(listing, asked)
    if asked.after:
        rows = _beyond(rows, asked)
    found = list(rows[: size + 1])
    shown = found[:size]
    following = f"{shown[-1].pk}~{shown[-1].sort_value}" if len(found) > size else ""
    return Page(tuple(listing.rows(shown, frozenset(asked.columns))), following)


def _beyond(rows: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
    """Rows after the key of a page; raises `BadRequest` for a key that no list wrote."""
    kind = rows.query.annotations["sort_value"].output_field.get_internal_type()
    try:
        text, value = asked.after.split("~", 1)
        pk, last = int(text), _read(value, kind)
    except (ValueError, InvalidOperation) as error:
        raise BadRequest(_("This page of the list does not exist. Begin at its first.")) from error
    beyond = "lt" if asked.descending else "gt"
    return rows.filter(
        Q(**{f"sort_value__{beyond}": last}) | Q(sort_value=last, **{f"pk__{beyond}": pk})
    )


def _read(text: str, kind: str) -> SortValue:
    match kind:
        case "DateField":
            return date.fromisoformat(text)
        case "DecimalField":
            value = Decimal(text)
            if not value.is_finite():
                raise ValueError(text)
            return value
        case kind if "Integer" in kind or kind in {"AutoField", "BigAutoField"}:
            return int(text)
        case _:
            return text
