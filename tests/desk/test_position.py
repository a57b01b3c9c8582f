"""The day a desk takes its figures on, and the days that follow from an agreement."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils.translation import override

from clusterwerk.desk.queries.position import Position
from clusterwerk.desk.wording import greeting
from clusterwerk.programme.queries import Term

TERM = Term(date(2016, 10, 1), date(2019, 9, 30), start_is_computed=True)


def on(day: date) -> Position:
    return Position(day, TERM)


@pytest.mark.parametrize(
    ("today", "day", "is_over", "months", "year"),
    [
        (date(2016, 9, 30), date(2016, 9, 30), False, 0, 1),
        (date(2016, 10, 1), date(2016, 10, 1), False, 0, 1),
        (date(2018, 2, 28), date(2018, 2, 28), False, 17, 2),
        (date(2019, 3, 14), date(2019, 3, 14), False, 29, 3),
        (date(2019, 9, 30), date(2019, 9, 30), False, 36, 3),
        (date(2019, 10, 1), date(2019, 9, 30), True, 36, 3),
        (date(2026, 11, 22), date(2019, 9, 30), True, 36, 3),
    ],
)
def test_figures_stand_as_today_and_after_the_end_as_on_the_last_day(
    today: date, day: date, is_over: bool, months: int, year: int
) -> None:
    position = on(today)
    assert (position.day, position.is_over) == (day, is_over)
    assert (position.months_passed, position.working_year) == (months, year)


def test_days_left_are_counted_to_the_last_day() -> None:
    assert on(date(2019, 9, 29)).days_left == 1
    assert on(date(2019, 10, 2)).days_left == -2


def test_without_an_agreement_today_is_the_day_and_nothing_is_due() -> None:
    position = Position(date(2020, 1, 31))
    assert position.day == date(2020, 1, 31)
    assert (position.is_over, position.has_begun, position.working_year) == (False, False, None)
    assert (position.days_of_path(), position.deadlines()) == ((), ())


def test_moments_are_the_last_days_of_full_working_years() -> None:
    assert [(moment.months, moment.day) for moment in on(TERM.last_day).moments()] == [
        (0, date(2016, 10, 1)),
        (12, date(2017, 9, 30)),
        (24, date(2018, 9, 30)),
        (36, date(2019, 9, 30)),
    ]


def test_a_term_that_is_no_whole_number_of_years_ends_on_its_own_day() -> None:
    term = Term(date(2020, 1, 15), date(2021, 7, 14), start_is_computed=False)
    moments = Position(date(2020, 6, 1), term).moments()
    assert [(moment.months, moment.day) for moment in moments] == [
        (0, date(2020, 1, 15)),
        (12, date(2021, 1, 14)),
        (18, date(2021, 7, 14)),
    ]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2016, 9, 30), []),
        (date(2016, 10, 1), [date(2016, 10, 1)]),
        (date(2017, 9, 30), [date(2016, 10, 1), date(2017, 9, 30)]),
        (date(2018, 1, 1), [date(2016, 10, 1), date(2017, 9, 30), date(2018, 1, 1)]),
        (
            date(2026, 1, 1),
            [date(2016, 10, 1), date(2017, 9, 30), date(2018, 9, 30), date(2019, 9, 30)],
        ),
    ],
)
def test_the_path_holds_each_day_once_and_ends_on_the_day(today: date, days: list[date]) -> None:
    assert list(on(today).days_of_path()) == days


def test_shares_of_the_term_stay_between_its_ends() -> None:
    position = on(TERM.last_day)
    assert position.share_of(date(2010, 1, 1)) == 0
    assert position.share_of(date(2030, 1, 1)) == 1
    assert position.share_of(date(2017, 9, 30)) == Fraction(364, 1094)


def test_the_next_deadline_is_the_first_that_is_not_past() -> None:
    deadlines = on(date(2018, 9, 30)).deadlines()
    assert [(each.kind, each.working_year, each.is_past, each.is_next) for each in deadlines] == [
        ("start", 0, True, False),
        ("year", 1, True, False),
        ("year", 2, False, True),
        ("end", 3, False, False),
    ]
    assert not any(each.is_next for each in on(date(2026, 1, 1)).deadlines())


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Good evening"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
    ],
)
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    with override("en"):
        assert greeting(hour) == words
