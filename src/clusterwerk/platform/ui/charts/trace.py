"""A figure on its way: what was counted at some moments, beside the straight line to its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from clusterwerk.platform.ui.charts.box import Box, Share, Spot

BOX = Box(width=300, height=118, left=34, right=10, top=14, bottom=24)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the axis, in the middle of its place or leaning inwards at an end."""

    spot: Spot
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TraceChart:
    """Attributes of the drawing; `now` is the last counted moment."""

    box: Box
    line: str
    dots: tuple[Spot, ...]
    now: Spot | None
    aim: tuple[Spot, Spot]
    ticks: tuple[Tick, ...]
    target: Decimal

    @property
    def target_spot(self) -> Spot:
        """Left end of the line at the height of the target."""
        return Spot(str(self.box.left), self.aim[1].y)

    @property
    def base_spot(self) -> Spot:
        return self.box.spot(0, 0)

    @property
    def right_edge(self) -> int:
        return self.box.width - self.box.right


def trace_chart(
    counted: Sequence[tuple[Share, int]],
    target: Decimal,
    *,
    due: Share = 1,
    ticks: Sequence[tuple[Share, str]] = (),
    box: Box = BOX,
) -> TraceChart:
    """The drawing of a path; moments are shares of the whole time, in their order.

    The highest of target and counted figures touches the top; the target is due at `due`.
    """
    highest = max([Fraction(target), *(Fraction(value) for _moment, value in counted), Fraction(1)])
    shares = [(moment, Fraction(value) / highest) for moment, value in counted]
    dots = tuple(box.spot(*share) for share in shares)
    return TraceChart(
        box=box,
        line=box.line(shares),
        dots=dots[:-1],
        now=dots[-1] if dots else None,
        aim=(box.spot(0, 0), box.spot(due, Fraction(target) / highest)),
        ticks=tuple(Tick(box.spot(share, 0), label, _anchor(share)) for share, label in ticks),
        target=target,
    )


def _anchor(share: Share) -> str:
    if share <= 0:
        return "start"
    return "end" if share >= 1 else "middle"
