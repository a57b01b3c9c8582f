"""Which of the first rows is the heading; titles, dates of print and blank lines stand above it."""

import re
from collections.abc import Sequence

from clusterwerk.members.moving_in.words import HEADER_WORDS, plain

VALUE = re.compile(r"@|^\W*\d[\d.,/:\s%€-]*$")
FARTHEST = 20
LONGEST = 80  # signs of a header


def find_heading(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row that reads most like a heading; the first where none does."""
    widest = max(_filled(row) for row in rows)
    best, best_points = 0, 0.0
    for at, row in enumerate(rows[:FARTHEST]):
        points = _points(row, widest)
        if points > best_points:
            best, best_points = at, points
    return best


def _points(row: Sequence[str], widest: int) -> float:
    """Known words of headings count most, then short texts over many columns; values against."""
    cells = [cell for cell in row if cell]
    if not cells:
        return 0.0
    known = sum(_is_known(cell) for cell in cells)
    texts = sum(not VALUE.search(cell) and len(cell) <= LONGEST for cell in cells)
    repeated = len(cells) - len({cell.casefold() for cell in cells})
    values = len(cells) - texts
    breadth = len(cells) / widest if widest else 0.0
    return known * 3 + breadth * 2 + (texts / len(cells)) - values * 0.7 - repeated


def _is_known(cell: str) -> bool:
    words = plain(cell)
    return words in HEADER_WORDS


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell) for cell in row)
