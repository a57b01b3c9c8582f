"""A list of contributions that has exactly the figures printed about it, or the proof of none.

A report may print the number of contributors, the largest, smallest and median amount, how many
pay the largest, and the fewest who bring half, but not the amounts. `find_contributions` gives
one list with exactly these figures, always the same one, or says why no list has them.

Rules: amounts are multiples of ``unit`` euro; the median of an even number is the mean of the two
middle amounts; "fewest to half" is k when the k largest bring at least half of the total and the
k - 1 largest bring less (see `measure.concentration`).

Why the answer is exact
-----------------------
Rank the amounts largest first and write, in whole units, ``f_j`` for what the j largest bring
minus what the others bring. ``f_j`` never falls as j grows, and fewest-to-half K is the smallest
j with ``f_j >= 0``.

1. *The middle.* For an odd number the middle amount is the median. For an even number the two
   middle amounts p >= q add up to twice the median and could lie further apart; but moving them
   towards each other keeps the list ranked and changes only ``f_(n/2)``, which is never negative,
   so K stays. They can be taken as close together as the other figures allow. Then largest,
   smallest, number at the largest and middle fix some ranks, and every other rank has bounds: above
   the middle from p to one unit below the largest, below it from the smallest to q.
2. *Largest f_j.* It grows with each of the j first amounts and falls with each other one, so it is
   largest with the first at their upper bounds and the others at their lower bounds; that list is
   ranked. A list with K <= j exists exactly when this maximum is >= 0.
3. *Smallest f_j.* Over a ranked block with common bounds a linear function is smallest at a corner:
   some first amounts at the upper bound, the others at the lower. With a of the m ranks of a block
   among the j first, f_j rises and then falls with the number at the upper bound, so all of the
   block is at one bound: the lower one if 2a > m, else the upper. A list with K > j exists exactly
   when this minimum is < 0. All corners are whole units, so the grid loses nothing.
4. *Everything between.* Change one amount by one unit, keeping all bounds. Every ``f_j`` changes by
   one, and ``f_(K+1) = f_K + 2 x_(K+1)``, so K rises by at most one: if ``x_(K+1) >= 1``, the old
   ``f_(K+1)`` was at least 2; if it is 0, ``f_(K+1)`` was the whole total, and a total of zero
   becomes one, reached by one contributor. Each change can be undone, so K also falls by at most
   one. Any two lists are joined by such changes (raise rank after rank from the first, then lower
   from the last), hence every K between the extremes of steps 2 and 3 occurs: the possible K are
   one unbroken interval, and a walk from too small a K to too large a K must meet the wanted one.

Methods page: ``docs/methods/contribution-profile.md``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, groupby

from clusterwerk.measure.concentration import concentration

ROUND_AMOUNTS = (1000, 500, 250, 100, 50, 25, 10, 5)
"""Euro. A round step is used for amounts of at least ten times itself, so that the grids nest."""

SHAPES = (1, 2, 3, 4, 6, 8)
"""Exponents of the starting curve, from evenly spread to a few large amounts."""


@dataclass(frozen=True)
class ContributionProfile:
    """The figures of table 8 about one network; amounts in euro per year."""

    contributors: int
    maximum: Decimal
    minimum: Decimal
    median: Decimal
    contributors_at_maximum: int
    contributors_to_half: int


@dataclass(frozen=True)
class Feasible:
    """Amounts in euro, largest first, that have exactly the figures of the profile."""

    contributions: tuple[Decimal, ...]


@dataclass(frozen=True)
class Infeasible:
    """No list has these figures.

    ``reason`` is a sentence for a person. ``nearest`` is the same profile with the nearest
    fewest-to-half that can occur, or ``None`` when the other five figures already exclude each
    other.
    """

    reason: str
    nearest: ContributionProfile | None = None


def profile_of(contributions: Sequence[Decimal]) -> ContributionProfile:
    """The profile of a known list.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order; at least one.

    Returns
    -------
    ContributionProfile
        Figures as `measure.concentration` counts them.

    Raises
    ------
    ValueError
        The list is empty, or an amount is negative, not finite or not a ``Decimal``.

    Examples
    --------
    >>> profile_of([Decimal(300), Decimal(100), Decimal(100)]).contributors_to_half
    1
    """
    found = concentration(contributions)
    if found.maximum is None or found.minimum is None or found.median is None:
        raise ValueError("An empty list has no profile: give at least one contribution.")
    return ContributionProfile(
        contributors=found.contributors,
        maximum=found.maximum,
        minimum=found.minimum,
        median=found.median,
        contributors_at_maximum=found.contributors_at_maximum,
        contributors_to_half=found.contributors_to_half,
    )


def find_contributions(
    profile: ContributionProfile, *, unit: Decimal = Decimal(1)
) -> Feasible | Infeasible:
    """One list of contributions with exactly the figures of ``profile``, or why there is none.

    Parameters
    ----------
    profile
        The printed figures.
    unit
        Euro; every amount is a multiple of it. Whole euro by default; 5 or 25 give fees as people
        set them, and exclude more profiles.

    Returns
    -------
    Feasible or Infeasible
        Always the same answer for the same question; nothing is drawn at random. Amounts that the
        figures leave free are spread over their range and put on round numbers where possible.

    Raises
    ------
    ValueError
        ``unit`` is not a positive amount.

    Notes
    -----
    Conditions and proof: the docstring of this module. Profile figures: table 8 of the evaluation
    of the Flemish innovative business networks (2020).

    Examples
    --------
    >>> bim = ContributionProfile(55, Decimal(2900), Decimal(2900), Decimal(2900), 55, 27)
    >>> answer = find_contributions(bim)
    >>> answer.reason.partition(". ")[2]
    'Only 28 is possible.'
    >>> answer.nearest.contributors_to_half
    28
    >>> find_contributions(
    ...     ContributionProfile(3, Decimal(500), Decimal(100), Decimal(250), 1, 1), unit=Decimal(5)
    ... ).contributions
    (Decimal('500'), Decimal('250'), Decimal('100'))
    """
    if not (unit.is_finite() and unit > 0):
        raise ValueError(f"The unit is {unit}: give a positive amount in euro, such as 1 or 25.")
    wrong = _contradiction(profile, unit)
    if wrong is not None:
        return Infeasible(wrong)
    lists, wanted = _lists(profile, unit), profile.contributors_to_half
    nearest = min(max(wanted, lists.lowest_to_half), lists.highest_to_half)
    if nearest != wanted:
        return Infeasible(
            f"{wanted} contributors cannot be the fewest who bring at least half: "
            f"{_why_not(lists, wanted, unit)}. {_what_can_be(lists)}",
            replace(profile, contributors_to_half=nearest),
        )
    return Feasible(tuple(unit * amount for amount in _plausible(lists, wanted, unit)))


# What excludes every list, whatever the fewest-to-half ----------------------------------------


def _contradiction(profile: ContributionProfile, unit: Decimal) -> str | None:
    return (
        _wrong_amount(profile)
        or _wrong_count(profile)
        or _wrong_extremes(profile)
        or _off_grid(profile, unit)
        or _wrong_median(profile, unit)
    )


def _wrong_amount(profile: ContributionProfile) -> str | None:
    for name in ("maximum", "minimum", "median"):
        amount: Decimal = getattr(profile, name)
        if not amount.is_finite() or amount < 0:
            return f"The {name} is {amount}: give an amount in euro, zero or more."
    return None


def _wrong_count(profile: ContributionProfile) -> str | None:
    people, at_maximum = profile.contributors, profile.contributors_at_maximum
    if people < 1:
        return f"There are {people} contributors: there must be at least one."
    if not 1 <= at_maximum <= people:
        return (
            f"{at_maximum} of {people} contributors are said to pay the maximum: "
            f"it must be from 1 to {people}."
        )
    return None


def _wrong_extremes(profile: ContributionProfile) -> str | None:
    people, at_maximum = profile.contributors, profile.contributors_at_maximum
    maximum, minimum = profile.maximum, profile.minimum
    if minimum > maximum:
        return f"The minimum, {minimum:f} euro, is above the maximum, {maximum:f} euro."
    if at_maximum == people and minimum < maximum:
        return (
            f"All {people} contributors pay the maximum, {maximum:f} euro, so the minimum cannot "
            f"be {minimum:f} euro."
        )
    if at_maximum < people and minimum == maximum:
        return (
            f"Maximum and minimum are both {maximum:f} euro, so all {people} contributors pay the "
            f"maximum, not {at_maximum}."
        )
    return None


def _off_grid(profile: ContributionProfile, unit: Decimal) -> str | None:
    for name in ("maximum", "minimum"):
        amount: Decimal = getattr(profile, name)
        if not _multiple(amount, unit):
            return f"The {name}, {amount:f} euro, is not a multiple of {unit:f} euro."
    odd, half = profile.contributors % 2 == 1, unit / 2
    if odd and not _multiple(profile.median, unit):
        return (
            f"The median, {profile.median:f} euro, is not a multiple of {unit:f} euro, although it "
            f"is the middle one of {profile.contributors} amounts."
        )
    if not _multiple(profile.median, half):
        return f"The median, {profile.median:f} euro, is not a multiple of {half:f} euro."
    return None


def _wrong_median(profile: ContributionProfile, unit: Decimal) -> str | None:
    lists = _lists(profile, unit)
    lowest, highest = lists.middle_sum_range
    if lowest <= lists.middle_sum <= highest:
        return None
    low, high = f"{unit * lowest / 2:f}", f"{unit * highest / 2:f}"
    range_ = f"is {low}" if low == high else f"lies from {low} to {high}"
    return (
        f"The median is {profile.median:f} euro, but with {profile.contributors_at_maximum} of "
        f"{profile.contributors} contributors at {profile.maximum:f} euro and a minimum of "
        f"{profile.minimum:f} euro it {range_} euro."
    )


def _multiple(amount: Decimal, unit: Decimal) -> bool:
    return (Fraction(amount) / Fraction(unit)).denominator == 1


# All lists with the five other figures, in whole units, ranks counted from 0 ------------------

Bounds = tuple[int, int]
Ranked = tuple[int, ...]


@dataclass(frozen=True)
class _Lists:
    """What all lists share; the methods give the bounds and the extreme lists of the proof."""

    people: int
    largest: int
    smallest: int
    at_largest: int
    middle_sum: int

    @property
    def middle_ranks(self) -> tuple[int, int]:
        return (self.people - 1) // 2, self.people // 2

    @property
    def middle_sum_range(self) -> Bounds:
        """What the two middle amounts, or twice the one, can add up to without the median."""
        (low, high), (lower_low, lower_high) = (self._outer(rank) for rank in self.middle_ranks)
        return low + lower_low, high + lower_high

    @cached_property
    def middle(self) -> Bounds:
        """The two middle amounts, as close together as can be (step 1); ranked high, low."""
        upper, lower = self.middle_ranks
        highest_lower = min(self._outer(lower)[1], self.middle_sum // 2)
        upper_middle = max(self._outer(upper)[0], self.middle_sum - highest_lower)
        return upper_middle, self.middle_sum - upper_middle

    def bounds(self, gap: int = 1) -> list[Bounds]:
        """Lowest and highest amount of each rank; ``gap`` keeps the free ones below the largest."""
        return [self._bound(rank, gap) for rank in range(self.people)]

    def _bound(self, rank: int, gap: int) -> Bounds:
        upper, lower = self.middle_ranks
        upper_middle, lower_middle = self.middle
        low, high = self._outer(rank, gap)
        if rank < upper:
            return max(low, upper_middle), max(high, upper_middle)
        if rank > lower:
            return low, min(high, lower_middle)
        return (upper_middle, upper_middle) if rank == upper else (lower_middle, lower_middle)

    def _outer(self, rank: int, gap: int = 1) -> Bounds:
        if rank < self.at_largest:
            return self.largest, self.largest
        if rank == self.people - 1:
            return self.smallest, self.smallest
        return self.smallest, max(self.smallest, self.largest - gap)

    def steepest(self, first: int, gap: int = 1) -> Ranked:
        """The list in which the ``first`` largest are furthest ahead of the others (step 2)."""
        bounds = enumerate(self.bounds(gap))
        return tuple(high if rank < first else low for rank, (low, high) in bounds)

    def flattest(self, first: int, gap: int = 1) -> Ranked:
        """The list in which the ``first`` largest are least ahead of the others (step 3)."""
        amounts: list[int] = []
        for (low, high), block in groupby(self.bounds(gap)):
            size = len(list(block))
            ahead = min(max(first - len(amounts), 0), size)
            amounts += [low if 2 * ahead > size else high] * size
        return tuple(amounts)

    @cached_property
    def lowest_to_half(self) -> int:
        return bisect_left(
            range(self.people), x=True, key=lambda first: _lead(self.steepest(first), first) >= 0
        )

    @cached_property
    def highest_to_half(self) -> int:
        return bisect_left(
            range(self.people), x=True, key=lambda first: _lead(self.flattest(first), first) >= 0
        )


def _lists(profile: ContributionProfile, unit: Decimal) -> _Lists:
    whole = Fraction(unit)
    return _Lists(
        people=profile.contributors,
        largest=int(Fraction(profile.maximum) / whole),
        smallest=int(Fraction(profile.minimum) / whole),
        at_largest=profile.contributors_at_maximum,
        middle_sum=int(2 * Fraction(profile.median) / whole),
    )


def _lead(ranked: Ranked, first: int) -> int:
    """What the first ranks bring minus what the others bring: f of the module's docstring."""
    return sum(ranked[:first]) - sum(ranked[first:])


