"""A printed total against the sum of its printed parts."""

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
    name_of,
    part_name,
)
from clusterwerk.measure.consistency.precision import Agreement, Precision
from clusterwerk.measure.consistency.selecting import Selector, segment_of
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Said, Term


@dataclass(frozen=True, slots=True)
class Total:
    """Silent when the parts add up.

    Parameters
    ----------
    total, parts
        Selectors. Without ``together`` every total is compared on its own.
    by
        A dimension: the total of a segment is compared with the parts of that segment.
    together
        Several totals are added up first.
    overlap
        The fact that says how many stand in more than one part. A sum that is larger than
        the total by no more than that number is explained by definition, because the total
        counts each once. It counts one extra time for each, which is a low estimate.
    population
        Who should have a part. With a part missing, only a sum that already exceeds the total
        is a difference.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"segment", "parts", "left_out"}

    total: Selector
    parts: Selector
    by: str
    together: bool
    overlap: Selector | None
    population: Selector | None

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(
            total=table.selector("total"),
            parts=table.selector("parts"),
            by=table.text("by", default=""),
            together=table.switch("together"),
            overlap=table.selector_or_none("overlap"),
            population=table.selector_or_none("population"),
        )

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset() if self.overlap is None else frozenset({Cause.DEFINITION})

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        for totals in self._totals(facts):
            parts = self._parts(facts, totals)
            if not parts:
                continue
            cause = self._cause(facts, precision, totals, parts)
            if cause is not None:
                yield self._difference(totals, parts, cause)

    def _totals(self, facts: Sequence[Fact]) -> list[tuple[Fact, ...]]:
        chosen = self.total.choose(facts)
        if self.together:
            return [chosen] if chosen else []
        return [(fact,) for fact in chosen]

    def _parts(self, facts: Sequence[Fact], totals: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return self._in_segment(self.parts.choose(facts), totals)

    def _in_segment(self, chosen: tuple[Fact, ...], totals: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(
            fact
            for fact in chosen
            if fact not in totals
            and (not self.by or segment_of(fact, self.by) == segment_of(totals[0], self.by))
        )

    def _cause(
        self,
        facts: Sequence[Fact],
        precision: Precision,
        totals: tuple[Fact, ...],
        parts: tuple[Fact, ...],
    ) -> Cause | None:
        exact, spread = _sum(parts), precision.total(parts)
        agreement = precision.compare(totals, exact, spread)
        if self._incomplete(facts, totals, parts) and exact <= precision.total(totals).high:
            return None
        if agreement is Agreement.DIFFERS and self._overlaps(facts, precision, totals, exact):
            return Cause.DEFINITION
        return CAUSES.get(agreement)

    def _incomplete(
        self, facts: Sequence[Fact], totals: tuple[Fact, ...], parts: tuple[Fact, ...]
    ) -> bool:
        if self.population is None:
            return False
        expected = self._in_segment(self.population.choose(facts), totals)
        return not {f.subject for f in expected} <= {f.subject for f in parts}

    def _overlaps(
        self, facts: Sequence[Fact], precision: Precision, totals: tuple[Fact, ...], exact: Decimal
    ) -> bool:
        if self.overlap is None:
            return False
        surplus = exact - _sum(totals)
        return any(
            0 < surplus <= precision.allowed(fact).high for fact in self.overlap.choose(facts)
        )

    def _difference(
        self, totals: tuple[Fact, ...], parts: tuple[Fact, ...], cause: Cause
    ) -> Difference:
        first = totals[0]
        said: dict[str, Said] = {
            "segment": Term(part_name(first.dimension, first.segment)),
            "parts": Amount(Decimal(len(parts)), "count"),
        }
        if name := _left_out(_sum(parts) - _sum(totals), parts):
            said["left_out"] = Term(name)
        return Difference(
            subject=first.subject,
            detail=part_name(first.dimension, "" if self.together else first.segment).rstrip("="),
            cause=cause,
            printed=Side(_sum(totals), first.unit, totals),
            against=Side(_sum(parts), first.unit, parts),
            said=said,
        )


def _sum(facts: Sequence[Fact]) -> Decimal:
    return sum((fact.number for fact in facts), Decimal(0))


def _left_out(surplus: Decimal, parts: Sequence[Fact]) -> str:
    """The one part without which the sum is the total; empty with none or several such."""
    candidates = [fact for fact in parts if surplus > 0 and fact.number == surplus]
    return name_of(candidates[0]) if len(candidates) == 1 else ""
