"""How far the hours of a small team reach: overhead, members for each post, promised services.

Hours are ``Decimal`` hours of work, posts ``Decimal`` full-time equivalents. Shares are exact
``Fraction`` values; round only for display. What divides by nothing has no value: ``None``.

Formulas, sources and limits: ``docs/methods/capacity.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

FULL_TIME_HOURS = Decimal(1720)
"""Hours that one full-time equivalent works in a year: see the methods page."""


class CapacityError(ValueError):
    """Hours, posts or members that cannot be; the message says which."""


class KindOfWork(StrEnum):
    """What a team spends its hours on; administration is the overhead."""

    ADMINISTRATION = "administration"
    MATCHMAKING = "matchmaking"
    EVENTS = "events"
    PROJECTS = "projects"
    POLICY = "policy"


OVERHEAD = frozenset({KindOfWork.ADMINISTRATION})


@dataclass(frozen=True, slots=True)
class Promise:
    """Hours a year promised to each member of a group, and how many such members there are."""

    kind: KindOfWork
    hours_per_member: Decimal
    members: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What a team can do in a year beside what its service offer promises.

    ``available`` is the hours left for members once overhead is taken off, ``promised`` what the
    service offer adds up to; both in hours a year.
    """

    available: Decimal
    promised: Decimal

    @property
    def load(self) -> Fraction | None:
        """Promised for each available hour; above 1 the offer cannot be kept."""
        return Fraction(self.promised) / Fraction(self.available) if self.available else None

    @property
    def missing(self) -> Decimal:
        """Hours promised that the team does not have, zero when it has them."""
        return max(self.promised - self.available, Decimal(0))

    @property
    def is_too_much(self) -> bool:
        return self.missing > 0


def overhead_share(hours: Mapping[KindOfWork, Decimal]) -> Fraction | None:
    """Share of the written-down hours that went to overhead.

    Parameters
    ----------
    hours
        Hours for each kind of work; kinds left out count as none.

    Returns
    -------
    Fraction or None
        From 0 to 1; ``None`` when no hour is written down.

    Raises
    ------
    CapacityError
        Some hours are negative.

    Examples
    --------
    >>> overhead_share({KindOfWork.ADMINISTRATION: Decimal(30), KindOfWork.EVENTS: Decimal(90)})
    Fraction(1, 4)
    """
    _require_not_negative(hours.values(), "hours")
    total = sum(hours.values(), Decimal(0))
    spent = sum((hours.get(kind, Decimal(0)) for kind in OVERHEAD), Decimal(0))
    return Fraction(spent) / Fraction(total) if total else None


def members_per_post(members: int, posts: Decimal) -> Fraction | None:
    """Members for each full-time equivalent of the team; ``None`` without a post.

    Raises
    ------
    CapacityError
        The number of members or of posts is negative.

    Examples
    --------
    >>> float(members_per_post(140, Decimal("1.75")))
    80.0
    """
    _require_not_negative([Decimal(members)], "members")
    _require_not_negative([posts], "posts")
    return Fraction(members) / Fraction(posts) if posts else None


def promised_hours(promises: Iterable[Promise]) -> dict[KindOfWork, Decimal]:
    """Hours a year that the service offer promises together, for each kind of work it names.

    Raises
    ------
    CapacityError
        Some hours or members are negative.

    Examples
    --------
    >>> promised = [Promise(KindOfWork.EVENTS, Decimal("1.5"), 40)]
    >>> promised_hours(promised)
    {<KindOfWork.EVENTS: 'events'>: Decimal('60.0')}
    """
    found: dict[KindOfWork, Decimal] = {}
    for promise in promises:
        _require_not_negative([promise.hours_per_member], "hours")
        _require_not_negative([Decimal(promise.members)], "members")
        hours = promise.hours_per_member * promise.members
        found[promise.kind] = found.get(promise.kind, Decimal(0)) + hours
    return found


def reach(
    posts: Decimal,
    overhead: Fraction | None,
    promised: Mapping[KindOfWork, Decimal],
    full_time_hours: Decimal = FULL_TIME_HOURS,
) -> Reach:
    """What the posts leave for members in a year, beside what was promised to them.

    Parameters
    ----------
    posts
        Full-time equivalents.
    overhead
        Share of overhead, from 0 to 1; ``None`` when nobody wrote hours down counts as 0, so that
        the warning never rests on a share that was made up.
    promised
        Hours a year for each kind of work. Promised overhead is left out: it is in the share.
    full_time_hours
        Hours a year of one full-time equivalent.

    Raises
    ------
    CapacityError
        Posts or hours are negative, or the share is not between 0 and 1.

    Examples
    --------
    >>> found = reach(Decimal(1), Fraction(1, 4), {KindOfWork.EVENTS: Decimal(1400)})
    >>> found.available, found.missing
    (Decimal('1290'), Decimal('110'))
    """
    _require_not_negative([posts], "posts")
    _require_not_negative([full_time_hours, *promised.values()], "hours")
    share = overhead or Fraction(0)
    if not 0 <= share <= 1:
        raise CapacityError(f"The share of overhead is {share}: give one from 0 to 1.")
    left = Fraction(posts) * Fraction(full_time_hours) * (1 - share)
    wanted = sum((hours for kind, hours in promised.items() if kind not in OVERHEAD), Decimal(0))
    return Reach(available=_hours(left), promised=wanted)


def _hours(exact: Fraction) -> Decimal:
    """To a hundredth of an hour, which is what a person writes down; half goes up."""
    hundredths = (exact * 100 + Fraction(1, 2)).__floor__()
    return Decimal(hundredths) / 100


def _require_not_negative(numbers: Iterable[Decimal], name: str) -> None:
    for number in numbers:
        if number < 0:
            raise CapacityError(f"The number of {name} is {number}: give zero or more.")
