"""The few shapes these pages draw themselves: pure geometry, in units of the drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

Number = Decimal | Fraction | int


@dataclass(frozen=True, slots=True)
class Curve:
    """Who brings how much, largest first, in a box from (0, 0), bottom left, to (width, height).

    `line` is the path of the curve, `area` closes it along the diagonal on which everybody pays
    the same, `dots` are the points that are known.
    """

    width: int
    height: int
    line: str
    area: str
    even: str
    dots: tuple[tuple[str, str], ...]


def curve(points: Iterable[tuple[Number, Number]], width: int, height: int) -> Curve:
    """A curve through shares of contributors and of the total, both from 0 to 1.

    The corners are added; points must rise in both shares. Drawings count downwards, so the
    vertical share is turned.
    """
    known = [_spot(x, y, width, height) for x, y in points]
    spots = [("0", str(height)), *known, (str(width), "0")]
    line = "M" + "L".join(f"{x} {y}" for x, y in spots)
    return Curve(width, height, line, f"{line}Z", f"M0 {height}L{width} 0", tuple(known))


def _spot(x: Number, y: Number, width: int, height: int) -> tuple[str, str]:
    return _short(x * width), _short(height - y * height)


def _short(value: Number) -> str:
    """At most one decimal: a tenth of a unit is finer than any screen."""
    tenths = int(Fraction(value) * 10 + Fraction(1, 2))
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on the scale, with its name and how many lines its texts stand lower or higher."""

    x: str
    name: str
    value: Decimal
    row: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """A band of group means with the overall mean beside or in it; x runs from 0 to `width`."""

    width: int
    low: str
    high: str
    band: str
    groups: tuple[Mark, ...]
    whole: Mark
    ticks: tuple[Mark, ...]


def hull_scale(
    groups: Sequence[tuple[str, Decimal]], whole: tuple[str, Decimal], width: int = 640
) -> Scale:
    """The range that the groups span, and where the mean over everybody stands.

    The scale begins and ends at round numbers around all values; a twentieth of the width stays
    free at both ends, so that texts are not cut off. Texts that would touch stand in two rows.
    """
    values = [value for _name, value in groups] + [whole[1]]
    ticks = round_ticks(min(values), max(values))
    first, last = ticks[0], ticks[-1]
    margin = width // 20

    def x(value: Decimal) -> Decimal:
        return margin + (value - first) / (last - first) * (width - 2 * margin)

    def mark(name: str, value: Decimal, row: int = 0) -> Mark:
        return Mark(_short(x(value)), name, value, row)

    ordered = sorted(groups, key=lambda group: group[1])
    low, high = x(ordered[0][1]), x(ordered[-1][1])
    near = any(abs(x(value) - x(whole[1])) < width // 6 for _name, value in groups)
    return Scale(
        width=width,
        low=_short(low),
        high=_short(high),
        band=_short(high - low),
        groups=tuple(
            mark(name, value, row=index % 2) for index, (name, value) in enumerate(ordered)
        ),
        whole=mark(*whole, row=2 if near else 0),
        ticks=tuple(mark("", tick) for tick in ticks),
    )


def round_ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Three to seven round numbers that reach around both values."""
    if low == high:
        return low - 1, low, low + 1
    step = _round_step((high - low) / 5)
    first, last = floor(low / step), ceil(high / step)
    return tuple(step * number for number in range(first, last + 1))


def _round_step(rough: Decimal) -> Decimal:
    power = Decimal(1).scaleb(rough.adjusted())
    steps = (power, power * 2, power * 5, power.scaleb(1))
    return next(step for step in steps if step >= rough)
