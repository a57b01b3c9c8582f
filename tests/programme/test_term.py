"""The days and working years that follow from an agreement's period."""

from datetime import date

import pytest

from clusterwerk.programme.queries import Term, months_before

TERM = Term(date(2016, 10, 1), date(2019, 9, 30), start_is_computed=True)


def test_a_term_has_whole_months_with_both_days_included() -> None:
    assert TERM.months == 36


@pytest.mark.parametrize(
    ("day", "passed"),
    [
        (date(2016, 9, 30), 0),
        (date(2016, 10, 31), 1),
        (date(2019, 2, 28), 29),
        (date(2019, 9, 30), 36),
        (date(2026, 1, 1), 36),
    ],
)
def test_months_passed_stay_between_none_and_all(day: date, passed: int) -> None:
    assert TERM.months_passed(day) == passed


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2016, 1, 1), 1),
        (date(2016, 10, 1), 1),
        (date(2017, 9, 30), 1),
        (date(2017, 10, 1), 2),
        (date(2019, 9, 30), 3),
        (date(2024, 1, 1), 3),
    ],
)
def test_a_working_year_begins_on_the_first_day_of_the_term(day: date, year: int) -> None:
    assert TERM.working_year(day) == year


def test_a_shorter_month_gives_its_last_day() -> None:
    assert months_before(date(2020, 3, 31), 1) == date(2020, 2, 29)
    assert months_before(date(2020, 1, 15), 36) == date(2017, 1, 15)
