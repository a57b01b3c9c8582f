"""Two figures of which one cannot be larger, or later, than the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.kinds.base import GAPS, Cause, Difference, part_name, side
from clusterwerk.measure.consistency.precision import Precision
from clusterwerk.measure.consistency.selecting import Selector, by_spot, spot
from clusterwerk.measure.consistency.tables import Table


@dataclass(frozen=True, slots=True)
class Order:
    """Silent when ``smaller`` is at most ``larger`` for every subject and segment."""

    GAPS: ClassVar[frozenset[str]] = GAPS

    smaller: Selector
    larger: Selector

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(smaller=table.selector("smaller"), larger=table.selector("larger"))

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        larger = by_spot(self.larger.choose(facts))
        for small in self.smaller.choose(facts):
            for large in larger.get(spot(small), []):
                cause = _cause(precision, small, large)
                if cause is not None:
                    yield Difference(
                        subject=small.subject,
                        detail=part_name(small.dimension, small.segment),
                        cause=cause,
                        printed=side(small),
                        against=side(large),
                    )


def _cause(precision: Precision, small: Fact, large: Fact) -> Cause | None:
    if isinstance(small.value, date) and isinstance(large.value, date):
        return Cause.DECLARED if small.value > large.value else None
    if not isinstance(small.value, Decimal) or not isinstance(large.value, Decimal):
        return None
    if small.value <= large.value:
        return None
    if precision.rounded(small).low <= precision.rounded(large).high:
        return Cause.ROUNDING
    if precision.allowed(small).low <= precision.allowed(large).high:
        return Cause.QUALIFIER
    return Cause.DECLARED
