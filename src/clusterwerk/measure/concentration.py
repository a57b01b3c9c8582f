"""How the yearly co-financing of a cluster is spread over its contributors.

Amounts are ``Decimal`` euro per contributor and year; a contributor who pays nothing counts as
one. Contributors are always ranked largest first, the direction of the screens. Shares and
indices are exact ``Fraction`` values: no comparison in this module rounds, so a group that holds
exactly half reaches half. Round only for display. Figures that divide by a total of zero have no
value: they are ``None``, and the Lorenz curve is empty.

Formulas, sources and limits: ``docs/methods/concentration.md``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from statistics import median
from typing import NamedTuple

HALF = Fraction(1, 2)


class ContributionError(ValueError):
    """An amount, share or number of leavers that cannot be; the message says which and why."""


class LorenzPoint(NamedTuple):
    """The share of the total that the largest contributors bring; both shares run from 0 to 1."""

    contributors: int
    share_of_contributors: Fraction
    share_of_total: Fraction


@dataclass(frozen=True)
class Remainder:
    """What is left of the total when the largest contributors leave and nobody replaces them.

    ``amount`` is in euro; ``share`` is relative to the total before, ``None`` when that was zero.
    """

    leaving: int
    amount: Decimal
    share: Fraction | None


@dataclass(frozen=True)
class Concentration:
    """The concentration figures of one list of contributions.

    ``total``, ``maximum``, ``minimum`` and ``median`` are in euro; the last three are ``None`` for
    an empty list. ``gini`` and ``herfindahl`` have no unit and are ``None`` when the total is zero.
    """

    contributors: int
    total: Decimal
    maximum: Decimal | None
    minimum: Decimal | None
    median: Decimal | None
    contributors_at_maximum: int
    contributors_to_half: int
    gini: Fraction | None
    herfindahl: Fraction | None
    lorenz: tuple[LorenzPoint, ...]


def concentration(contributions: Sequence[Decimal]) -> Concentration:
    """All concentration figures of one list of yearly contributions.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order; zero or more.

    Returns
    -------
    Concentration
        For an empty list: zero contributors, total zero, every other amount and index ``None``.

    Raises
    ------
    ContributionError
        An amount is negative, not finite or not a ``Decimal``.

    Notes
    -----
    The median of an even number of contributors is the mean of the two middle amounts. Every
    contributor whose amount equals the largest counts as "at the maximum".

    Source: the figures of table 8 of the evaluation of the Flemish innovative business networks
    (2020), with the two indices added.

    Examples
    --------
    >>> found = concentration([Decimal(1000), Decimal(250), Decimal(250), Decimal(500)])
    >>> found.total, found.median, found.contributors_at_maximum, found.contributors_to_half
    (Decimal('2000'), Decimal('375'), 1, 1)
    >>> found.gini, found.herfindahl
    (Fraction(5, 16), Fraction(11, 32))
    """
    ranked = _largest_first(contributions)
    return Concentration(
        contributors=len(ranked),
        total=sum(ranked, Decimal(0)),
        maximum=ranked[0] if ranked else None,
        minimum=ranked[-1] if ranked else None,
        median=median(ranked) if ranked else None,
        contributors_at_maximum=ranked.count(ranked[0]) if ranked else 0,
        contributors_to_half=fewest_to_share(ranked, HALF),
        gini=gini(ranked),
        herfindahl=herfindahl(ranked),
        lorenz=lorenz(ranked),
    )


def fewest_to_share(contributions: Sequence[Decimal], share: Fraction | Decimal) -> int:
    """The fewest contributors who together bring at least ``share`` of the total.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order.
    share
        From 0 to 1, exact: ``Fraction(1, 2)`` or ``Decimal("0.8")``, never a float.

    Returns
    -------
    int
        From 0 to the number of contributors. Zero when the share or the total is zero: nobody is
        needed to bring nothing.

    Raises
    ------
    ContributionError
        The share is not exact or not between 0 and 1, or an amount is not valid.

    Notes
    -----
    The smallest k with ``x_1 + ... + x_k >= share * T``, where ``x_1 >= x_2 >= ...`` and T is the
    total. With n contributors and T > 0, k is at most ``ceil(share * n)``, and exactly that when
    all pay the same.

    Source: table 8 of the evaluation of the Flemish innovative business networks (2020). The
    report does not state its rule at the boundary; here it is always "at least".

    Examples
    --------
    >>> fewest_to_share([Decimal(5000)] * 31, HALF)
    16
    >>> fewest_to_share([Decimal(50), Decimal(30), Decimal(20)], Decimal("0.8"))
    2
    """
    running = _running_totals(_largest_first(contributions))
    wanted = _checked_share(share) * running[-1]
    return next(count for count, amount in enumerate(running) if amount >= wanted)


def lorenz(contributions: Sequence[Decimal]) -> tuple[LorenzPoint, ...]:
    """The Lorenz curve, largest contributor first.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order.

    Returns
    -------
    tuple of LorenzPoint
        n + 1 points from (0, 0) to (1, 1); empty when the total is zero.

    Raises
    ------
    ContributionError
        An amount is not valid.

    Notes
    -----
    Point k is ``(k / n, (x_1 + ... + x_k) / T)``. Ranked largest first, the curve lies on or above
    the diagonal and bends downwards; the textbook curve, smallest first, is its mirror image
    through the centre (1/2, 1/2).

    Source: M. O. Lorenz, Methods of measuring the concentration of wealth, 1905.

    Examples
    --------
    >>> [str(point.share_of_total) for point in lorenz([Decimal(1), Decimal(3)])]
    ['0', '3/4', '1']
    """
    running = _running_totals(_largest_first(contributions))
    total, people = running[-1], len(running) - 1
    if total == 0:
        return ()
    return tuple(
        LorenzPoint(count, Fraction(count, people), amount / total)
        for count, amount in enumerate(running)
    )


def gini(contributions: Sequence[Decimal]) -> Fraction | None:
    """The Gini index: 0 when all bring the same, towards 1 when one brings everything.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order.

    Returns
    -------
    Fraction or None
        At least 0 and at most ``1 - 1/n``; ``None`` when the total is zero.

    Raises
    ------
    ContributionError
        An amount is not valid.

    Notes
    -----
    ``G = sum over i of (n + 1 - 2 i) x_i / (n T)``, with ``x_1`` the largest. This is the mean
    absolute difference between all n * n pairs, divided by twice the mean; and twice the area
    between the Lorenz curve and the diagonal. Population convention: the list is everybody, so
    there is no small-sample factor ``n / (n - 1)``.

    Source: C. Gini, Variabilità e mutabilità, 1912.

    Examples
    --------
    >>> gini([Decimal(5000)] * 31)
    Fraction(0, 1)
    >>> gini([Decimal(100), Decimal(0), Decimal(0), Decimal(0)])
    Fraction(3, 4)
    """
    ranked = [Fraction(amount) for amount in _largest_first(contributions)]
    total, people = sum(ranked, Fraction(0)), len(ranked)
    if total == 0:
        return None
    weighted = ((people + 1 - 2 * rank) * amount for rank, amount in enumerate(ranked, start=1))
    return sum(weighted, Fraction(0)) / (people * total)


def herfindahl(contributions: Sequence[Decimal]) -> Fraction | None:
    """The Herfindahl index: the sum of the squared shares.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order.

    Returns
    -------
    Fraction or None
        From ``1/n`` (all bring the same) to 1 (one brings everything); ``None`` when the total is
        zero. Its inverse reads as "as concentrated as so many equal contributors".

    Raises
    ------
    ContributionError
        An amount is not valid.

    Notes
    -----
    ``H = sum over i of (x_i / T) ** 2``; shares count as fractions, not as percent, so the scale
    of 10,000 known from competition law is this value times 10,000.

    Source: A. O. Hirschman, The paternity of an index, 1964.

    Examples
    --------
    >>> herfindahl([Decimal(100), Decimal(100), Decimal(200)])
    Fraction(3, 8)
    """
    amounts = [Fraction(amount) for amount in _largest_first(contributions)]
    total = sum(amounts, Fraction(0))
    if total == 0:
        return None
    return sum((amount * amount for amount in amounts), Fraction(0)) / (total * total)


def remaining_after(contributions: Sequence[Decimal], leaving: int) -> Remainder:
    """What remains when the ``leaving`` largest contributors stop paying.

    Parameters
    ----------
    contributions
        Euro per contributor, in any order.
    leaving
        From 0 to the number of contributors. Who leaves among equals does not matter.

    Returns
    -------
    Remainder
        The amount in euro and its share of the total before.

    Raises
    ------
    ContributionError
        ``leaving`` is negative or more than there are, or an amount is not valid.

    Notes
    -----
    ``R_k = x_(k+1) + ... + x_n`` and ``R_k / T``. Plain arithmetic, no forecast: the others pay
    what they paid.

    Examples
    --------
    >>> remaining_after([Decimal(500), Decimal(300), Decimal(200)], 1)
    Remainder(leaving=1, amount=Decimal('500'), share=Fraction(1, 2))
    """
    ranked = _largest_first(contributions)
    if not 0 <= leaving <= len(ranked):
        raise ContributionError(
            f"{leaving} contributors cannot leave: there are {len(ranked)}. "
            f"Give a number from 0 to {len(ranked)}."
        )
    amount, total = sum(ranked[leaving:], Decimal(0)), sum(ranked, Decimal(0))
    share = Fraction(amount) / Fraction(total) if total else None
    return Remainder(leaving=leaving, amount=amount, share=share)


def _largest_first(contributions: Sequence[Decimal]) -> list[Decimal]:
    for position, amount in enumerate(contributions, start=1):
        if not isinstance(amount, Decimal):
            raise ContributionError(
                f"Contribution {position} is {amount!r}: give a Decimal in euro."
            )
        if not amount.is_finite():
            raise ContributionError(f"Contribution {position} is {amount}: give a finite amount.")
        if amount < 0:
            raise ContributionError(
                f"Contribution {position} is {amount} euro: a contribution cannot be negative. "
                "Subtract a credit note from the contribution it belongs to."
            )
    return sorted(contributions, reverse=True)


def _running_totals(ranked: Sequence[Decimal]) -> list[Fraction]:
    """What the first 0, 1, ..., n contributors bring together."""
    return list(accumulate((Fraction(amount) for amount in ranked), initial=Fraction(0)))


def _checked_share(share: object) -> Fraction:
    if not isinstance(share, Fraction | Decimal):
        raise ContributionError(
            f"The share is {share!r}: give an exact one, as Decimal('0.5') or Fraction(1, 2)."
        )
    if isinstance(share, Decimal) and not share.is_finite():
        raise ContributionError(f"The share is {share}: give a finite one, from 0 to 1.")
    if not 0 <= share <= 1:
        raise ContributionError(f"The share is {share}: give one from 0 to 1.")
    return Fraction(share)
