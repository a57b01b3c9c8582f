"""Whom a network reaches: its members by size, age, place and number of memberships.

Each organisation counts once, whatever its memberships. What nobody knows is a group of its own,
is always counted, and stands outside every share. Method and limits: ``docs/methods/reach.md``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from clusterwerk.measure.headcount import (
    EvaluationSize,
    HeadcountClass,
    evaluation_size,
    headcount_class,
)


class AgeClass(StrEnum):
    """Whole years since the start; ``AT_MOST_4`` are start-ups, the first two are up to 10."""

    AT_MOST_4 = "0-4"
    FROM_5 = "5-10"
    FROM_11 = "11-20"
    FROM_21 = "21-50"
    FROM_51 = "51+"


YOUNGEST = {
    AgeClass.AT_MOST_4: 0,
    AgeClass.FROM_5: 5,
    AgeClass.FROM_11: 11,
    AgeClass.FROM_21: 21,
    AgeClass.FROM_51: 51,
}


@dataclass(frozen=True, slots=True)
class Reached:
    """One organisation on the day; ``None`` and empty mean that nobody knows.

    ``memberships`` is in how many clusters of those that are looked at it is a member.
    """

    organisation: int
    headcount: int | None = None
    started_on: date | None = None
    province: str = ""
    municipality: str = ""
    memberships: int = 1


@dataclass(frozen=True, slots=True)
class Spread:
    """How many organisations stand in each group, in the order of the groups.

    ``known`` and ``unknown`` add up to all of them.
    """

    groups: tuple[tuple[str, int], ...]
    unknown: int = 0

    @property
    def known(self) -> int:
        return sum(number for _name, number in self.groups)

    @property
    def total(self) -> int:
        return self.known + self.unknown

    def of(self, *names: str) -> int:
        """Together in these groups."""
        return sum(number for name, number in self.groups if name in names)

    def share(self, *names: str) -> Fraction | None:
        """Part of those that are known; ``None`` when nothing is known."""
        return Fraction(self.of(*names), self.known) if self.known else None


@dataclass(frozen=True, slots=True)
class Flow:
    """Organisations that joined and left between two days, the second excluded."""

    first: date
    last: date
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class Reach:
    """All spreads of one day. ``mean_age`` in years over those whose start is known."""

    day: date
    total: int
    sizes: Spread
    evaluation_sizes: Spread
    ages: Spread
    mean_age: Fraction | None
    provinces: Spread
    municipalities: Spread
    memberships: Spread


def years_between(started_on: date, day: date) -> int:
    """Whole years that have passed.

    Raises
    ------
    ValueError
        It started after the day.

    Examples
    --------
    >>> start = date(2015, 6, 30)
    >>> years_between(start, date(2020, 6, 29)), years_between(start, date(2020, 6, 30))
    (4, 5)
    """
    if started_on > day:
        raise ValueError(f"It started on {started_on}, after {day}.")
    early = (day.month, day.day) < (started_on.month, started_on.day)
    return day.year - started_on.year - early


def age_class(years: int) -> AgeClass:
    """The class in which an age in whole years falls.

    Examples
    --------
    >>> [str(age_class(years)) for years in (0, 4, 5, 10, 11, 50, 51)]
    ['0-4', '0-4', '5-10', '5-10', '11-20', '21-50', '51+']
    """
    return [group for group, youngest in YOUNGEST.items() if years >= youngest][-1]


def reach(organisations: Iterable[Reached], day: date) -> Reach:
    """Every spread over the organisations of a day.

    Parameters
    ----------
    organisations
        Each once; a second one with the same key is refused.
    day
        Ages are counted on it; an organisation that starts later has an unknown age.

    Returns
    -------
    Reach
        Sizes and ages in their order; provinces and municipalities from most to fewest, then by
        name; memberships by number.

    Raises
    ------
    ValueError
        An organisation stands twice in the list.
    """
    found = list(organisations)
    if len({each.organisation for each in found}) != len(found):
        raise ValueError("An organisation stands in the list twice: count each once.")
    ages = [_age(each, day) for each in found]
    known = [age for age in ages if age is not None]
    return Reach(
        day=day,
        total=len(found),
        sizes=_spread(found, lambda each: _size(each, headcount_class), tuple(HeadcountClass)),
        evaluation_sizes=_spread(
            found, lambda each: _size(each, evaluation_size), tuple(EvaluationSize)
        ),
        ages=_counted([age_class(age) if age is not None else "" for age in ages], tuple(AgeClass)),
        mean_age=Fraction(sum(known), len(known)) if known else None,
        provinces=_spread(found, lambda each: each.province),
        municipalities=_spread(found, lambda each: each.municipality),
        memberships=_memberships(found),
    )


def flows(periods: Iterable[tuple[int, date, date | None]], days: Sequence[date]) -> list[Flow]:
    """Who joined and left between each pair of days that follow each other.

    Parameters
    ----------
    periods
        Organisation, first day, and first day without; ``None`` when it goes on.
    days
        Rising.

    Returns
    -------
    list of Flow
        An organisation joined when it was no member on the first day and is one on the last;
        what began and ended in between is not seen, nor is a change of category.

    Examples
    --------
    >>> [flow] = flows([(1, date(2019, 3, 1), None)], [date(2019, 1, 1), date(2020, 1, 1)])
    >>> flow.joined, flow.left
    (1, 0)
    """
    kept = list(periods)
    present = [
        {who for who, first, end in kept if first <= day and (end is None or day < end)}
        for day in days
    ]
    pairs = zip(
        zip(days, present, strict=True), zip(days[1:], present[1:], strict=True), strict=False
    )
    return [
        Flow(first, last, joined=len(after - before), left=len(before - after))
        for (first, before), (last, after) in pairs
    ]


def _age(each: Reached, day: date) -> int | None:
    if each.started_on is None or each.started_on > day:
        return None
    return years_between(each.started_on, day)


def _size(each: Reached, classify: Callable[[int], StrEnum]) -> str:
    return classify(each.headcount) if each.headcount is not None else ""


def _memberships(found: Sequence[Reached]) -> Spread:
    numbers = Counter(each.memberships for each in found)
    return Spread(tuple((str(number), numbers[number]) for number in sorted(numbers)))


def _spread(
    found: Iterable[Reached], group: Callable[[Reached], str], order: Sequence[str] = ()
) -> Spread:
    return _counted([group(each) for each in found], order)


def _counted(names: Iterable[str], order: Sequence[str]) -> Spread:
    """An empty name is unknown; without an order the largest group comes first."""
    numbers = Counter(names)
    unknown = numbers.pop("", 0)
    ranked = order or sorted(numbers, key=lambda name: (-numbers[name], name))
    return Spread(tuple((str(name), numbers[name]) for name in ranked), unknown)
