"""A plotting area, and where shares of its width and height fall in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Share = Fraction | float | int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing, as attributes write it: with a point, whatever the language."""

    x: str
    y: str

    def __str__(self) -> str:
        return f"{self.x},{self.y}"


@dataclass(frozen=True, slots=True)
class Box:
    """The area inside its margins; shares run from left to right and from bottom to top."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    def spot(self, across: Share, up: Share) -> Spot:
        """Shares beyond the area are brought back to its edge."""
        x = self.left + _inside(across) * (self.width - self.left - self.right)
        y = self.height - self.bottom - _inside(up) * (self.height - self.top - self.bottom)
        return Spot(f"{float(x):.1f}", f"{float(y):.1f}")

    def line(self, shares: Iterable[tuple[Share, Share]]) -> str:
        """The `points` of a polyline."""
        return " ".join(str(self.spot(across, up)) for across, up in shares)


def _inside(share: Share) -> Share:
    return min(max(share, 0), 1)
