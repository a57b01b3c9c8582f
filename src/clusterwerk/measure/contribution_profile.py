"""A list of contributions that has exactly the figures printed about it, or the proof of none.

A report may print the number of contributors, the largest, smallest and median amount, how many
pay the largest, and the fewest who bring half, but not the amounts. `find_contributions` gives
one list with exactly these figures, always the same one, or says why no list has them. Among the
lists with these figures it can choose one whose total is as near as can be to a wished total.

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
   one unbroken interval.

Which totals occur
------------------
Write v, the pivot, for the K-th amount, H for the sum of those before it and R for the sum of
those after it. That K is the fewest to half says ``H < v + R`` and ``R <= H + v``.

5. *One pivot.* Step 1 changes no total, so the middle stays as it is. With v given, each rank
   before it has bounds from max(lower bound, v) to its upper bound, each rank after it from its
   lower bound to min(upper bound, v). H and R take, independently, every whole value between the
   sums of these bounds. So the total T = H + v + R is at most H + v + R, 2 (H + v) and
   2 (R + v) - 1, each with the largest H and R, and at least H + v + R, 2 H + 1 and 2 R, each
   with the smallest. The smallest of the first three and the largest of the last three are
   reached, and so is every total between: R - H lies from 1 - v to v and cannot be at both ends,
   so H or R can be raised by one until one of the limits is met.
6. *All pivots.* Largest H and smallest R do not depend on v, and largest R and smallest H do not
   fall when v rises: nor do the limits of T. A pivot has a list when the smallest R is at most H +
   v with the largest H, and the smallest H is less than R + v with the largest R. The first holds
   from some v on. If it fails for the smallest v, the second holds always, because then even the
   smallest R is above all H. If it holds always, the second decides: only ranks above the middle
   follow v, so its two sides differ by a linear function of v. Either way the pivots with a list
   are one unbroken interval that touches an end of the pivot's bounds.
7. *Nearest total.* Smallest and largest total are the lower limit of the first pivot and the upper
   limit of the last. The pivots for a total are one interval, found by bisection. Between the
   totals of one pivot and of the next there can be a gap; the nearest totals are then the ends of
   the gap.

Methods page: ``docs/methods/contribution-profile.md``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import ceil, floor

from clusterwerk.measure.concentration import concentration

ROUND_AMOUNTS = (1000, 500, 250, 100, 50, 25, 10, 5)
"""Euro."""

ROUNDNESS = 5
"""A round step is used for amounts of at least so many times itself."""

LEVELS = 4
"""So many steps at least between the bounds of a block, or the step is too coarse for it."""

FLATTEST = 2**20
"""Bends of a curve are counted from 0 to this."""


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

    @property
    def total(self) -> Decimal:
        """Euro."""
        return sum(self.contributions, Decimal(0))


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
    profile: ContributionProfile, *, unit: Decimal = Decimal(1), total: Decimal | None = None
) -> Feasible | Infeasible:
    """One list of contributions with exactly the figures of ``profile``, or why there is none.

    Parameters
    ----------
    profile
        The printed figures.
    unit
        Euro; every amount is a multiple of it. Whole euro by default; 5 or 25 give fees as people
        set them, and exclude more profiles.
    total
        Euro, zero or more: what the list should add up to. A wish: the figures stay exact, and
        the total is the nearest that occurs with them, the smaller of two. Without a wish it is a
        round amount near the middle between the smallest and the largest that occur.

    Returns
    -------
    Feasible or Infeasible
        Always the same answer for the same question; nothing is drawn at random. Amounts that the
        figures leave free are spread over their range and put on round numbers where possible.

    Raises
    ------
    ValueError
        ``unit`` is not a positive amount, or ``total`` is below zero or not finite.

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
    >>> five = ContributionProfile(5, Decimal(1000), Decimal(100), Decimal(300), 1, 2)
    >>> [str(find_contributions(five, total=Decimal(euro)).total) for euro in (900, 2345, 9000)]
    ['2001', '2345', '2699']
    """
    if not (unit.is_finite() and unit > 0):
        raise ValueError(f"The unit is {unit}: give a positive amount in euro, such as 1 or 25.")
    if total is not None and not (total.is_finite() and total >= 0):
        raise ValueError(f"The total is {total}: give an amount in euro, zero or more.")
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
    wish = None if total is None else Fraction(total) / Fraction(unit)
    return Feasible(tuple(unit * amount for amount in _plausible(lists, wanted, unit, wish)))


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
Steps = Sequence[int]


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


# All totals with the wanted fewest-to-half, and one plausible list for one of them -------------


@dataclass(frozen=True)
class _Split:
    """The lists within these bounds, cut at the K-th amount, the pivot (steps 5 to 7)."""

    bounds: Sequence[Bounds]
    to_half: int

    def before(self, pivot: int) -> list[Bounds]:
        return [(max(low, pivot), high) for low, high in self.bounds[: self.to_half - 1]]

    def after(self, pivot: int) -> list[Bounds]:
        return [(low, min(high, pivot)) for low, high in self.bounds[self.to_half :]]

    def lowest(self, pivot: int) -> int:
        before, after = _least(self.before(pivot)), _least(self.after(pivot))
        return max(before + pivot + after, 2 * before + 1, 2 * after)

    def highest(self, pivot: int) -> int:
        before, after = _most(self.before(pivot)), _most(self.after(pivot))
        return min(before + pivot + after, 2 * (before + pivot), 2 * (after + pivot) - 1)

    def works(self, pivot: int) -> bool:
        return self.lowest(pivot) <= self.highest(pivot)

    @cached_property
    def pivots(self) -> range:
        """Every pivot that has a list; if any has, one end of its bounds has (step 6)."""
        low, high = self.bounds[self.to_half - 1]
        every = range(low, high + 1)
        if self.works(high):
            return every[bisect_left(every, x=True, key=self.works) :]
        return every[: bisect_left(every, x=True, key=lambda pivot: not self.works(pivot))]

    def pivots_for(self, total: int) -> range:
        first = bisect_left(self.pivots, total, key=self.highest)
        return self.pivots[first : bisect_right(self.pivots, total, key=self.lowest)]

    def middle_total(self, steps: Steps) -> Fraction:
        """A round amount near the middle between the smallest and the largest total."""
        low, high = self.lowest(self.pivots[0]), self.highest(self.pivots[-1])
        return Fraction(_Block(1, low, high, steps).nearest((low + high) // 2))

    def nearest_total(self, wish: Fraction) -> int:
        """The smaller one of two that are equally near."""
        found: list[int] = []
        under = bisect_right(self.pivots, floor(wish), key=self.lowest)
        if under > 0:
            found.append(min(floor(wish), self.highest(self.pivots[under - 1])))
        over = bisect_left(self.pivots, ceil(wish), key=self.highest)
        if over < len(self.pivots):
            found.append(max(ceil(wish), self.lowest(self.pivots[over])))
        return min(found, key=lambda total: (abs(total - wish), total))

    def amounts(self, total: int, steps: Steps) -> Ranked:
        """A pivot halfway, so that amounts can lie on both sides of it; then either side."""
        pivots = self.pivots_for(total)
        halfway = pivots[len(pivots) // 2]
        pivot = _Block(1, pivots[0], pivots[-1], steps).nearest(halfway)
        before, after = self.before(pivot), self.after(pivot)
        others = total - pivot
        lowest = max(_least(before), others - _most(after), -(-total // 2) - pivot)
        highest = min(_most(before), others - _least(after), (total - 1) // 2)
        first = _spread(before, (lowest, highest), steps)
        rest = others - sum(first)
        return (*first, pivot, *_spread(after, (rest, rest), steps))


def _least(bounds: Sequence[Bounds]) -> int:
    return sum(low for low, _high in bounds)


def _most(bounds: Sequence[Bounds]) -> int:
    return sum(high for _low, high in bounds)


def _plausible(lists: _Lists, to_half: int, unit: Decimal, wish: Fraction | None) -> Ranked:
    if lists.largest == 0:
        return (0,) * lists.people
    steps = [int(amount / unit) for amount in ROUND_AMOUNTS if _multiple(Decimal(amount), unit)]
    every = _Split(lists.bounds(), to_half)
    total = every.nearest_total(every.middle_total(steps) if wish is None else wish)
    round_ = _Split(lists.bounds(_step_at(lists.largest, steps)), to_half)
    split = round_ if round_.pivots_for(total) else every
    return split.amounts(total, steps)


def _spread(bounds: Sequence[Bounds], sums: Bounds, steps: Steps) -> list[int]:
    """Ranked amounts within the bounds, with a sum from the first to the second of ``sums``.

    Each block of ranks with the same bounds is filled to the same share of its range, as far as
    the sum of the whole allows.
    """
    least, room = _least(bounds), _most(bounds) - _least(bounds)
    share = Fraction(sum(sums) - 2 * least, 2 * room) if room else Fraction(0)
    amounts: list[int] = []
    for (low, high), group in groupby(bounds):
        size = len(list(group))
        later = bounds[len(amounts) + size :]
        lowest = max(size * low, sums[0] - sum(amounts) - _most(later))
        highest = min(size * high, sums[1] - sum(amounts) - _least(later))
        aim = size * low + floor(share * size * (high - low))
        amounts += _Block(size, low, high, steps).filled(lowest, highest, aim)
    return amounts


@dataclass(frozen=True)
class _Block:
    """Ranks with the same bounds; their amounts may change places."""

    size: int
    low: int
    high: int
    steps: Steps

    def filled(self, lowest: int, highest: int, aim: int) -> list[int]:
        """A sum from lowest to highest, near the aim if it can be reached on round amounts."""
        if self.low == self.high:
            return [self.low] * self.size
        wanted = min(max(aim, lowest), highest)
        bends = range(FLATTEST + 1)
        bend = bisect_left(bends, x=True, key=lambda bend: sum(self.curve(bend)) <= wanted)
        curves = [self.curve(near) for near in (bend, max(bend - 1, 0))]
        best = min(curves, key=lambda amounts: abs(sum(amounts) - wanted))
        return self.moved(best, min(max(sum(best), lowest), highest) - sum(best))

    def curve(self, bend: int) -> list[int]:
        """A hyperbola on round amounts: all high without a bend, all low at the flattest."""
        amounts: list[int] = []
        for before in range(self.size):
            up = (self.size - before) * (FLATTEST - bend)
            down = (before + 1) * bend
            amounts.append(self.nearest(self.low + (self.high - self.low) * up // (up + down)))
        return amounts

    def nearest(self, amount: int) -> int:
        """The nearest bound or round amount; it never reverses the order of two amounts."""
        step = _step_at(amount, self.fitting)
        multiples = (amount // step * step, -(-amount // step) * step)
        inside = (round_ for round_ in multiples if self.low <= round_ <= self.high)
        choices = (self.low, self.high, *inside)
        return min(choices, key=lambda choice: (abs(choice - amount), choice))

    @cached_property
    def fitting(self) -> Steps:
        """Steps that leave several levels between the bounds."""
        return [step for step in self.steps if LEVELS * step <= self.high - self.low]

    def moved(self, amounts: list[int], missing: int) -> list[int]:
        """Ranked again, with a sum that is larger by what is missing, in the coarsest steps."""
        found = list(amounts)
        for step in (*self.fitting, 1):
            while abs(missing) >= step:
                before = missing
                for rank, amount in enumerate(found):
                    moved = self.step_from(amount, step, missing)
                    found[rank] += moved
                    missing -= moved
                if missing == before:
                    break
        return sorted(found, reverse=True)

    def step_from(self, amount: int, step: int, missing: int) -> int:
        """The change, in the direction of what is missing, that keeps the amount round enough."""
        room = self.high - amount if missing > 0 else amount - self.low
        if step == 1:
            change = min(room, abs(missing))
        else:
            change = step if step <= min(room, abs(missing), amount // ROUNDNESS) else 0
        return change if missing > 0 else -change


def _step_at(amount: int, steps: Steps) -> int:
    return next((step for step in steps if ROUNDNESS * step <= amount), 1)
