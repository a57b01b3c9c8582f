"""Who takes part: an organisation does that was at two activities or more in twelve months.

Whoever of the organisation was there; an activity counts once. The survey of the evaluation calls
these members active. Method and limits: ``docs/methods/participation.md``.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NEEDED = 2  # activities in twelve months
WATCHED_AFTER = 6  # months of membership
MONTHS_IN_YEAR = 12


class Participation(StrEnum):
    """How often an organisation took part in twelve months."""

    TWO_OR_MORE = "two_or_more"
    ONE = "one"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """Days after ``after`` up to and including ``last``.

    Examples
    --------
    >>> date(2020, 2, 29) in Window(date(2020, 2, 28), date(2021, 2, 28))
    True
    """

    after: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.after < day <= self.last


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day where it has none such.

    Examples
    --------
    >>> str(months_before(date(2024, 2, 29), 12)), str(months_before(date(2025, 8, 31), 6))
    ('2023-02-28', '2025-02-28')
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 - months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def twelve_months(day: date) -> Window:
    """The twelve months that end with a day.

    Parameters
    ----------
    day
        The last day that counts.

    Returns
    -------
    Window
        From the day after the same day of the year before. Those that end on 29 February begin
        on 1 March; those that end on 28 February of the year after a leap year begin on the 29th.

    Examples
    --------
    >>> window = twelve_months(date(2024, 2, 29))
    >>> date(2023, 2, 28) in window, date(2023, 3, 1) in window
    (False, True)
    """
    return Window(months_before(day, MONTHS_IN_YEAR), day)


def falls_out(day: date) -> date:
    """The first day whose twelve months do not hold an activity of this day any more.

    Examples
    --------
    >>> str(falls_out(date(2023, 5, 4))), str(falls_out(date(2024, 2, 29)))
    ('2024-05-04', '2025-03-01')
    """
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def participation(times: int) -> Participation:
    """The class of a number of activities in twelve months.

    Examples
    --------
    >>> [str(participation(times)) for times in (0, 1, 2, 9)]
    ['none', 'one', 'two_or_more', 'two_or_more']
    """
    if times >= NEEDED:
        return Participation.TWO_OR_MORE
    return Participation.ONE if times == 1 else Participation.NONE


def falls_below(days: Iterable[date]) -> date | None:
    """When an organisation stops taking part, unless it comes again.

    Parameters
    ----------
    days
        One for each activity it was at; two activities of one day are two.

    Returns
    -------
    date or None
        The day on which the last but one leaves the twelve months; ``None`` below two activities.

    Examples
    --------
    >>> str(falls_below([date(2023, 9, 1), date(2023, 3, 10), date(2023, 5, 4)]))
    '2024-05-04'
    """
    newest = sorted(days, reverse=True)[:NEEDED]
    return falls_out(newest[-1]) if len(newest) == NEEDED else None


def end_of_year(day: date) -> date:
    """The last day of the calendar year, until which drift is told.

    Examples
    --------
    >>> str(end_of_year(date(2024, 2, 29)))
    '2024-12-31'
    """
    return date(day.year, 12, 31)


def still_counted(day: date) -> Window:
    """Days up to this one of which an activity still counts at the end of the year.

    An organisation drifts when it takes part on a day and was at fewer than two in this window.

    Examples
    --------
    >>> window = still_counted(date(2024, 6, 1))
    >>> str(window.after), str(window.last)
    ('2023-12-31', '2024-06-01')
    """
    return Window(twelve_months(end_of_year(day)).after, day)


def drifts_on(days: Iterable[date], day: date) -> date | None:
    """The day on which an organisation that takes part now falls below two within the year.

    Parameters
    ----------
    days
        One for each activity it was at.
    day
        On which one looks; what came after it is not known yet.

    Returns
    -------
    date or None
        Rises above ``day``; ``None`` when it does not take part now, or still does at the end of
        the calendar year without coming again.

    Examples
    --------
    >>> days = [date(2023, 5, 4), date(2024, 2, 29)]
    >>> str(drifts_on(days, date(2024, 3, 1))), drifts_on(days, date(2024, 5, 4))
    ('2024-05-04', None)
    """
    falls = falls_below(each for each in days if each in twelve_months(day))
    return falls if falls is not None and falls <= end_of_year(day) else None


def watched(day: date) -> Window:
    """First days of the memberships that are in their first year and have lasted six months.

    Of these, whoever does not take part is one to watch.

    Examples
    --------
    >>> window = watched(date(2024, 7, 1))
    >>> date(2023, 7, 1) in window, date(2023, 7, 2) in window, date(2024, 1, 1) in window
    (False, True, True)
    """
    return Window(months_before(day, MONTHS_IN_YEAR), months_before(day, WATCHED_AFTER))


def is_to_watch(since: date, times: int, day: date) -> bool:
    """Whether a member of less than a year was at fewer than two activities after six months.

    Examples
    --------
    >>> is_to_watch(date(2024, 1, 1), 1, date(2024, 7, 1))
    True
    >>> is_to_watch(date(2024, 1, 1), 1, date(2024, 6, 30))
    False
    """
    return since in watched(day) and times < NEEDED
