"""Different splits of the same answers that print the same means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact, Value
from clusterwerk.measure.consistency.findings import Side, plain
from clusterwerk.measure.consistency.kinds.base import GAPS, Cause, Difference
from clusterwerk.measure.consistency.precision import Precision
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Listed, Term

Splits = dict[str, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class Identical:
    """Silent unless ``at_least`` dimensions print the same means for the same measure.

    Two or more segments with the same values in the same order of size: each of the splits
    may be right, all of them together are probably one of them copied.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"measure", "dimensions", "means", "splits"}

    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]
    at_least: Decimal

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(
            indicators=table.names("indicators"),
            dimensions=table.names("dimensions"),
            at_least=table.number("at_least", default=Decimal(3)),
        )

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        del precision
        for indicator in self.indicators:
            for alike in self._alike(facts, indicator):
                if len(alike) >= self.at_least:
                    yield _difference(indicator, alike)

    def _alike(self, facts: Sequence[Fact], indicator: str) -> list[Splits]:
        """Dimensions with the same means; splits into fewer than two segments say nothing."""
        groups: dict[tuple[str, tuple[Value, ...]], Splits] = {}
        for (subject, dimension), segments in self._segments(facts, indicator).items():
            if len(segments) > 1:
                ordered = tuple(sorted(segments, key=lambda fact: fact.number))
                means = tuple(fact.value for fact in ordered)
                groups.setdefault((subject, means), {})[dimension] = ordered
        return list(groups.values())

    def _segments(self, facts: Sequence[Fact], indicator: str) -> dict[tuple[str, str], list[Fact]]:
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact in facts:
            if fact.indicator == indicator and fact.dimension in self.dimensions:
                found.setdefault((fact.subject, fact.dimension), []).append(fact)
        return found


def _difference(indicator: str, alike: Splits) -> Difference:
    first, *others = alike.values()
    means = "; ".join(plain(fact.value) for fact in first)
    return Difference(
        subject=first[0].subject,
        detail=indicator,
        cause=Cause.DECLARED,
        printed=Side(means, first[0].unit, first),
        against=Side(means, first[0].unit, tuple(fact for split in others for fact in split)),
        said={
            "measure": Term(indicator),
            "dimensions": Listed(tuple(Term(dimension) for dimension in alike)),
            "means": Listed(tuple(Amount(fact.value, fact.unit) for fact in first)),
            "splits": Amount(Decimal(len(alike)), "count"),
        },
    )
