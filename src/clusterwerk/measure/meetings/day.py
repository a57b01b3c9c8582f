"""What a matchmaking day is given, and what its plan tells.

People, wishes and slots are numbered by whoever asks: people by any key (whole numbers), slots and
tables from 0. Worth is in whole points, so that two plans compare without rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

STRONGEST = 5  # of a wish


class DayError(ValueError):
    """A day that cannot be: the message says what is wrong and where."""


@dataclass(frozen=True)
class Person:
    """``absent`` holds the slots in which the person is not there; no organisation is ``None``."""

    key: int
    organisation: int | None = None
    absent: frozenset[int] = frozenset()

    def is_colleague_of(self, other: "Person") -> bool:
        return self.organisation is not None and self.organisation == other.organisation


@dataclass(frozen=True)
class Wish:
    """``weight`` from 1 (would be nice) to 5 (came for this)."""

    who: int
    whom: int
    weight: int = 1


class Kept(NamedTuple):
    """A meeting that stands, whatever else is planned; whoever sits there is taken for the slot."""

    slot: int
    table: int
    left: int
    right: int


@dataclass(frozen=True)
class Day:
    """Everything a plan is made of.

    ``met_before`` holds pairs of people in either order. People of an organisation in ``sharing``
    sit at one table together and are planned as one; those of another organisation each have a
    timetable of their own. With ``fair`` the number of people who get a meeting they asked for
    comes before everything else. Wishes stand in the order in which they came, which matters to
    `first_come` only. What is ``kept`` is part of every plan: asked for or not, and also where
    somebody said to be absent.
    """

    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    slots: int
    tables: int
    met_before: frozenset[tuple[int, int]] = frozenset()
    sharing: frozenset[int] = frozenset()
    fair: bool = True
    kept: tuple[Kept, ...] = ()

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise DayError(problem)


class Meeting(NamedTuple):
    """Two sides at a table; a side is one person, or those of an organisation who sit together."""

    slot: int
    table: int
    left: tuple[int, ...]
    right: tuple[int, ...]

    def other_side(self, key: int) -> tuple[int, ...]:
        return self.right if key in self.left else self.left


class Worth(NamedTuple):
    """Compared in this order: people with a meeting they asked for, then points.

    ``served`` is 0 throughout on a day without fairness.
    """

    served: int
    points: int


class Reason(StrEnum):
    """Why a wish is not in the plan; the first that holds."""

    COLLEAGUES = "colleagues"
    ABSENT = "absent"
    NO_COMMON_SLOT = "no slot in common"
    NO_TABLE = "no table"
    OTHERS_PREFERRED = "others preferred"


class Unmet(NamedTuple):
    wish: Wish
    reason: Reason


@dataclass(frozen=True)
class Plan:
    """``bound`` is proven: no plan of this day is worth more."""

    meetings: tuple[Meeting, ...]
    unmet: tuple[Unmet, ...]
    worth: Worth
    bound: Worth
    timetables: dict[int, tuple[Meeting, ...]] = field(repr=False)

    @property
    def is_optimal(self) -> bool:
        """No other plan is better; false when that is not proven, though it may be so."""
        return self.worth == self.bound

    @property
    def gap(self) -> Fraction:
        """The share of the points by which a better plan might be better; 0 when proven optimal.

        When the bound serves more people, its points may be fewer; then the gap is at least 0.
        """
        missing = max(self.bound.points - self.worth.points, 0)
        return Fraction(missing, self.bound.points) if missing else Fraction(0)


def _problems(day: Day) -> Iterator[str]:
    keys = [person.key for person in day.people]
    known = set(keys)
    if len(known) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        yield f"Person {twice} is listed twice: list everybody once."
    if day.slots < 0 or day.tables < 0:
        yield f"A day has no {day.slots} slots with {day.tables} tables: give 0 or more."
    for person in day.people:
        odd = [slot for slot in sorted(person.absent) if not 0 <= slot < day.slots]
        if odd:
            yield f"Person {person.key} is absent in slot {odd[0]}: there are {day.slots}, from 0."
    yield from _odd_wishes(day.wishes, known)
    yield from _odd_kept(day, known)


def _odd_wishes(wishes: tuple[Wish, ...], known: set[int]) -> Iterator[str]:
    seen = set()
    for place, wish in enumerate(wishes, start=1):
        said = f"Wish {place} (of {wish.who} for {wish.whom})"
        if wish.who not in known or wish.whom not in known:
            yield f"{said} names somebody who is not on the list: add them, or drop the wish."
        if wish.who == wish.whom:
            yield f"{said} is for oneself: drop it."
        if not 1 <= wish.weight <= STRONGEST:
            yield f"{said} weighs {wish.weight}: give 1 to {STRONGEST}."
        if (wish.who, wish.whom) in seen:
            yield f"{said} stands there twice: keep one."
        seen.add((wish.who, wish.whom))


def _odd_kept(day: Day, known: set[int]) -> Iterator[str]:
    taken: set[tuple[int, str, int]] = set()
    pairs = set()
    for place, meeting in enumerate(day.kept, start=1):
        said = f"Kept meeting {place} (of {meeting.left} and {meeting.right})"
        if meeting.left == meeting.right or not {meeting.left, meeting.right} <= known:
            yield f"{said} needs two people of the list."
        if not (0 <= meeting.slot < day.slots and 0 <= meeting.table < day.tables):
            yield f"{said} is in slot {meeting.slot} at table {meeting.table}: there is no such."
        seats = {
            (meeting.slot, "table", meeting.table),
            (meeting.slot, "person", meeting.left),
            (meeting.slot, "person", meeting.right),
        }
        pair = frozenset((meeting.left, meeting.right))
        if seats & taken or pair in pairs:
            yield f"{said} takes a person, table or pair that another kept meeting has."
        taken |= seats
        pairs.add(pair)
