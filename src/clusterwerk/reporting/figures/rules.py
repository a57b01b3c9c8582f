"""What must hold between the cells of one row, so that a slip of typing does not pass.

Only what no print can mean is an error here. Figures that the document itself prints and that
cannot be true together are findings, not errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from clusterwerk.reporting.figures.places import FACTS, PRINTED_AGAIN
from clusterwerk.reporting.figures.rows import (
    NETWORK,
    SCALES,
    SEGMENTS,
    CallRow,
    ClusterRow,
    ContributionRow,
    FactRow,
    MeanRow,
    PrintedAgainRow,
)

PERCENT = 100

Complaint = tuple[str, str, str]
"""Column, what was found, what was expected."""

Rule = Callable[[Any], Iterator[Complaint]]

OF_NETWORKS = (
    "call",
    "embedding",
    "end_date_table3",
    "end_date_table7",
    "members",
    "members_basis",
    "collaborations",
    "collaborations_basis",
    "intercluster_applications",
)


def network_is_complete(row: ClusterRow) -> Iterator[Complaint]:
    for column in OF_NETWORKS:
        filled = getattr(row, column) not in (None, "")
        if row.scheme == NETWORK and not filled:
            yield column, "an empty cell", "a value; every network (IBN) has one"
        if row.scheme != NETWORK and filled and not column.startswith("end_date"):
            yield column, "a value", "an empty cell; only networks (IBN) have one"


def support_ends_after_it_starts(row: ClusterRow) -> Iterator[Complaint]:
    for column in ("end_date_table3", "end_date_table7"):
        end = getattr(row, column)
        if row.start_date and end and end < row.start_date:
            yield column, end.isoformat(), f"a day after the start, {row.start_date.isoformat()}"


def smallest_is_not_the_largest(row: ContributionRow) -> Iterator[Complaint]:
    if row.contribution_min_eur > row.contribution_max_eur:
        found = f"{row.contribution_min_eur}"
        yield "contribution_min_eur", found, f"at most the maximum, {row.contribution_max_eur}"


def call_has_a_year(row: CallRow) -> Iterator[Complaint]:
    if row.call != "total" and row.year is None:
        yield "year", "an empty cell", "the year of the call"


def segment_is_of_its_dimension(row: MeanRow) -> Iterator[Complaint]:
    allowed = SEGMENTS[row.segment_dimension]
    if row.segment not in allowed:
        yield "segment", f'"{row.segment}"', "one of " + ", ".join(allowed)


def mean_is_on_its_scale(row: MeanRow) -> Iterator[Complaint]:
    lowest, highest = row.scale.split("-")
    if not int(lowest) <= row.mean <= SCALES[row.scale]:
        yield "mean", f"{row.mean}", f"a mean from {lowest} to {highest}"


def fact_is_known(row: FactRow) -> Iterator[Complaint]:
    if row.fact not in FACTS:
        yield "fact", f'"{row.fact}"', "one of " + ", ".join(FACTS)
    else:
        yield from _fits_unit("value", row.value, FACTS[row.fact].unit)


def kpi_is_known(row: PrintedAgainRow) -> Iterator[Complaint]:
    if row.kpi not in PRINTED_AGAIN:
        yield "kpi", f'"{row.kpi}"', "one of " + ", ".join(PRINTED_AGAIN)
    else:
        yield from _fits_unit("value", row.value, PRINTED_AGAIN[row.kpi].unit)


def _fits_unit(column: str, value: Any, unit: str) -> Iterator[Complaint]:  # noqa: ANN401
    if unit == "percent" and value > PERCENT:
        yield column, f"{value}", "a percentage from 0 to 100"
    if unit == "count" and value != value.to_integral_value():
        yield column, f"{value}", "a whole number"


RULES: dict[type, tuple[Rule, ...]] = {
    ClusterRow: (network_is_complete, support_ends_after_it_starts),
    ContributionRow: (smallest_is_not_the_largest,),
    CallRow: (call_has_a_year,),
    MeanRow: (segment_is_of_its_dimension, mean_is_on_its_scale),
    FactRow: (fact_is_known,),
    PrintedAgainRow: (kpi_is_known,),
}


def rules_of(row: object) -> tuple[Rule, ...]:
    return RULES.get(type(row), ())
