"""What a hand-over does, step by step; each room registers its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.ui.templatetags.ui import count

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, and to how many rows; told in words with `number`."""

    words: Words
    number: int = 0

    @property
    def told(self) -> str:
        return str(self.words) % {"number": count(self.number)}


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the work. `take` raises a `DomainError` where the hand-over cannot go on."""

    order: int
    take: Callable[[Seats, HandOver], Iterable[Done]]


_steps: list[Step] = []


def register_steps(*steps: Step) -> None:
    """Add steps of a room; called once from its `apps.py`."""
    _steps.extend(step for step in steps if step not in _steps)


def steps() -> list[Step]:
    return sorted(_steps, key=lambda step: step.order)
