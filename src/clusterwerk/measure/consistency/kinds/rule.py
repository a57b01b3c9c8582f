"""Several printed numbers that should all follow from one rule of rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import ClassVar, Self

from clusterwerk.measure.consistency.facts import Fact
from clusterwerk.measure.consistency.findings import Side
from clusterwerk.measure.consistency.kinds.base import GAPS, Cause, Difference, name_of
from clusterwerk.measure.consistency.precision import Precision
from clusterwerk.measure.consistency.selecting import PROGRAMME, Selector, by_spot, spot
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Ratio, Said, Term

RULES: Mapping[str, Callable[[Decimal], Decimal]] = {
    "fewest reaching": lambda exact: exact.to_integral_value(rounding=ROUND_CEILING),
    "most not exceeding": lambda exact: exact.to_integral_value(rounding=ROUND_FLOOR),
    "fewest exceeding": lambda exact: exact.to_integral_value(rounding=ROUND_FLOOR) + 1,
    "most staying below": lambda exact: exact.to_integral_value(rounding=ROUND_CEILING) - 1,
    "nearest": lambda exact: exact.to_integral_value(rounding=ROUND_HALF_UP),
    "nearest even": lambda exact: exact.to_integral_value(rounding=ROUND_HALF_EVEN),
}
NO_RULE = "no rule"


@dataclass(frozen=True, slots=True)
class Row:
    part: Fact
    whole: Fact

    def follows(self, rule: str, share: Decimal) -> bool:
        return RULES[rule](share * self.whole.number) == self.part.number

    @property
    def side(self) -> Side:
        return Side(self.part.value, self.part.unit, (self.part, self.whole))


@dataclass(frozen=True, slots=True)
class Rule:
    """Silent when at least one rule gives every row.

    ``part`` should be ``share`` of ``whole``, made a whole number in one way for all rows.
    The check holds only for rows where the exact value is known, such as the number of equal
    contributions that reach half; the selector of ``part`` has to choose those.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {
        "rows",
        "printed_name",
        "printed_counts",
        "printed_rule",
        "against_name",
        "against_counts",
        "against_rule",
    }

    part: Selector
    whole: Selector
    share: Decimal

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(
            part=table.selector("part"),
            whole=table.selector("whole"),
            share=table.number("share"),
        )

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        del precision
        rows = self._rows(facts)
        if not rows or any(self._gives(rule, rows) for rule in RULES):
            return
        first_rule = self._rule(rows[0])
        other = next((row for row in rows if not self._gives(first_rule, [row])), rows[0])
        yield Difference(
            subject=PROGRAMME,
            detail="",
            cause=Cause.DECLARED,
            printed=rows[0].side,
            against=other.side,
            said=self._said(rows, other),
        )

    def _rows(self, facts: Sequence[Fact]) -> list[Row]:
        wholes = by_spot(self.whole.choose(facts))
        return [
            Row(part, whole)
            for part in self.part.choose(facts)
            for whole in wholes.get(spot(part), [])
        ]

    def _gives(self, rule: str, rows: Sequence[Row]) -> bool:
        return rule in RULES and all(row.follows(rule, self.share) for row in rows)

    def _rule(self, row: Row) -> str:
        return next((rule for rule in RULES if row.follows(rule, self.share)), NO_RULE)

    def _said(self, rows: Sequence[Row], other: Row) -> dict[str, Said]:
        first = rows[0]
        return {
            "rows": Amount(Decimal(len(rows)), "count"),
            "printed_name": Term(name_of(first.part)),
            "printed_counts": Ratio(first.part.number, first.whole.number),
            "printed_rule": Term(self._rule(first)),
            "against_name": Term(name_of(other.part)),
            "against_counts": Ratio(other.part.number, other.whole.number),
            "against_rule": Term(self._rule(other)),
        }
