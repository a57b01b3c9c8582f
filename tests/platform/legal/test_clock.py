"""72 hours that really pass, also over the begin and end of summer time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clusterwerk.platform.legal.clock import deadline, hours_and_minutes, left

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("aware", "last"),
    [
        # An ordinary week: the same hour, three days later, a Sunday like any other day.
        ((2026, 6, 4, 9, 30), "2026-06-07 09:30 CEST"),
        # Summer time begins on 29 March 2026 at two: the clock shows an hour more.
        ((2026, 3, 27, 16, 0), "2026-03-30 17:00 CEST"),
        # It ends on 25 October 2026 at three: the clock shows an hour less.
        ((2026, 10, 23, 16, 0), "2026-10-26 15:00 CET"),
    ],
)
def test_the_last_moment_is_72_real_hours_later(aware: tuple[int, ...], last: str) -> None:
    discovered = datetime(*aware, tzinfo=BRUSSELS)  # type: ignore[misc, arg-type]
    found = deadline(discovered)
    assert found.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M %Z") == last
    assert found - discovered.astimezone(UTC) == timedelta(hours=72)


def test_the_hour_that_comes_twice_has_two_deadlines() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS)
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BRUSSELS)
    assert deadline(second) - deadline(first) == timedelta(hours=1)


def test_time_left_runs_out_and_then_counts_what_is_over() -> None:
    discovered = datetime(2026, 3, 27, 16, 0, tzinfo=BRUSSELS)
    just_before = datetime(2026, 3, 30, 16, 59, tzinfo=BRUSSELS)
    after = datetime(2026, 3, 30, 18, 30, tzinfo=BRUSSELS)
    assert left(discovered, just_before) == timedelta(minutes=1)
    assert left(discovered, after) == timedelta(hours=-1, minutes=-30)
    assert hours_and_minutes(left(discovered, after)) == (1, 30)
    assert hours_and_minutes(left(discovered, discovered)) == (72, 0)
