"""What is and is not in order with the installation, told by whoever can examine it.

Examining needs the settings, the folders and the command line's own checks, which lie above this
room: the composition root registers its doctor here, and the steward's page asks it.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from django.db import connections

State = Literal["ok", "unknown", "warn", "fail"]
WORST_FIRST: tuple[State, ...] = ("fail", "warn", "unknown", "ok")


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in English, as the command line prints it; mend is empty when all is well."""

    name: str
    state: State
    message: str
    why: str
    mend: str


Doctor = Callable[[], Iterable[Told]]

_doctors: list[Doctor] = []


def register_doctor(doctor: Doctor) -> None:
    """Called once, by the app of the composition root."""
    if doctor not in _doctors:
        _doctors.append(doctor)


def examine() -> list[Told]:
    """Everything that the doctors find, worst first; takes seconds, more when a network is silent.

    In a thread, because the checks open connections and transactions of their own, in which other
    seats act than in the request that asks.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        found = thread.submit(_examined).result()
    return sorted(found, key=lambda told: WORST_FIRST.index(told.state))


def _examined() -> list[Told]:
    try:
        return [told for doctor in _doctors for told in doctor()]
    finally:
        connections.close_all()
