"""Twelve months with their leap days, and who falls out of them when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.participation import (
    Participation,
    drifts_on,
    falls_below,
    falls_out,
    is_to_watch,
    months_before,
    participation,
    still_counted,
    twelve_months,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ATTENDED = st.lists(st.dates(date(2022, 1, 1), date(2025, 12, 31)), max_size=8)
LEAP = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (LEAP, date(2023, 3, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2025, 2, 28), LEAP),
        (date(2025, 3, 1), date(2024, 3, 2)),
        (date(2024, 12, 31), date(2024, 1, 1)),
    ],
)
def test_twelve_months_begin_on_the_day_after_that_of_a_year_before(
    last: date, first: date
) -> None:
    window = twelve_months(last)
    assert (first in window, first - timedelta(days=1) in window) == (True, False)
    assert (last in window, last + timedelta(days=1) in window) == (True, False)


@given(DAYS, DAYS)
def test_an_activity_counts_from_its_day_until_it_falls_out(activity: date, day: date) -> None:
    assert (activity in twelve_months(day)) == (activity <= day < falls_out(activity))


@given(DAYS, st.integers(0, 40))
def test_months_before_lie_in_the_right_month_and_keep_the_day_when_they_can(
    day: date, months: int
) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier + timedelta(days=1)).day == 1


@given(ATTENDED, st.dates(date(2023, 1, 1), date(2025, 12, 31)))
def test_who_drifts_takes_part_until_the_day_before_and_not_on_the_day(
    days: list[date], day: date
) -> None:
    known = [each for each in days if each <= day]
    falls = drifts_on(days, day)
    if falls is None:
        kept = sum(each in still_counted(day) for each in known)
        now = sum(each in twelve_months(day) for each in known)
        assert now < 2 or kept >= 2
        return
    assert day < falls <= date(day.year, 12, 31)
    before = falls - timedelta(days=1)
    assert participation(sum(each in twelve_months(before) for each in known)) == "two_or_more"
    assert participation(sum(each in twelve_months(falls) for each in known)) != "two_or_more"


def test_two_activities_of_one_day_are_two_and_one_never_takes_part() -> None:
    assert falls_below([LEAP, LEAP]) == date(2025, 3, 1)
    assert falls_below([LEAP]) is None
    assert [participation(times) for times in (0, 1, 2)] == [
        Participation.NONE, Participation.ONE, Participation.TWO_OR_MORE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "times", "expected"),
    [
        (date(2024, 2, 28), 0, False),  # 31 August is not six months before
        (date(2024, 2, 29), 0, False),
        (date(2024, 3, 1), 0, True),
        (date(2024, 3, 1), 1, True),
        (date(2024, 3, 1), 2, False),
        (date(2024, 8, 30), 1, True),
        (date(2024, 8, 31), 1, False),  # a year
    ],
)
def test_a_member_of_31_august_is_watched_from_its_seventh_month_to_its_year(
    day: date, times: int, expected: bool
) -> None:
    assert is_to_watch(date(2023, 8, 31), times, day) is expected
