"""How far the true value may lie from the printed one: rounding first, then qualifying words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import Enum

from clusterwerk.measure.consistency.facts import EXACT_UNITS, Fact, coarse_step, printed_step


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a word printed with a figure allows.

    Parameters
    ----------
    coarse
        The zeros at the end are not exact: 660 may be rounded to tens.
    below_percent, above_percent
        How far the true value may lie under or over the printed one, in percent of it.
    steps
        The same, in units of the last digit that is not zero, to both sides.
    only_below, only_above
        The word itself says on which side the true value lies ("almost", "more than").
    """

    coarse: bool = False
    below_percent: Decimal = Decimal(0)
    above_percent: Decimal = Decimal(0)
    steps: Decimal = Decimal(0)
    only_below: bool = False
    only_above: bool = False


EXACT = Qualifier()


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed at both ends: a value exactly between two printed ones may round to either."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)


class Agreement(Enum):
    """How two figures stand to each other, from best to worst."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    QUALIFIER = "qualifier"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Precision:
    """The qualifying words of a document and the intervals that follow from them."""

    qualifiers: Mapping[str, Qualifier] = field(default_factory=dict)

    def qualifier(self, fact: Fact) -> Qualifier:
        return self.qualifiers.get(fact.qualifier, EXACT)

    def rounded(self, fact: Fact) -> Interval:
        """The values that are printed like this fact by rounding alone.

        A count without a qualifying word is exact; any other number may be off by half a
        unit of its last digit; a word such as "almost" also fixes the side.
        """
        word, value = self.qualifier(fact), fact.number
        half = self._half(fact, word, value)
        low = value if word.only_above else value - half
        high = value if word.only_below else value + half
        return Interval(low, high)

    def allowed(self, fact: Fact) -> Interval:
        """The values that the qualifying word allows; never narrower than rounding."""
        word, value = self.qualifier(fact), fact.number
        rounding = self.rounded(fact)
        reach = word.steps * coarse_step(value)
        low = value - max(abs(value) * word.below_percent / 100, reach)
        high = value + max(abs(value) * word.above_percent / 100, reach)
        return Interval(min(low, rounding.low), max(high, rounding.high))

    def compare(self, printed: Sequence[Fact], exact: Decimal, spread: Interval) -> Agreement:
        """Printed figures, added up, against a computed one.

        ``exact`` is what the computation gives from the printed parts, ``spread`` what it may
        give when the parts themselves were rounded.
        """
        if self.total(printed).holds(exact):
            return Agreement.AGREES
        if self.total(printed).meets(spread):
            return Agreement.ROUNDING
        if _summed(self.allowed(fact) for fact in printed).meets(spread):
            return Agreement.QUALIFIER
        return Agreement.DIFFERS

    def compare_two(self, one: Fact, other: Fact) -> Agreement:
        """Two prints of the same fact; the order does not matter."""
        if self.rounded(one).holds(other.number) or self.rounded(other).holds(one.number):
            return Agreement.AGREES
        if self.rounded(one).meets(self.rounded(other)):
            return Agreement.ROUNDING
        if self.allowed(one).meets(self.allowed(other)):
            return Agreement.QUALIFIER
        return Agreement.DIFFERS

    def total(self, facts: Sequence[Fact]) -> Interval:
        """The sums that rounded figures may stand for."""
        return _summed(self.rounded(fact) for fact in facts)

    def _half(self, fact: Fact, word: Qualifier, value: Decimal) -> Decimal:
        if word.coarse:
            return coarse_step(value) / 2
        return Decimal(0) if fact.unit in EXACT_UNITS else printed_step(value) / 2


def _summed(intervals: Iterable[Interval]) -> Interval:
    summed = Interval(Decimal(0), Decimal(0))
    for interval in intervals:
        summed = summed.plus(interval)
    return summed


def rounds_to(exact: Decimal, printed: Decimal) -> bool:
    """Whether the usual rules, half up and half to even, print this value.

    >>> rounds_to(Decimal("10.976"), Decimal(11)), rounds_to(Decimal("51.6"), Decimal(50))
    (True, False)
    """
    step = printed_step(printed)
    return any(
        exact.quantize(step, rounding=rule) == printed for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )
