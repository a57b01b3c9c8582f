"""What every kind of check is: a declaration that yields the differences it sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import ClassVar, Protocol, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.findings import Side
from clusterwerk.measure.consistency.precision import Agreement, Precision
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Places, Said, Term

GAPS = frozenset(
    {"subject", "printed", "against", "printed_place", "against_place", "difference", "qualifier"}
)


class Cause(Enum):
    """Why two figures differ, as far as the facts themselves tell."""

    DECLARED = "declared"
    DEFINITION = "definition"
    MISSING = "missing"
    QUALIFIER = "qualifier"
    ROUNDING = "rounding"


CAUSES = {
    Agreement.ROUNDING: Cause.ROUNDING,
    Agreement.QUALIFIER: Cause.QUALIFIER,
    Agreement.DIFFERS: Cause.DECLARED,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sides that disagree; ``said`` fills the gaps that are the kind's own."""

    subject: str
    detail: str
    cause: Cause
    printed: Side
    against: Side
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Said]:
        """The values of every gap a template of this kind may use."""
        common: dict[str, Said] = {
            "subject": Term(self.name),
            "printed": _quoted(self.printed),
            "against": _quoted(self.against),
            "printed_place": Places(self.printed.places),
            "against_place": Places(self.against.places),
            "difference": self._distance(),
            "qualifier": Term(self._word()),
        }
        return {**common, **self.said}

    @property
    def name(self) -> str:
        return next((name_of(f) for f in self._facts() if f.subject == self.subject), self.subject)

    def _facts(self) -> tuple[Fact, ...]:
        return self.printed.facts + self.against.facts

    def _word(self) -> str:
        return next((fact.qualifier for fact in self._facts() if fact.qualifier), "")

    def _distance(self) -> Amount:
        one, other = self.printed.value, self.against.value
        if isinstance(one, Decimal) and isinstance(other, Decimal):
            return Amount(abs(one - other), self.printed.unit)
        return Amount("", "text")


class Kind(Protocol):
    """One kind of check, filled from its table in the file."""

    GAPS: ClassVar[frozenset[str]]
    __slots__: tuple[str, ...]

    @classmethod
    def read(cls, table: Table) -> Self: ...

    @property
    def causes(self) -> frozenset[Cause]:
        """The causes that need a text of their own in the file."""
        ...

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]: ...


def _quoted(side: Side) -> Amount:
    """A print is quoted with its word; a sum of several prints has none."""
    word = side.facts[0].qualifier if [side.value] == [f.value for f in side.facts] else ""
    return Amount(side.value, side.unit, word)


def name_of(fact: Fact) -> str:
    """How a sentence calls the subject of a fact."""
    return fact.attributes.get("name", fact.subject)


def side(fact: Fact) -> Side:
    return Side(fact.value, fact.unit, (fact,))


def part_name(dimension: str, segment: str) -> str:
    """Key of a segment in details and in the vocabulary; empty for the whole."""
    return f"{dimension}={segment}" if dimension else ""
