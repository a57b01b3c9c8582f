"""`clusterwerk upgrade` on a server of your own, and the start that upgrades by itself."""

import json
import os
from pathlib import Path

import pytest

from clusterwerk.config.upgrading import copies
from clusterwerk.platform.backup import restoring
from clusterwerk.platform.backup.encryption import Key
from factories.facts import rows_of_tables, sums
from factories.releases import Old, facts_of
from factories.upgrades import run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]

LATER = {"DJANGO_SETTINGS_MODULE": "later_site"}
UPGRADE = ("clusterwerk.config", "upgrade")


def copies_in(var: Path) -> list[Path]:
    return list((var / "backups").glob("before-*"))


def test_the_plan_names_each_change_and_does_nothing(present: Old, tmp_path: Path) -> None:
    with present.connect() as connection:
        before = rows_of_tables(connection), sums(connection)
        code, said = run(present, tmp_path, *UPGRADE, "--plan", **LATER)
        assert code == 0, said
        assert "later.0001_first\n" in said
        assert "later.0002_second  (cannot be taken back)\n" in said
        plan = json.loads(run(present, tmp_path, *UPGRADE, "--plan", "--json", **LATER)[1])
        assert (rows_of_tables(connection), sums(connection)) == before
    assert (plan["holds_data"], plan["unknown"], len(plan["steps"])) == (True, [], 2)
    assert plan["database"] == plan["program"]
    assert plan["connections_elsewhere"] == 1  # the test's own
    assert copies_in(tmp_path) == []


def test_an_upgrade_waits_until_nobody_uses_the_database(present: Old, tmp_path: Path) -> None:
    with present.connect() as connection:
        before = rows_of_tables(connection)
        code, said = run(present, tmp_path, *UPGRADE)
        assert code == 1
        assert "1 connections" in said
        assert "Nothing was changed." in said
        assert rows_of_tables(connection) == before


def test_an_upgrade_backs_up_changes_checks_and_tells_the_way_back(
    present: Old, tmp_path: Path
) -> None:
    code, said = run(present, tmp_path, *UPGRADE, **LATER)
    assert code == 0, said
    (copy,) = copies_in(tmp_path)
    assert f"restore {copy} into an empty installation" in said
    assert "ok       migrations: All are applied." in said
    assert copy.stat().st_mode & 0o077 == 0
    manifest = restoring.check(copy, Key()).manifest
    assert "later.0001_first" not in manifest.migrations
    with present.connect() as connection:
        assert sums(connection) == facts_of(present.release)["sums"]
    code, said = run(present, tmp_path, *UPGRADE, **LATER)
    assert code == 0, said
    assert "No tables change" in said
    assert copies_in(tmp_path) == [copy], "what changes nothing needs no copy"


def test_a_back_up_that_cannot_be_made_stops_the_upgrade(present: Old, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be", "utf-8")
    with present.connect() as connection:
        before = rows_of_tables(connection)
        code, said = run(present, tmp_path, *UPGRADE, "--in-use", **LATER)
        assert code == 3, said
        assert "Traceback" not in said
        assert rows_of_tables(connection) == before


def test_a_start_upgrades_by_itself_where_that_is_set_and_keeps_a_back_up(
    present: Old, tmp_path: Path
) -> None:
    automatic = {**LATER, "CLUSTERWERK_UPGRADE": "automatic"}
    person = ("people", "steward", "an@example.org", "--name", "An")
    code, said = run(present, tmp_path, "clusterwerk.config", *person, **automatic)
    assert code == 0, said
    assert len(copies_in(tmp_path)) == 1
    with present.connect() as connection:
        rows = rows_of_tables(connection)
    assert rows["platform_user"] == facts_of(present.release)["rows"]["platform_user"] + 1


def test_a_wrong_word_for_the_way_is_named(present: Old, tmp_path: Path) -> None:
    code, said = run(
        present, tmp_path, "clusterwerk.config", "serve", CLUSTERWERK_UPGRADE="sometimes"
    )
    assert code == 3
    assert "CLUSTERWERK_UPGRADE is 'sometimes'; expected automatic or asked." in said


def test_the_copies_of_the_last_upgrades_are_kept_and_no_others_touched(tmp_path: Path) -> None:
    for number in range(8):
        made = tmp_path / f"before-0.{number}.0-20260101-000000.cwbackup"
        made.touch()
        os.utime(made, (number, number))
    (tmp_path / "daily.cwbackup").touch()
    names = [path.name for path in copies._older(tmp_path)]
    assert names == [f"before-0.{number}.0-20260101-000000.cwbackup" for number in range(3)]
