"""The most that contributions can bring, given how few of them bring half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.findings import Side
from clusterwerk.measure.consistency.kinds.base import GAPS, Cause, Difference, side
from clusterwerk.measure.consistency.precision import Precision
from clusterwerk.measure.consistency.selecting import Selector
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Said


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Silent when the contributions of some years can reach what is required.

    When the t largest contributions bring half, at most t + 1 of them bring at least half
    under either way of counting t (the fewest that reach half, the most that do not exceed
    it). None is larger than the largest M, and there are n in all, so that a year brings at
    most 2 (t + 1) M, and at most n M.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"maximum", "to_half", "contributors", "years"}

    required: Selector
    maximum: Selector
    to_half: Selector
    contributors: Selector
    years: Decimal

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(
            required=table.selector("required"),
            maximum=table.selector("maximum"),
            to_half=table.selector("to_half"),
            contributors=table.selector("contributors"),
            years=table.number("years"),
        )

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        maximum, to_half, contributors = (
            {fact.subject: fact for fact in selector.choose(facts)}
            for selector in (self.maximum, self.to_half, self.contributors)
        )
        for required in self.required.choose(facts):
            subject = required.subject
            if not (subject in maximum and subject in to_half and subject in contributors):
                continue
            built = (maximum[subject], to_half[subject], contributors[subject])
            most = self._most(*built)
            if precision.rounded(required).low > most:
                yield self._difference(required, most, built)

    def _most(self, maximum: Fact, to_half: Fact, contributors: Fact) -> Decimal:
        largest = min(2 * (to_half.number + 1), contributors.number)
        return self.years * largest * maximum.number

    def _difference(
        self, required: Fact, most: Decimal, built: tuple[Fact, Fact, Fact]
    ) -> Difference:
        maximum, to_half, contributors = built
        said: dict[str, Said] = {
            "maximum": Amount(maximum.value, maximum.unit),
            "to_half": Amount(to_half.value, to_half.unit),
            "contributors": Amount(contributors.value, contributors.unit),
            "years": Amount(self.years, "count"),
        }
        return Difference(
            subject=required.subject,
            detail="",
            cause=Cause.DECLARED,
            printed=side(required),
            against=Side(most, required.unit, built),
            said=said,
        )
