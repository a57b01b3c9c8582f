"""Where a person's values stand: each room says so, and an erasure asks all of them.

A room registers from its `apps.py`. Lower rooms need not know of it: an erasure of an account
reaches a table of contacts through the claim that `members` makes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise

from clusterwerk.platform.access.seats import Seats


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose values: a row that stands for a person, as `platform.User` and its number."""

    model: str
    pk: int

    @classmethod
    def of(cls, row: models.Model) -> "Subject":
        return cls(row._meta.label, row.pk)


@dataclass(frozen=True, slots=True)
class Claim:
    """Rows of a subject: deleted, or kept with neutral values when `replacing` gives them.

    What history holds of their personal fields is destroyed either way, also of rows that stand no
    more: those are in `past`. Rows are deleted in the order of the claims. `replacing` returns the
    new values for the row of that number.
    """

    model: type[models.Model]
    ids: tuple[Any, ...]
    replacing: Callable[[int], Mapping[str, Any]] | None = None
    past: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Rows that tell of a subject and stay as they are: for the answer to who asks what we hold."""

    model: type[models.Model]
    ids: tuple[Any, ...]


def _no_claims(_subject: Subject) -> Iterable[Claim]:
    return ()


def _no_objection(_subject: Subject, _on: date) -> str | Promise | None:
    return None


def _holds_nothing(_subject: Subject) -> Iterable[Held]:
    return ()


def _keeps_nobody(_seats: Seats, _subject: Subject) -> bool:
    return False


def _no_other_seats(_seats: Seats, _subject: Subject) -> Seats | None:
    return None


def _nothing(_subject: Subject, _seats: Seats, _on: date) -> None:
    return None


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a room knows of persons.

    `claims` are the rows of a subject; `objection` is a sentence that says why it may not go yet;
    `before` makes the changes that have a history of their own, such as the end of a seat.

    `holds` are further rows that tell of the subject. `naming` claims what somebody chose to empty
    at the first erasure, for when it is repeated on a restored back-up. `keeper` says whether seats
    may erase a subject without being a steward's; `reaching` gives the seats with which a command
    finds a subject that a steward cannot see.
    """

    name: str
    claims: Callable[[Subject], Iterable[Claim]] = _no_claims
    objection: Callable[[Subject, date], str | Promise | None] = _no_objection
    before: Callable[[Subject, Seats, date], None] = _nothing
    holds: Callable[[Subject], Iterable[Held]] = _holds_nothing
    naming: Callable[[Subject], Iterable[Claim]] = _no_claims
    keeper: Callable[[Seats, Subject], bool] = _keeps_nobody
    reaching: Callable[[Seats, Subject], Seats | None] = _no_other_seats


_rooms: dict[str, PersonalData] = {}


def register_personal(data: PersonalData) -> None:
    """Join the erasure; called once from a room's `apps.py`."""
    _rooms[data.name] = data


def personal_data() -> tuple[PersonalData, ...]:
    """What every room registered."""
    return tuple(_rooms.values())
