"""How many rows each value of each facet leaves, in one statement.

A facet is counted within the choices of the other facets, so that its own values can be added to
each other. Rows are read once, with the value of each facet as text; then each facet is counted
over them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from clusterwerk.platform.access import reading
from clusterwerk.platform.ui.lists.declaring import UNKNOWN, Expression, Facet, Listing

Chosen = Mapping[str, tuple[str, ...]]
_TEXTS = ArrayField(TextField())


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the whole selection, its sums, and rows by facet and value."""

    total: int
    sums: Mapping[str, Decimal]
    values: Mapping[str, Mapping[str, int]]


def facet_value(facet: Facet) -> Expression:
    """The value as text, or an array of texts; `UNKNOWN` for a single one that is null."""
    if facet.is_many:
        return Cast(facet.value, _TEXTS)
    return Coalesce(Cast(facet.value, TextField()), Value(UNKNOWN), output_field=TextField())


def narrowed(rows: "QuerySet[Any]", facets: tuple[Facet, ...], chosen: Chosen) -> "QuerySet[Any]":
    """The rows that every choice lets through."""
    for facet in facets:
        values = chosen.get(facet.key, ())
        if values and facet.told_by.keys() >= set(values):
            rows = rows.filter(reduce(or_, (facet.told_by[value] for value in values)))
        elif values:
            name = f"facet_{facet.key}"
            verb = "overlap" if facet.is_many else "in"
            rows = rows.alias(**{name: facet_value(facet)}).filter(**{f"{name}__{verb}": values})
    return rows


def counted(listing: Listing[Any], found: "QuerySet[Any]", chosen: Chosen) -> Counts:
    """Counts of the rows that were found by words, under the choices of facets."""
    listing = replace(listing, facets=listing.facets_beside(chosen))
    inner = found.order_by().values(
        **{f"fact_{facet.key}": facet.value for facet in listing.facets},
        **{f"sum_{key}": value for key, value in listing.sums.items()},
    )
    statement, parameters = inner.query.get_compiler(using=reading.alias()).as_sql()
    parts = [
        _whole(listing, chosen),
        *(_of_facet(facet, listing, chosen) for facet in listing.facets),
    ]
    with reading.connection().cursor() as cursor:
        cursor.execute(
            f"with found as materialized (select {_texts(listing)} from ({statement}) facts) "  # noqa: S608 - declared
            + " union all ".join(part for part, _values in parts),
            [*parameters, *(value for _part, values in parts for value in values)],
        )
        return _counts(listing, cursor.fetchall())


def _texts(listing: Listing[Any]) -> str:
    """The value of each facet as `facet_value` gives it, and the sums: written here, because the
    same takes Django a millisecond.
    """
    return ", ".join(
        f"fact_{facet.key}::text[] as facet_{facet.key}"
        if facet.is_many
        else f"coalesce(fact_{facet.key}::text, '{UNKNOWN}') as facet_{facet.key}"
        for facet in listing.facets
    ) + "".join(f", sum_{key}" for key in listing.sums)


def _of_facet(facet: Facet, listing: Listing[Any], chosen: Chosen) -> tuple[str, list[Any]]:
    """One line for each value of the facet, and where no other choice forbids, its number."""
    condition, values = _condition(listing, chosen, but=facet.key)
    source, value = "found", f"facet_{facet.key}"
    if facet.is_many:
        source, value = f"found, unnest(facet_{facet.key}) as one", "one"
    nothing = "".join(", null::numeric" for _key in listing.sums)
    statement = (
        f"select %s::text, {value}::text, count(*){nothing} from {source}"  # noqa: S608 - declared
        f" where {condition} group by {value}"
    )
    return statement, [facet.key, *values]


def _whole(listing: Listing[Any], chosen: Chosen) -> tuple[str, list[Any]]:
    condition, values = _condition(listing, chosen)
    sums = "".join(f", sum(sum_{key})::numeric" for key in listing.sums)
    return f"select '', '', count(*){sums} from found where {condition}", values  # noqa: S608


def _condition(listing: Listing[Any], chosen: Chosen, but: str = "") -> tuple[str, list[list[str]]]:
    """What the choices of all facets but one ask."""
    asked = [facet for facet in listing.facets if chosen.get(facet.key) and facet.key != but]
    parts = [
        f"facet_{facet.key} {'&& %s::text[]' if facet.is_many else '= any(%s::text[])'}"
        for facet in asked
    ]
    return " and ".join(parts) or "true", [list(chosen[facet.key]) for facet in asked]


def _counts(listing: Listing[Any], lines: list[tuple[Any, ...]]) -> Counts:
    values: dict[str, dict[str, int]] = {facet.key: {} for facet in listing.facets}
    total, sums = 0, {key: Decimal(0) for key in listing.sums}
    for key, value, number, *found in lines:
        if key:
            values[key][value] = number
        else:
            total = number
            sums = {name: each or Decimal(0) for name, each in zip(sums, found, strict=True)}
    return Counts(total, sums, values)
