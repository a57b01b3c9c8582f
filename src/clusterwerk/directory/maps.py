"""A small map of Belgium: rough outlines of provinces and points of municipalities, as geometry.

Units of a drawing 360 wide. Degrees are laid flat at 50.5° north, good enough for a thumbnail.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sqrt

from clusterwerk.directory.models import Place
from clusterwerk.directory.places import FOLDER

WIDTH = 360
WEST, EAST, SOUTH, NORTH = 2.50, 6.45, 49.48, 51.53
FLAT = cos(radians(50.5))
SCALE = WIDTH / ((EAST - WEST) * FLAT)
HEIGHT = round((NORTH - SOUTH) * SCALE)
SHADES = 4
LARGEST_DOT = 14
SMALLEST_DOT = 2.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A province; shade 0 holds nobody, 4 the most."""

    name: str
    path: str
    number: int
    shade: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A municipality; the area of the dot grows with the number."""

    name: str
    number: int
    x: str
    y: str
    radius: str


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """`without_point` stand in municipalities that no source gives a point."""

    shapes: tuple[Shape, ...]
    dots: tuple[Dot, ...]
    without_point: int
    width: int = WIDTH
    height: int = HEIGHT


def place_map(numbers: Mapping[int, int], places: Iterable[Place]) -> PlaceMap:
    """The map of how many stand in each place, by the key of the place."""
    used = [(place, numbers[place.pk]) for place in places if numbers.get(place.pk)]
    by_province: dict[str, int] = {}
    for place, number in used:
        by_province[place.province] = by_province.get(place.province, 0) + number
    most = max(by_province.values(), default=0)
    shapes = tuple(
        Shape(name, path, by_province.get(name, 0), _shade(by_province.get(name, 0), most))
        for name, path in outlines()
    )
    largest = max((number for _place, number in used), default=1)
    drawn = sorted(used, key=lambda pair: (-pair[1], pair[0].name))
    dots = tuple(_dot(place, number, largest) for place, number in drawn if place.latitude)
    return PlaceMap(shapes, dots, sum(number for place, number in used if not place.latitude))


@cache
def outlines() -> tuple[tuple[str, str], ...]:
    """Province and path; Brussels has no name, because it lies in no province."""
    rings: dict[str, dict[str, list[str]]] = {}
    with (FOLDER / "provinces.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spot = " ".join(_spot(float(row["longitude"]), float(row["latitude"])))
            rings.setdefault(row["province"], {}).setdefault(row["ring"], []).append(spot)
    paths = {
        name: "".join(f"M{'L'.join(ring)}Z" for ring in parts.values())
        for name, parts in rings.items()
    }
    return tuple(sorted(paths.items(), key=lambda pair: (pair[0] == "", pair[0])))


def _spot(longitude: float, latitude: float) -> tuple[str, str]:
    x, y = (longitude - WEST) * FLAT * SCALE, (NORTH - latitude) * SCALE
    return f"{x:.1f}", f"{y:.1f}"


def _dot(place: Place, number: int, largest: int) -> Dot:
    x, y = _spot(float(place.longitude or 0), float(place.latitude or 0))
    radius = max(SMALLEST_DOT, LARGEST_DOT * sqrt(number / max(largest, SHADES)))
    return Dot(place.name, number, x, y, f"{radius:.1f}")


def _shade(number: int, most: int) -> int:
    return -(-number * SHADES // most) if number else 0
