"""An overall mean against the means of the groups it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.findings import Side
from clusterwerk.measure.consistency.kinds.base import (
    GAPS,
    Cause,
    Difference,
    part_name,
    side,
)
from clusterwerk.measure.consistency.precision import Interval, Precision
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Listed, Pair, Term


@dataclass(frozen=True, slots=True)
class Hull:
    """Silent when the overall mean lies between the lowest and the highest segment mean.

    With weights that are the same for all, a mean over everyone is a weighted mean of the
    segments of any one dimension, so it cannot lie outside them.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"measure", "dimension", "segments"}

    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(indicators=table.names("indicators"), dimensions=table.names("dimensions"))

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        for overall, dimension, segments in splits(facts, self.indicators, self.dimensions):
            cause = outside(precision, overall, segments)
            if cause is not None:
                yield _difference(overall, dimension, segments, cause)


Split = tuple[Fact, str, tuple[Fact, ...]]


def splits(
    facts: Sequence[Fact], indicators: Sequence[str], dimensions: Sequence[str]
) -> Iterator[Split]:
    """Every overall mean with its segments of each dimension, where there are two or more."""
    for overall in facts:
        if overall.indicator not in indicators or overall.dimension:
            continue
        for dimension in dimensions:
            segments = tuple(f for f in facts if _segment(f, overall, dimension))
            if len(segments) > 1:
                yield overall, dimension, segments


def _segment(fact: Fact, overall: Fact, dimension: str) -> bool:
    return (fact.indicator, fact.subject, fact.basis, fact.dimension) == (
        overall.indicator,
        overall.subject,
        overall.basis,
        dimension,
    )


def outside(precision: Precision, overall: Fact, segments: Sequence[Fact]) -> Cause | None:
    """None when the overall mean is inside the hull of the printed segment means."""
    exact = _hull([Interval(fact.number, fact.number) for fact in segments])
    if exact.holds(overall.number):
        return None
    rounded = _hull([precision.rounded(fact) for fact in segments])
    if precision.rounded(overall).meets(rounded):
        return Cause.ROUNDING
    if precision.allowed(overall).meets(_hull([precision.allowed(f) for f in segments])):
        return Cause.QUALIFIER
    return Cause.DECLARED


def _hull(intervals: Sequence[Interval]) -> Interval:
    return Interval(min(i.low for i in intervals), max(i.high for i in intervals))


def _difference(
    overall: Fact, dimension: str, segments: tuple[Fact, ...], cause: Cause
) -> Difference:
    nearest = min(segments, key=lambda fact: abs(fact.number - overall.number))
    named = tuple(
        Pair(Term(part_name(dimension, fact.segment)), Amount(fact.value, fact.unit))
        for fact in segments
    )
    others = tuple(fact for fact in segments if fact is not nearest)
    return Difference(
        subject=overall.subject,
        detail=f"{overall.indicator} by {dimension}",
        cause=cause,
        printed=side(overall),
        against=Side(nearest.value, nearest.unit, (nearest, *others)),
        said={
            "measure": Term(overall.indicator),
            "dimension": Term(dimension),
            "segments": Listed(named),
        },
    )
