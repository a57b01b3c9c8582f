"""Whom a network reaches: its members by size, age, place and number of memberships.

Each organisation counts once, whatever its memberships. What nobody knows is a group of its own,
is always counted, and stands outside every share. Method and limits: ``docs/methods/reach.md``.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
class Tally:
    """How many organisations have each value on a day; ``None`` and empty are what nobody knows.

    ``headcounts`` are by number of staff, ``ages`` by whole years since the start, and
    ``memberships`` by in how many clusters of those that are looked at they are a member.
    """

    total: int
    headcounts: Mapping[int | None, int]
    ages: Mapping[int | None, int]
    provinces: Mapping[str, int]
    municipalities: Mapping[str, int]
    memberships: Mapping[int, int]


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


def age_class(years: int) -> AgeClass:
    """The class in which an age in whole years falls.

    Examples
    --------
    >>> [str(age_class(years)) for years in (0, 4, 5, 10, 11, 50, 51)]
    ['0-4', '0-4', '5-10', '5-10', '11-20', '21-50', '51+']
    """
    return [group for group, youngest in YOUNGEST.items() if years >= youngest][-1]


def reach(tally: Tally, day: date) -> Reach:
    """Every spread over the organisations of a day.

    Parameters
    ----------
    tally
        Each organisation once in each of its parts.
    day
        On which they were counted.

    Returns
    -------
    Reach
        Sizes and ages in their order; provinces and municipalities from most to fewest, then by
        name; memberships by number.

    Raises
    ------
    ValueError
        A part counts more or fewer than all of them.
    """
    ages = {age: number for age, number in tally.ages.items() if age is not None}
    found = Reach(
        day=day,
        total=tally.total,
        sizes=_classed(tally.headcounts, headcount_class, tuple(HeadcountClass)),
        evaluation_sizes=_classed(tally.headcounts, evaluation_size, tuple(EvaluationSize)),
        ages=_classed(tally.ages, age_class, tuple(AgeClass)),
        mean_age=_mean(ages),
        provinces=_largest_first(tally.provinces),
        municipalities=_largest_first(tally.municipalities),
        memberships=Spread(
            tuple((str(number), count) for number, count in sorted(tally.memberships.items()))
        ),
    )
    spreads = (found.sizes, found.ages, found.provinces, found.municipalities, found.memberships)
    if {spread.total for spread in spreads} != {tally.total}:
        raise ValueError("A part counts more or fewer than all: count each organisation once.")
    return found


def flows(stays: Mapping[tuple[int, int], int], days: Sequence[date]) -> list[Flow]:
    """Who joined and left between each pair of days that follow each other.

    Parameters
    ----------
    stays
        How many stayed without a gap from one of the days up to, not including, another, by the
        places of both; the place behind the last day for those who are still there.
    days
        Rising.

    Returns
    -------
    list of Flow
        An organisation joined when it was no member on the first day and is one on the last;
        what began and ended in between is no stay, nor does a change of category begin one.

    Examples
    --------
    >>> days = [date(2019, 1, 1), date(2020, 1, 1), date(2021, 1, 1)]
    >>> [(flow.joined, flow.left) for flow in flows({(1, 2): 4, (0, 3): 9}, days)]
    [(4, 0), (0, 4)]
    """
    joined, left = Counter[int](), Counter[int]()
    for (first, end), number in stays.items():
        joined[first] += number
        left[end] += number
    return [
        Flow(days[place - 1], days[place], joined[place], left[place])
        for place in range(1, len(days))
    ]


def _mean(ages: Mapping[int, int]) -> Fraction | None:
    years = sum(age * number for age, number in ages.items())
    return Fraction(years, sum(ages.values())) if ages else None


def _classed(
    numbers: Mapping[int | None, int], classify: Callable[[int], StrEnum], order: Sequence[StrEnum]
) -> Spread:
    """In the order of the classes, empty ones too."""
    found = Counter[StrEnum | None]()
    for value, number in numbers.items():
        found[None if value is None else classify(value)] += number
    return Spread(tuple((str(each), found[each]) for each in order), found[None])


def _largest_first(numbers: Mapping[str, int]) -> Spread:
    """The largest group first, then by name; an empty name is unknown."""
    known = [pair for pair in numbers.items() if pair[0]]
    ranked = sorted(known, key=lambda pair: (-pair[1], pair[0]))
    return Spread(tuple(ranked), numbers.get("", 0))
