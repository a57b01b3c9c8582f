"""A curve of shares, such as the Lorenz curve, beside the diagonal of an even spread."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwerk.platform.ui.charts.box import Box, Share, Spot

BOX = Box(width=300, height=170, left=38, right=10, top=8, bottom=30)
ENOUGH = 120  # points that a curve of this size can show


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Attributes of the drawing; `mark` is the one point to notice."""

    box: Box
    line: str
    area: str
    even: tuple[Spot, Spot]
    mark: Spot | None
    foot: Spot | None

    @property
    def half(self) -> Spot:
        """Left end of the line at half the height."""
        return self.box.spot(0, 0.5)

    @property
    def right_edge(self) -> int:
        return self.box.width - self.box.right


def curve_chart(
    points: Sequence[tuple[Share, Share]],
    *,
    mark: int | None = None,
    box: Box = BOX,
) -> CurveChart:
    """The drawing of a curve from (0, 0) to (1, 1); `mark` is the index of the point to notice.

    Long curves are thinned evenly, the ends and the mark kept.
    """
    kept = _thinned(len(points), mark)
    line = box.line(points[index] for index in kept)
    marked = points[mark] if mark is not None else None
    return CurveChart(
        box=box,
        line=line,
        area=f"{line} {box.spot(1, 0)} {box.spot(0, 0)}",
        even=(box.spot(0, 0), box.spot(1, 1)),
        mark=box.spot(*marked) if marked else None,
        foot=box.spot(marked[0], 0) if marked else None,
    )


def _thinned(number: int, mark: int | None) -> list[int]:
    step = max(1, -(-number // ENOUGH))
    kept = {*range(0, number, step), number - 1, *([mark] if mark is not None else [])}
    return sorted(index for index in kept if 0 <= index < number)
