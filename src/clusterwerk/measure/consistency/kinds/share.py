"""A printed share against the two counts it is the share of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
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
from clusterwerk.measure.consistency.precision import Interval, Precision, rounds_to
from clusterwerk.measure.consistency.selecting import Selector, by_spot, spot
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import Amount, Ratio, to_places

SHOWN_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Share:
    """Silent when part over whole, in percent, rounds to the printed share.

    Both usual rules of rounding (half up, half to even) are accepted at the printed number of
    decimals. Where part or whole is itself rounded, the shares they may stand for count too.
    """

    GAPS: ClassVar[frozenset[str]] = GAPS | {"counts"}

    share: Selector
    part: Selector
    whole: Selector

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(
            share=table.selector("share"),
            part=table.selector("part"),
            whole=table.selector("whole"),
        )

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset()

    def differences(self, facts: Sequence[Fact], precision: Precision) -> Iterator[Difference]:
        parts = by_spot(self.part.choose(facts))
        wholes = by_spot(self.whole.choose(facts))
        for share in self.share.choose(facts):
            here = spot(share)
            for part, whole in product(parts.get(here, []), wholes.get(here, [])):
                if found := _compare(precision, share, part, whole):
                    yield found


def _compare(precision: Precision, share: Fact, part: Fact, whole: Fact) -> Difference | None:
    if not whole.number:
        return None
    exact = part.number / whole.number * 100
    if not share.qualifier and rounds_to(exact, share.number):
        return None
    cause = CAUSES.get(precision.compare([share], exact, _spread(precision, part, whole)))
    if cause is None:
        return None
    shown = to_places(exact, SHOWN_DECIMALS)
    return Difference(
        subject=share.subject,
        detail=part_name(share.dimension, share.segment),
        cause=cause,
        printed=side(share),
        against=Side(shown, "percent", (part, whole)),
        said={"counts": Ratio(part.number, whole.number), "against": Amount(shown, "percent")},
    )


def _spread(precision: Precision, part: Fact, whole: Fact) -> Interval:
    upper, lower = precision.rounded(part), precision.rounded(whole)
    if lower.low <= 0:
        return Interval(upper.low / lower.high * 100, Decimal("Infinity"))
    return Interval(upper.low / lower.high * 100, upper.high / lower.low * 100)
