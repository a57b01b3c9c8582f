"""A printed count against the printed list it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.findings import Side
from clusterwerk.measure.consistency.kinds.base import (
    CAUSES,
    GAPS,
    Cause,
    Difference,
    part_name,
    side,
)
from clusterwerk.measure.consistency.precision import Interval, Precision
from clusterwerk.measure.consistency.selecting import Selector, segment_of
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Said, Term


@dataclass(frozen=True, slots=True)
class Counted:
    """Silent when the list holds as many entries as printed.

    Parameters
    ----------
    printed, entries
        Selectors of the count and of what it counts. The entries may be figures within bounds
        ("subsidies below 300,000").
    by
        A dimension: the count of a segment is compared with the entries of that segment.
    per_subject
        Each cluster's count is compared with the entries of that cluster.
    population, known
        Who might be on the list, and for whom the list says anything at all. The others may
        add to the count: then it fits only under an assumption about them.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"segment", "missing", "needed"}

    printed: Selector
    entries: Selector
    by: str
    per_subject: bool
    population: Selector | None
    known: Selector | None

    @classmethod
    def read(cls, table: Table) -> Self:
        population, known = table.selector_or_none("population"), table.selector_or_none("known")
        if (population is None) != (known is None):
            table.error("'population' and 'known' come together or not at all")
        return cls(
            printed=table.selector("printed"),
            entries=table.selector("entries"),
            by=table.text("by", default=""),
            per_subject=table.switch("per_subject"),
            population=population,
            known=known,
        )

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset() if self.population is None else frozenset({Cause.MISSING})

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        missing = self._missing(facts)
        for printed in self.printed.choose(facts):
            entries = self._entries(facts, printed)
            cause = _cause(precision, printed, len(entries), missing)
            if cause is not None:
                yield self._difference(printed, entries, missing, cause)

    def _entries(self, facts: Sequence[Fact], printed: Fact) -> tuple[Fact, ...]:
        return tuple(
            fact
            for fact in self.entries.choose(facts)
            if (not self.per_subject or fact.subject == printed.subject)
            and (not self.by or segment_of(fact, self.by) == segment_of(printed, self.by))
        )

    def _missing(self, facts: Sequence[Fact]) -> int:
        if self.population is None or self.known is None:
            return 0
        known = {fact.subject for fact in self.known.choose(facts)}
        return len({fact.subject for fact in self.population.choose(facts)} - known)

    def _difference(
        self, printed: Fact, entries: tuple[Fact, ...], missing: int, cause: Cause
    ) -> Difference:
        count = Decimal(len(entries))
        said: dict[str, Said] = {
            "segment": Term(part_name(printed.dimension, printed.segment)),
            "missing": Amount(Decimal(missing), "count"),
            "needed": Amount(max(printed.number - count, Decimal(0)), "count"),
        }
        return Difference(
            subject=printed.subject,
            detail=part_name(printed.dimension, printed.segment),
            cause=cause,
            printed=side(printed),
            against=Side(count, "count", entries),
            said=said,
        )


def _cause(precision: Precision, printed: Fact, count: int, missing: int) -> Cause | None:
    exact = Decimal(count)
    cause = CAUSES.get(precision.compare([printed], exact, Interval(exact, exact)))
    if cause is Cause.DECLARED and exact < printed.number <= exact + missing:
        return Cause.MISSING
    return cause
