"""Small extracts that the tests load."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clusterwerk.directory.register.synthetic import Invented, write_full
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting
from factories.world import STEWARD

DAY = date(2026, 11, 1)


class CommandSteps:
    """Steps of a steward; what was told is kept."""

    def __init__(self, seats: Seats = STEWARD) -> None:
        self.seats = seats
        self.told: list[int] = []

    @contextmanager
    def step(self) -> Iterator[Seats]:
        with acting(self.seats, reason="test") as seats:
            yield seats

    def tell(self, done: int, note: str) -> None:
        assert note
        self.told.append(done)


def full(path: Path, enterprises: int = 60, number: int = 10, **facts: object) -> Path:
    write_full(path, Invented(enterprises, number=number, snapshot_on=DAY, activities=6), **facts)  # type: ignore[arg-type] # broken lines by file
    return path
