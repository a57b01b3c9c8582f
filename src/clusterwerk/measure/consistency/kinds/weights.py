"""The share of a group that several printed means imply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.findings import Side
from clusterwerk.measure.consistency.kinds.base import GAPS, Cause, Difference, part_name
from clusterwerk.measure.consistency.kinds.hull import splits
from clusterwerk.measure.consistency.precision import Interval, Precision
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Listed, Pair, Term, to_places

GROUPS = 2


@dataclass(frozen=True, slots=True)
class Implied:
    """The share of the first group that one measure asks for.

    ``share`` follows from the printed values, ``interval`` holds every share that rounding of
    the three means leaves open, between 0 and 1.
    """

    overall: Fact
    first: Fact
    second: Fact
    share: Decimal
    interval: Interval

    @property
    def percent(self) -> Decimal:
        return to_places(self.share * 100, 0)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (self.overall, self.first, self.second)


@dataclass(frozen=True, slots=True)
class Weights:
    """Silent when one share of the groups fits all measures of a two-group split.

    An overall mean m of two group means a and b asks for the share w = (m - b) / (a - b) of
    the first group. The same people answered every measure, so their shares should have one
    value in common, given the rounding. Measures whose overall mean is outside its groups ask
    for no share at all; the hull check reports them and they are left out here.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"segment", "dimension", "shares", "lowest", "highest"}

    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(indicators=table.names("indicators"), dimensions=table.names("dimensions"))

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        for dimension in self.dimensions:
            asked: dict[str, list[Implied]] = {}
            for overall, _, segments in splits(facts, self.indicators, [dimension]):
                if found := implied(precision, overall, segments):
                    asked.setdefault(overall.subject, []).append(found)
            for subject, measures in asked.items():
                if not _common(measures):
                    yield _difference(subject, dimension, measures)


def implied(precision: Precision, overall: Fact, segments: Sequence[Fact]) -> Implied | None:
    """None for other than two groups, for groups printed alike, and outside the hull."""
    if len(segments) != GROUPS:
        return None
    first, second = sorted(segments, key=lambda fact: fact.segment)
    if first.number == second.number:
        return None
    interval = _interval(*(precision.rounded(fact) for fact in (overall, first, second)))
    if interval is None:
        return None
    share = (overall.number - second.number) / (first.number - second.number)
    return Implied(overall, first, second, share, interval)


def _interval(overall: Interval, first: Interval, second: Interval) -> Interval | None:
    """Shares w in [0, 1] for which w * first + (1 - w) * second can be the overall mean.

    The lowest such mean must not exceed the overall mean, nor the highest stay below it; each
    is one linear condition on w.
    """
    low, high = Decimal(0), Decimal(1)
    conditions = (
        (first.low - second.low, overall.high - second.low),
        (second.high - first.high, second.high - overall.low),
    )
    for slope, limit in conditions:
        if slope > 0:
            high = min(high, limit / slope)
        elif slope < 0:
            low = max(low, limit / slope)
        elif limit < 0:
            return None
    return Interval(low, high) if low <= high else None


def _common(measures: Sequence[Implied]) -> bool:
    return max(m.interval.low for m in measures) <= min(m.interval.high for m in measures)


def _difference(subject: str, dimension: str, measures: Sequence[Implied]) -> Difference:
    lowest = min(measures, key=lambda measure: measure.share)
    highest = max(measures, key=lambda measure: measure.share)
    shares = tuple(
        Pair(Term(m.overall.indicator), Amount(m.percent, "percent"))
        for m in sorted(measures, key=lambda measure: measure.share)
    )
    return Difference(
        subject=subject,
        detail=dimension,
        cause=Cause.DECLARED,
        printed=Side(lowest.percent, "percent", lowest.facts),
        against=Side(highest.percent, "percent", highest.facts),
        said={
            "segment": Term(part_name(dimension, lowest.first.segment)),
            "dimension": Term(dimension),
            "shares": Listed(shares),
            "lowest": Amount(lowest.percent, "percent"),
            "highest": Amount(highest.percent, "percent"),
        },
    )
