"""What an address asks of a list; what the list does not know is left out and named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from clusterwerk.platform.text import folded
from clusterwerk.platform.ui.lists.declaring import UNKNOWN, Facet, Listing

LONGEST = 200  # letters of the words
MOST_VALUES = 60  # chosen in one facet


@dataclass(frozen=True)
class Asked:
    """The words, chosen values by facet, columns, order and page of one address.

    `chosen` are the facets that the reader chose; `holding` adds the defaults of the others.
    `open` is the row whose panel stands beside the list. `ignored` are sentences about what could
    not be read.
    """

    typed: str
    chosen: Mapping[str, tuple[str, ...]]
    holding: Mapping[str, tuple[str, ...]]
    columns: tuple[str, ...]
    has_own_columns: bool
    order: str
    descending: bool
    after: str
    open: int | None
    ignored: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(folded(self.typed).split())

    @property
    def is_narrow(self) -> bool:
        """Whether the reader left somebody out."""
        return bool(self.typed or self.chosen)


def asked_of(query: QueryDict, listing: Listing[Any]) -> Asked:
    """Read an address; nothing in it raises, because a kept one outlives a column or value."""
    ignored: list[str] = []
    chosen = {
        facet.key: values
        for facet in listing.facets
        if (values := _values(query.getlist(facet.key), facet, ignored)) and values != facet.default
    }
    columns = _columns(query.getlist("columns"), listing, ignored)
    order = _order(query.get("order", ""), listing, ignored)
    return Asked(
        typed=" ".join(query.get("find", "")[:LONGEST].replace("\0", "").split()),
        chosen=chosen,
        holding={
            facet.key: values
            for facet in listing.facets
            if (values := chosen.get(facet.key, facet.default))
        },
        columns=columns,
        has_own_columns="columns" in query,
        order=order,
        descending=query.get("down") == "1",
        after=query.get("after", ""),
        open=_number(query.get("open", "")),
        ignored=tuple(dict.fromkeys(ignored)),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None


def _values(asked: Iterable[str], facet: Facet, ignored: list[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in asked if value))[:MOST_VALUES]
    known = tuple(value for value in values if _is_known(value, facet))
    if len(known) < len(values):
        ignored.append(
            _("A value of “%(facet)s” no longer exists, so it was left out.")
            % {"facet": facet.label}
        )
    return known


def _is_known(value: str, facet: Facet) -> bool:
    if value == UNKNOWN:
        return True
    return "\0" not in value if facet.names is None else value in facet.names


def _columns(asked: Iterable[str], listing: Listing[Any], ignored: list[str]) -> tuple[str, ...]:
    """Keys of the columns in the order of the list, the first always among them."""
    wanted = {key for key in asked if key}
    if unknown := wanted - {column.key for column in listing.columns}:
        ignored.append(
            _("This list has no column “%(column)s” any more, so it was left out.")
            % {"column": ", ".join(sorted(unknown))[:LONGEST]}
        )
    wanted -= unknown
    if not wanted:
        return tuple(column.key for column in listing.columns if column.shown)
    first = listing.columns[0].key
    return tuple(c.key for c in listing.columns if c.key in wanted or c.key == first)


def _order(asked: str, listing: Listing[Any], ignored: list[str]) -> str:
    column = listing.column(asked)
    if asked and (column is None or column.sort is None):
        ignored.append(_("This list cannot be sorted as the address asks; it is sorted by name."))
    return column.key if column and column.sort is not None else listing.order
