"""What is wrong with a folder of figures: everything at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class FigureError:
    """One mistake. ``line`` counts from 1 with the header; 0 is the file as a whole.

    ``column`` is empty where the mistake is not in one cell.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = self.file
        where += f", line {self.line}" if self.line else ""
        where += f", column {self.column}" if self.column else ""
        return f"{where}: found {self.found}; expected {self.expected}"


class FigureErrors(Exception):  # noqa: N818 - it holds many; FigureError is one of them
    """All mistakes of all files in ``errors``, by file and line."""

    def __init__(self, errors: Iterable[FigureError]) -> None:
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(str(error) for error in self.errors))
