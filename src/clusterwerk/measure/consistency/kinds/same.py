"""The same figure, or the same date, printed at two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.kinds.base import (
    CAUSES,
    GAPS,
    Cause,
    Difference,
    part_name,
    side,
)
from clusterwerk.measure.consistency.precision import Precision
from clusterwerk.measure.consistency.selecting import Selector
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Term


@dataclass(frozen=True, slots=True)
class Same:
    """Silent when all prints of one indicator, subject, segment and basis agree.

    Numbers agree when one rounds to the other; dates and texts only when they are equal.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"measure"}

    prints: Selector

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(prints=table.selector("prints"))

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        for one, other in combinations(self.prints.choose(facts), 2):
            if _about(one) != _about(other):
                continue
            cause = _cause(precision, one, other)
            if cause is not None:
                yield _difference(one, other, cause)


def _about(fact: Fact) -> tuple[str, ...]:
    return (fact.indicator, fact.subject, fact.dimension, fact.segment, fact.basis)


def _cause(precision: Precision, one: Fact, other: Fact) -> Cause | None:
    if isinstance(one.value, Decimal) and isinstance(other.value, Decimal):
        return CAUSES.get(precision.compare_two(one, other))
    return None if one.value == other.value else Cause.DECLARED


def _difference(one: Fact, other: Fact, cause: Cause) -> Difference:
    return Difference(
        subject=one.subject,
        detail=" ".join(filter(None, (one.indicator, part_name(one.dimension, one.segment)))),
        cause=cause,
        printed=side(one),
        against=side(other),
        said={"measure": Term(one.indicator)},
    )
