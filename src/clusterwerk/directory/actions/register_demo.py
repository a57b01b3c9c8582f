"""A small invented edition of the register, so that the demo can add members by their number."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.queries.register import edition_in_use
from clusterwerk.directory.register.synthetic import Invented, write_full
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting

ENTERPRISES = 3000
AS_OF = date(2026, 11, 1)


class _Steps:
    def __init__(self, seats: Seats) -> None:
        self._seats = seats

    @contextmanager
    def step(self) -> Iterator[Seats]:
        with acting(self._seats, reason="demo") as seats:
            yield seats

    def tell(self, done: int, note: str) -> None:
        """Nobody looks at a bar for a second of work."""


def load_demo_register(*, seats: Seats) -> int:
    """Load it when there is no edition at all; returns how many enterprises were added.

    Their numbers lie in the range of the demo, beyond those of the demo's own organisations. Opens
    its own transactions.
    """
    with acting(seats):
        if edition_in_use() is not None:
            return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo_register.zip"
        write_full(path, Invented(ENTERPRISES, snapshot_on=AS_OF, activities=6))
        loaded = load_register(steps=_Steps(seats), path=path)
    return loaded.edition.enterprise_count
