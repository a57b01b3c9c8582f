"""Asking the database to seal what is not sealed yet. It needs no right to read what it seals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting

BATCH = 20_000  # events of one transaction; other sealers and erasures wait for so long


COUNTED = 1_000  # events of one table


@dataclass(frozen=True, slots=True)
class SealState:
    """How far the chain goes; `head` is empty before the first seal, `waiting` counts events.

    Of each table a thousand at most are counted, so that looking costs the same however many wait.
    """

    entries: int
    head: str
    sealed_at: datetime | None
    waiting: int

    @property
    def more_wait(self) -> bool:
        """Whether there may be more than were counted."""
        return self.waiting >= COUNTED


def seal_batch(most: int = BATCH) -> int:
    """Seal at most so many events in the open transaction; how many it were."""
    with connection.cursor() as cursor:
        cursor.execute("select access.seal_history(%s)", [most])
        (sealed,) = cursor.fetchone()
    return int(sealed)


def seal_all(told: Callable[[int], None] = lambda _: None) -> int:
    """Seal all that is there, batch by batch, each a transaction; `told` hears how many so far."""
    total = 0
    while True:
        with acting(NOBODY, reason="sealing the history"):
            sealed = seal_batch()
        total += sealed
        told(total)
        if sealed < BATCH:
            return total


def seal_state() -> SealState:
    """How far the chain goes at this moment; runs in the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select entries, head, sealed_at, waiting from access.history_state()")
        entries, head, sealed_at, waiting = cursor.fetchone()
    return SealState(entries, head or "", sealed_at, waiting)
