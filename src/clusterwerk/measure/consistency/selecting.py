"""Choosing facts by what a check declares of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clusterwerk.measure.consistency.facts import Fact

PROGRAMME = "programme"
CLUSTERS = "clusters"
ANY = "any"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on a number; an unset limit does not hold anything back."""

    above: Decimal | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def hold(self, fact: Fact) -> bool:
        if self == Bounds():
            return True
        if not isinstance(fact.value, Decimal):
            return False
        return self._over(fact.value) and self._under(fact.value)

    def _over(self, value: Decimal) -> bool:
        over = self.above is None or value > self.above
        return over and (self.at_least is None or value >= self.at_least)

    def _under(self, value: Decimal) -> bool:
        under = self.below is None or value < self.below
        return under and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Condition:
    """On another fact of the same subject: its number within bounds, or equal to a third fact."""

    indicator: str
    bounds: Bounds = Bounds()
    equals: str = ""

    def subjects(self, facts: Sequence[Fact]) -> frozenset[str]:
        found = {
            fact.subject: fact.value
            for fact in facts
            if fact.indicator == self.indicator and not fact.dimension and self.bounds.hold(fact)
        }
        if not self.equals:
            return frozenset(found)
        return frozenset(
            fact.subject
            for fact in facts
            if fact.indicator == self.equals and found.get(fact.subject) == fact.value
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """What a check says of the facts it wants; an empty tuple stands for any.

    ``subject`` is ``programme``, ``clusters`` (every subject but the programme), the key of a
    cluster, or empty for all. ``dimension`` is empty for figures of the whole, which is what
    a check means unless it says otherwise, or ``any``.
    """

    indicator: tuple[str, ...]
    subject: str = ""
    place: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    dimension: str = ""
    segment: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    bounds: Bounds = Bounds()
    condition: Condition | None = None

    def choose(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """The chosen facts in the order they came."""
        subjects = None if self.condition is None else self.condition.subjects(facts)
        return tuple(
            fact
            for fact in facts
            if self._says(fact) and (subjects is None or fact.subject in subjects)
        )

    def _says(self, fact: Fact) -> bool:
        return (
            fact.indicator in self.indicator
            and self._of(fact.subject)
            and _among(fact.place, self.place)
            and _among(fact.basis, self.basis)
            and self.dimension in (ANY, fact.dimension)
            and _among(fact.segment, self.segment)
            and all(_among(fact.attributes.get(n, ""), v) for n, v in self.attributes.items())
            and self.bounds.hold(fact)
        )

    def _of(self, subject: str) -> bool:
        if self.subject == CLUSTERS:
            return subject != PROGRAMME
        return self.subject in ("", subject)


def _among(value: str, allowed: tuple[str, ...]) -> bool:
    return not allowed or value in allowed


def segment_of(fact: Fact, dimension: str) -> str:
    """The segment of a fact: its own, or that of its cluster."""
    if fact.dimension == dimension:
        return fact.segment
    return fact.attributes.get(dimension, "")


Place = tuple[str, str, str]


def spot(fact: Fact) -> Place:
    """What two figures must share to be about the same thing."""
    return (fact.subject, fact.dimension, fact.segment)


def by_spot(facts: Iterable[Fact]) -> dict[Place, list[Fact]]:
    found: dict[Place, list[Fact]] = {}
    for fact in facts:
        found.setdefault(spot(fact), []).append(fact)
    return found
