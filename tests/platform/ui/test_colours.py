"""Contrast of every pair of text and ground, and distance of chart colours, in both themes."""

import math
from collections.abc import Iterator

import pytest

from clusterwerk.platform.ui.styleguide import STYLE, tokens

Colour = tuple[float, float, float]

GROUNDS = ("paper", "surface", "sunken")
PAIRS = [
    *((text, ground, 4.5)
      for ground in GROUNDS
      for text in ("ink", "ink-2", "ink-3", "accent", "accent-strong", "ok", "warn", "danger")),
    *((state, f"{state}-soft", 4.5) for state in ("ok", "warn", "danger")),
    *(("ink", f"{soft}-soft", 4.5) for soft in ("accent", "highlight", "ok", "warn", "danger")),
    ("accent-strong", "accent-soft", 4.5),
    ("accent", "accent-soft", 4.5),
    ("ink-2", "accent-soft", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("on-highlight", "highlight", 4.5),
    ("paper", "ink", 4.5),
    *((border, ground, 3.0) for ground in GROUNDS for border in ("line-strong", "focus")),
    *((chart, "surface", 3.0) for chart in ("c1", "c3", "c5", "c6")),
]  # fmt: skip
# Linear-RGB simulations of full protanopia, deuteranopia and tritanopia.
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
CLOSEST = 12


def linear(value: str) -> Colour:
    parts = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted(
        (
            sum(
                weight * part
                for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True)
            )
            + 0.05
            for colour in (one, other)
        ),
        reverse=True,
    )
    return light / dark


def lab(colour: Iterator[float]) -> Colour:
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def mode_tokens(mode: str) -> dict[str, str]:
    return {name: pair[mode == "dark"] for name, pair in tokens().items()}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_and_control_stands_out_from_its_ground(mode: str) -> None:
    colours = mode_tokens(mode)
    weak = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for text, ground, needed in PAIRS
        if contrast(colours[text], colours[ground]) < needed
    }
    assert weak == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_chart_colours_stay_apart_for_every_kind_of_sight(mode: str, eye: str) -> None:
    colours = mode_tokens(mode)
    seen = {}
    for name in ("c1", "c2", "c3", "c4", "c5", "c6"):
        parts = linear(colours[name])
        seen[name] = lab(
            min(1.0, max(0.0, sum(a * b for a, b in zip(row, parts, strict=True))))
            for row in EYES[eye]
        )
    nearest = min(math.dist(seen[a], seen[b]) for a in seen for b in seen if a < b)
    assert nearest >= CLOSEST


def test_the_style_sheet_shows_every_token_in_the_style_guide() -> None:
    css = STYLE.read_text("utf-8")
    assert [name for name in tokens() if f".swatch-{name} " not in css] == []
