"""The map of ties: clusters on a ring, a strand across it for each pair that applied together.

Geometry only. Clusters of one theme stand side by side with a gap between themes; strands between
neighbours bow a little, strands to the far side cross the middle.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

CENTRE_X, CENTRE_Y, RADIUS = 320, 312, 192
LEAST_NODE, NODE_GROWTH, UNKNOWN_MEMBERS = 4, 0.38, 40
SQUARE = 12
LONGEST_LABEL = 22  # letters between the ring and the edge of the drawing


@dataclass(frozen=True, slots=True)
class Spot:
    """A cluster to place: its theme group, whether its scheme is long-term, its members."""

    key: str
    name: str
    theme: str
    is_square: bool
    members: int | None

    @property
    def label(self) -> str:
        """The name as it fits beside the ring: without what stands in brackets, cut if long."""
        short = self.name.split(" (", maxsplit=1)[0]
        return short if len(short) <= LONGEST_LABEL else f"{short[: LONGEST_LABEL - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Node:
    """A placed cluster; `turn` and `anchor` make its label read outwards on both sides."""

    spot: Spot
    x: float
    y: float
    size: float
    label_x: float
    label_y: float
    label_turn: float
    anchor: str
    is_tied: bool

    @property
    def corner_x(self) -> float:
        return round(self.x - SQUARE / 2, 1)

    @property
    def corner_y(self) -> float:
        return round(self.y - SQUARE / 2, 1)

    @property
    def square_turn(self) -> float:
        return round(self.label_turn + 45, 1)


@dataclass(frozen=True, slots=True)
class Strand:
    """A tie between two clusters; `times` is how often they applied together."""

    path: str
    times: int
    ends: tuple[Spot, Spot]

    @property
    def width(self) -> float:
        return round(2 + 1.6 * (self.times - 1), 1)

    @property
    def halo(self) -> float:
        return round(self.width + 4, 1)


@dataclass(frozen=True, slots=True)
class Weave:
    nodes: tuple[Node, ...]
    strands: tuple[Strand, ...]


def ties(groups: Iterable[Sequence[str]]) -> Counter[tuple[str, str]]:
    """How often each pair stands in one group.

    >>> ties([["a", "b"], ["b", "a", "c"]])[("a", "b")]
    2
    """
    pairs = (pair for group in groups for pair in combinations(sorted(set(group)), 2))
    return Counter(pairs)


def weave(spots: Sequence[Spot], times: Mapping[tuple[str, str], int]) -> Weave:
    """Place the clusters in the order given and draw their ties, weakest first."""
    angles = _angles(spots)
    drawn = {pair: number for pair, number in times.items() if set(pair) <= set(angles)}
    tied = {key for pair in drawn for key in pair}
    known = {spot.key: spot for spot in spots}
    strands = tuple(
        Strand(
            _path(angles[pair[0]], angles[pair[1]]),
            number,
            (known[pair[0]], known[pair[1]]),
        )
        for pair, number in sorted(drawn.items(), key=lambda item: (item[1], item[0]))
    )
    nodes = tuple(_node(spot, angles[spot.key], is_tied=spot.key in tied) for spot in spots)
    return Weave(nodes, strands)


def _angles(spots: Sequence[Spot]) -> dict[str, float]:
    """Angle of each cluster, clockwise from the top, one empty step between two themes."""
    themes = list(dict.fromkeys(spot.theme for spot in spots))
    steps = len(spots) + len(themes)
    return {
        spot.key: -math.pi / 2 + 2 * math.pi * (index + themes.index(spot.theme) + 0.5) / steps
        for index, spot in enumerate(spots)
    }


def _at(angle: float, radius: float) -> tuple[float, float]:
    x, y = CENTRE_X + radius * math.cos(angle), CENTRE_Y + radius * math.sin(angle)
    return round(x, 1), round(y, 1)


def _path(first: float, second: float) -> str:
    (x1, y1), (x2, y2) = _at(first, RADIUS), _at(second, RADIUS)
    gap = abs(math.remainder(first - second, 2 * math.pi))
    pull = 0.2 + 0.42 * (1 - gap / math.pi) ** 2
    bend_x = round(CENTRE_X + ((x1 + x2) / 2 - CENTRE_X) * pull, 1)
    bend_y = round(CENTRE_Y + ((y1 + y2) / 2 - CENTRE_Y) * pull, 1)
    return f"M{x1} {y1}Q{bend_x} {bend_y} {x2} {y2}"


def _node(spot: Spot, angle: float, *, is_tied: bool) -> Node:
    size = round(LEAST_NODE + math.sqrt(spot.members or UNKNOWN_MEMBERS) * NODE_GROWTH, 1)
    x, y = _at(angle, RADIUS)
    label_x, label_y = _at(angle, RADIUS + size + 8)
    is_left = math.cos(angle) < 0
    turn = math.degrees(angle) + (180 if is_left else 0)
    anchor = "end" if is_left else "start"
    return Node(spot, x, y, size, label_x, label_y, round(turn, 1), anchor, is_tied)
