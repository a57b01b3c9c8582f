"""The breach log as pages, files and the pack read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clusterwerk.platform.legal.clock import deadline, left
from clusterwerk.platform.legal.models import Breach, BreachEntry, Reported
from clusterwerk.platform.legal.tables import NotedBreach


@dataclass(frozen=True, slots=True)
class BreachFile:
    """A breach with all its entries, the newest first."""

    breach: Breach
    entries: Sequence[BreachEntry]

    @property
    def now(self) -> BreachEntry:
        return self.entries[0]

    @property
    def deadline(self) -> datetime:
        return deadline(self.now.discovered_at)

    @property
    def is_waiting(self) -> bool:
        """Whether the clock of 72 hours still matters."""
        return self.now.reported == Reported.WAITING

    def left(self, now: datetime) -> timedelta:
        return left(self.now.discovered_at, now)

    @property
    def was_late(self) -> bool:
        moment = self.now.reported_at
        return moment is not None and moment > self.deadline


def breach_files() -> list[BreachFile]:
    """Every breach that the acting seats see, the newest first; two queries."""
    rows = BreachEntry.objects.select_related("noted_by").order_by("-revision")
    entries: dict[int, list[BreachEntry]] = {}
    for entry in rows:
        entries.setdefault(entry.breach_id, []).append(entry)
    found = Breach.objects.order_by("-pk")
    return [BreachFile(breach, entries[breach.pk]) for breach in found if breach.pk in entries]


def breach_file(pk: int) -> BreachFile | None:
    return next((each for each in breach_files() if each.breach.pk == pk), None)


def noted_breaches() -> list[NotedBreach]:
    """What the pack tells of the log."""
    return [
        NotedBreach(
            number=each.breach.pk,
            discovered_at=each.now.discovered_at,
            reported=each.now.reported,
            reported_at=each.now.reported_at,
            is_closed=each.now.is_closed,
        )
        for each in breach_files()
    ]