def _to_half(ranked: Ranked) -> int:
    total = sum(ranked)
    running = accumulate(ranked, initial=0)
    return next(count for count, amount in enumerate(running) if 2 * amount >= total)


def _why_not(lists: _Lists, wanted: int, unit: Decimal) -> str:
    if not 0 <= wanted <= lists.people:
        return f"there are {lists.people}"
    few = wanted < lists.lowest_to_half
    group = wanted if few else wanted - 1
    ranked = lists.steepest(group) if few else lists.flattest(group)
    kind, side = ("most", "less than half") if few else ("least", "half or more")
    return (
        f"in the {kind} concentrated list with the other figures, the {group} largest bring "
        f"{unit * sum(ranked[:group]):f} of {unit * sum(ranked):f} euro, {side}"
    )


def _what_can_be(lists: _Lists) -> str:
    lowest, highest = lists.lowest_to_half, lists.highest_to_half
    return (
        f"Only {lowest} is possible." if lowest == highest else f"Possible: {lowest} to {highest}."
    )


# One plausible list: a curve, bent as far as needed, on the roundest amounts that work --------


def _plausible(lists: _Lists, wanted: int, unit: Decimal) -> Ranked:
    steps = [int(amount / unit) for amount in ROUND_AMOUNTS if _multiple(Decimal(amount), unit)]
    for finer in range(len(steps) + 1):
        found = _Rounded(lists, tuple(steps[finer:])).search(wanted)
        if found is not None:
            return found
    raise AssertionError(f"step 4 of the proof fails for {lists} and {wanted}")


