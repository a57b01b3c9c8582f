"""How many rows each value of each facet leaves, in one statement.

A facet is counted within the choices of the other facets, so that its own values can be added to
each other. Rows are read once and counted by all facets of one value in one pass.

What other tables tell is joined in full: the planner of PostgreSQL cannot know how many rows the
policies leave, and expects so few that it would look them up row by row. A full join is hashed or
merged whatever it expects. So nothing here may narrow a row away: `filter` counts what is found,
and lines of nothing are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from clusterwerk.platform.access import reading
from clusterwerk.platform.ui.lists.declaring import (
    UNKNOWN,
    Expression,
    Facet,
    Joined,
    Listing,
)

Chosen = Mapping[str, tuple[str, ...]]
_TEXTS = ArrayField(TextField())
Part = tuple[str, tuple[Any, ...]]  # of a statement, with its values


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
        elif values and facet.is_many and isinstance(facet.value, Joined):
            rows = rows.filter(facet.value.among(values))
        elif values:
            name = f"facet_{facet.key}"
            verb = "overlap" if facet.is_many else "in"
            rows = rows.alias(**{name: facet_value(facet)}).filter(**{f"{name}__{verb}": values})
    return rows


def counted(listing: Listing[Any], found: "QuerySet[Any]", chosen: Chosen) -> Counts:
    """Counts of the rows that were found by words, under the choices of facets."""
    listing = replace(listing, facets=listing.facets_beside(chosen))
    single = [facet for facet in listing.facets if not facet.is_many]
    many = [facet for facet in listing.facets if facet.is_many]
    facts, of_facts = _facts(listing, found, chosen)
    parts = [_whole(listing, chosen)]
    if single:
        parts.append(_of_single(single, listing, chosen))
    parts += [_of_many(number, facet, listing, chosen) for number, facet in enumerate(many, 1)]
    with reading.connection().cursor() as cursor:
        cursor.execute(
            f"with facts as ({facts}) " + " union all ".join(part for part, _values in parts),
            [*of_facts, *(value for _part, values in parts for value in values)],
        )
        return _counts(listing, single, many, cursor.fetchall())


def _facts(listing: Listing[Any], found: "QuerySet[Any]", chosen: Chosen) -> Part:
    """Every row with its values and keys, and whether each choice lets it through; beside them,
    not `is_found`, what other tables tell of rows that are not here.
    """
    told = _told(listing)
    rows, of_rows = _written(found.order_by().values(**_own_values(listing)))
    joins = [(name, value.of, *_written(value.pairs)) for name, value in told.items()]
    holding = [_holding(facet, chosen[facet.key]) for facet in _choosing(listing, chosen)]
    columns = ["found.*", *(f"told_{name}.value as {name}" for name in told)]
    source = "".join(
        f" full join ({pairs}) told_{name} (key, value) on told_{name}.key = found.key_{of}"
        for name, of, pairs, _values in joins
    )
    statement = (
        f"select {', '.join([*columns, *(part for part, _values in holding)])}"  # noqa: S608 - declared
        f" from (select rows.*, true as is_found from ({rows}) rows) found{source}"
    )
    chosen_values = (value for _part, values in holding for value in values)
    joined_values = (value for *_join, values in joins for value in values)
    return statement, (*chosen_values, *of_rows, *joined_values)


def _own_values(listing: Listing[Any]) -> dict[str, Expression]:
    """What the rows themselves tell, and the keys by which others tell of them."""
    facts = {f"fact_{facet.key}": facet.value for facet in listing.facets}
    values = facts | {f"sum_{key}": value for key, value in listing.sums.items()}
    keys = {value.of for value in values.values() if isinstance(value, Joined)}
    own = {name: value for name, value in values.items() if not isinstance(value, Joined)}
    return own | {f"key_{key}": F(key) for key in keys}


def _told(listing: Listing[Any]) -> dict[str, Joined]:
    """Single values that other tables tell, by the names of their columns."""
    facts = {f"fact_{facet.key}": facet.value for facet in listing.facets if not facet.is_many}
    values = facts | {f"sum_{key}": value for key, value in listing.sums.items()}
    return {name: value for name, value in values.items() if isinstance(value, Joined)}


def _written(rows: "QuerySet[Any]") -> Part:
    statement, values = rows.query.get_compiler(using=reading.alias()).as_sql()
    return statement, tuple(values)


def _holding(facet: Facet, values: tuple[str, ...]) -> Part:
    """Whether the choice of one facet lets a row through, as `facet_value` compares it."""
    asked, name = list(values), f"holds_{facet.key}"
    if isinstance(facet.value, Joined) and facet.is_many:
        key = f"found.key_{facet.value.of}"
        pairs, of_pairs = _written(facet.value.pairs)
        keys = f"(select key from ({pairs}) pairs (key, value)"  # noqa: S608 - declared
        told = f"{key} in {keys} where value::text = any(%s::text[]))"
        if facet.value.or_unknown and UNKNOWN in values:
            return f"{told} or {key} not in {keys}) as {name}", (*of_pairs, asked, *of_pairs)
        return f"{told} as {name}", (*of_pairs, asked)
    if facet.is_many:
        return f"fact_{facet.key}::text[] && %s::text[] as {name}", (asked,)
    joined = isinstance(facet.value, Joined)
    value = f"told_fact_{facet.key}.value" if joined else f"fact_{facet.key}"
    return f"coalesce({value}::text, '{UNKNOWN}') = any(%s::text[]) as {name}", (asked,)


def _choosing(listing: Listing[Any], chosen: Chosen) -> list[Facet]:
    return [facet for facet in listing.facets if chosen.get(facet.key)]


def _number(listing: Listing[Any], chosen: Chosen, but: str = "") -> str:
    """How many rows the choices of all facets but one let through."""
    return f"count(*) {_filter(listing, chosen, but)}"


def _filter(listing: Listing[Any], chosen: Chosen, but: str = "") -> str:
    asked = [facet.key for facet in _choosing(listing, chosen) if facet.key != but]
    return f"filter (where {' and '.join(['is_found', *(f'holds_{key}' for key in asked)])})"


def _whole(listing: Listing[Any], chosen: Chosen) -> Part:
    narrowed_to = _filter(listing, chosen)
    sums = "".join(f", (sum(sum_{key}) {narrowed_to})::numeric" for key in listing.sums)
    return f"select null::int, null, count(*) {narrowed_to}{sums} from facts", ()  # noqa: S608


def _of_single(single: Sequence[Facet], listing: Listing[Any], chosen: Chosen) -> Part:
    """One line for each value of each facet, told apart by `grouping`."""
    names = ", ".join(f"fact_{facet.key}" for facet in single)
    own = "".join(
        f" when {_bits(place, len(single))} then {_number(listing, chosen, facet.key)}"
        for place, facet in enumerate(single)
        if chosen.get(facet.key)
    )
    number = _number(listing, chosen)
    if own:
        number = f"case grouping({names}){own} else {number} end"
    texts = ", ".join(f"fact_{facet.key}::text" for facet in single)
    sets = ", ".join(f"(fact_{facet.key})" for facet in single)
    return (
        f"select grouping({names}), coalesce({texts}), {number}{_nothing(listing)}"  # noqa: S608
        f" from facts group by grouping sets ({sets})"
    ), ()


def _nothing(listing: Listing[Any]) -> str:
    return ", null::numeric" * len(listing.sums)


def _bits(place: int, of: int) -> int:
    """What `grouping` answers for the lines of the name at this place."""
    return (1 << of) - 1 - (1 << (of - 1 - place))


def _of_many(number: int, facet: Facet, listing: Listing[Any], chosen: Chosen) -> Part:
    """One line for each value, a row in each of its own; null for rows that have none."""
    source, value, values = f"facts cross join unnest(fact_{facet.key}::text[]) one", "one", ()
    if isinstance(facet.value, Joined):
        pairs, values = _written(facet.value.pairs)
        on = f"told.key = facts.key_{facet.value.of}"
        source, value = f"facts full join ({pairs}) told (key, value) on {on}", "told.value"
    counted_as = _number(listing, chosen, facet.key)
    return (
        f"select {-number}, {value}::text, {counted_as}{_nothing(listing)}"  # noqa: S608 - declared
        f" from {source} group by {value}"
    ), values


def _counts(
    listing: Listing[Any],
    single: Sequence[Facet],
    many: Sequence[Facet],
    lines: Sequence[tuple[Any, ...]],
) -> Counts:
    values: dict[str, dict[str, int]] = {facet.key: {} for facet in listing.facets}
    parts = {_bits(place, len(single)): facet for place, facet in enumerate(single)}
    parts |= {-number: facet for number, facet in enumerate(many, 1)}
    total, sums = 0, {key: Decimal(0) for key in listing.sums}
    for part, value, number, *found in lines:
        facet = parts.get(part)
        if facet is None:
            total = number
            sums = {name: each or Decimal(0) for name, each in zip(sums, found, strict=True)}
        elif number and (value is not None or _has_unknown(facet)):
            numbers, told = values[facet.key], UNKNOWN if value is None else value
            numbers[told] = numbers.get(told, 0) + number
    return Counts(total, sums, values)


def _has_unknown(facet: Facet) -> bool:
    """Whether a row without a value counts as one whose value nobody knows."""
    return not facet.is_many or (isinstance(facet.value, Joined) and facet.value.or_unknown)
