"""Which scheduled back-ups stay, and the names they have."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.keeping import Keep, name_at, parsed, spare, thin_out

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)  # a Tuesday


def nightly(days: int) -> list[str]:
    return [name_at(NOON - timedelta(days=number)) for number in range(days)]


def kept(names: list[str], keep: Keep) -> list[str]:
    return [name for name in names if name not in spare(names, keep)]


def test_a_name_is_the_moment_in_utc() -> None:
    assert name_at(NOON) == "clusterwerk-20260331T120000Z.cwbackup"


def test_the_newest_of_each_day_week_and_month_stays() -> None:
    assert kept(nightly(100), Keep(daily=3, weekly=2, monthly=3)) == [
        name_at(datetime(2026, month, day, 12, tzinfo=UTC))
        for month, day in ((3, 31), (3, 30), (3, 29), (2, 28), (1, 31))
    ]


def test_of_two_on_one_day_the_newer_stays() -> None:
    morning = name_at(NOON - timedelta(hours=5))
    assert kept([morning, name_at(NOON)], Keep(daily=7, weekly=4, monthly=12)) == [name_at(NOON)]


def test_the_newest_is_never_removed_and_strangers_are_left_alone() -> None:
    names = [*nightly(3), "mine.cwbackup", "before-0.2.0-20260101-000000.cwbackup"]
    assert spare(names, Keep(daily=0, weekly=0, monthly=0)) == nightly(3)[:0:-1]


def test_a_gap_in_the_days_does_not_cost_older_ones() -> None:
    names = [name_at(NOON), name_at(NOON - timedelta(days=40)), name_at(NOON - timedelta(days=41))]
    assert spare(names, Keep(daily=3, weekly=0, monthly=0)) == []


def test_only_what_may_go_is_removed_from_a_folder(tmp_path: Path) -> None:
    for name in [*nightly(4), "mine.txt"]:
        (tmp_path / name).touch()
    assert thin_out(tmp_path, Keep(daily=2, weekly=0, monthly=0)) == nightly(4)[:1:-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*nightly(2), "mine.txt"])


def test_the_rule_is_read_from_words() -> None:
    assert parsed("") == Keep(daily=7, weekly=4, monthly=12)
    assert parsed("14 daily, 2 monthly") == Keep(daily=14, weekly=0, monthly=2)
    for text in ("7", "seven daily", "-1 daily", "7 yearly"):
        with pytest.raises(BackupError, match="expected 7 daily, 4 weekly, 12 monthly"):
            parsed(text)