@dataclass(frozen=True)
class _Rounded:
    """The lists on round amounts; without steps every whole unit is one, and step 4 holds."""

    lists: _Lists
    steps: tuple[int, ...]

    def search(self, wanted: int) -> Ranked | None:
        curves = (self.curve(shape) for shape in SHAPES)
        start = min(curves, key=lambda ranked: abs(_to_half(ranked) - wanted))
        if _to_half(start) == wanted:
            return start
        if _to_half(start) > wanted:
            return self.between(start, self.lists.steepest(wanted, self.gap), wanted)
        return self.between(start, self.lists.flattest(wanted - 1, self.gap), wanted)

    def curve(self, shape: int) -> Ranked:
        """Each free block falls from its upper to its lower bound as a power of the rank."""
        amounts: list[int] = []
        for (low, high), block in groupby(self.bounds):
            size = len(list(block))
            heights = (
                left**shape * (high - low) // (size + 1) ** shape for left in range(size, 0, -1)
            )
            amounts += [low + height for height in heights]
        return self.rounded(amounts)

    def between(self, start: Ranked, target: Ranked, wanted: int) -> Ranked | None:
        """The first list with the wanted fewest-to-half on the straight way to the target."""
        rising = _to_half(start) < wanted

        def passed(ranked: Ranked) -> bool:
            return _to_half(ranked) >= wanted if rising else _to_half(ranked) <= wanted

        if not passed(target):
            return None
        length = max(abs(one - other) for one, other in zip(start, target, strict=True))

        def at(place: int) -> Ranked:
            pairs = zip(start, target, strict=True)
            return self.rounded([one + (other - one) * place // length for one, other in pairs])

        place = bisect_left(range(length), x=True, key=lambda place: passed(at(place)))
        moves = _single_changes(at(place - 1), at(place))
        return next((ranked for ranked in moves if _to_half(ranked) == wanted), None)

    def rounded(self, amounts: Sequence[int]) -> Ranked:
        return tuple(map(self.nearest, amounts, self.bounds))

    def nearest(self, amount: int, bounds: Bounds) -> int:
        """The nearest bound or round amount; it never reverses the order of two amounts."""
        low, high = bounds
        inside = min(max(amount, low), high)
        step = self.step_at(inside)
        multiples = (inside // step * step, -(-inside // step) * step)
        choices = [low, high, *(round_ for round_ in multiples if low <= round_ <= high)]
        return min(choices, key=lambda choice: (abs(choice - inside), choice))

    @cached_property
    def bounds(self) -> list[Bounds]:
        return self.lists.bounds(self.gap)

    @property
    def gap(self) -> int:
        return self.step_at(self.lists.largest)

    def step_at(self, amount: int) -> int:
        return next((step for step in self.steps if 10 * step <= amount), 1)


def _single_changes(before: Ranked, after: Ranked) -> Iterator[Ranked]:
    """From one list to the other, one amount at a time, always ranked: first up, then down."""
    amounts = list(before)
    upwards = list(enumerate(map(max, before, after)))
    downwards = reversed(list(enumerate(after)))
    for rank, amount in (*upwards, *downwards):
        amounts[rank] = amount
        yield tuple(amounts)
