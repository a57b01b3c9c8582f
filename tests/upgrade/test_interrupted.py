"""Upgrades that are killed, that start twice, or that meet a database from the future.

`later` is a room of a release that does not exist: it brings two changes of tables, whatever the
present release brings.
"""

import signal
import subprocess
from pathlib import Path

import pytest

from clusterwerk.config.upgrading import written
from clusterwerk.platform.postgres.client import Connection
from factories.facts import rows_of_tables, sums
from factories.releases import Old, facts_of
from factories.supervised import wait_until
from factories.upgrades import PREPARE, prepare, run, start

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]

LATER = {"DJANGO_SETTINGS_MODULE": "later_site", "CLUSTERWERK_ROLE": "owner"}
NEWER = """
insert into django_migrations (app, name, applied) values ('members', '9999_future', now())
"""
WAITING = """
select count(*) from pg_stat_activity
 where datname = current_database() and wait_event_type = 'Lock' and wait_event like %s
"""


def waits(connection: Connection, kind: str) -> bool:
    row = connection.execute(WAITING.encode(), [kind]).fetchone()
    return bool(row and row[0])


def applied(connection: Connection) -> list[tuple[str, str]]:
    return connection.execute("select app, name from django_migrations order by id").fetchall()


def preparing(present: Old, var: Path) -> "subprocess.Popen[str]":
    return start(present, var, *PREPARE, **LATER)


def test_an_upgrade_killed_in_the_middle_is_completed_by_the_next_start(
    present: Old, tmp_path: Path
) -> None:
    with present.connect() as connection:
        before = applied(connection)
        # The note of the first migration waits for this lock, inside the migration's transaction.
        with connection.transaction():
            connection.execute("lock table django_migrations in share mode")
            killed = preparing(present, tmp_path)
            with present.connect() as other:
                assert wait_until(lambda: waits(other, "relation"), 30)
            killed.kill()
            killed.communicate()
        assert applied(connection) == before
        prepare(present, tmp_path, **LATER)
        after = applied(connection)
        assert after[: len(before)] == before
        assert ("later", "0002_second") in after
        assert len(after) == len(set(after))
        assert sums(connection) == facts_of(present.release)["sums"]


def test_an_upgrade_killed_between_two_changes_goes_on_with_the_second(
    present: Old, tmp_path: Path
) -> None:
    with present.connect() as connection:
        connection.execute("create sequence later_second")  # the second change cannot be made
        code, said = run(present, tmp_path, *PREPARE, **LATER)
        assert code == 1, said
        assert ("later", "0001_first") in applied(connection)
        connection.execute("drop sequence later_second")
        prepare(present, tmp_path, **LATER)
        assert applied(connection).count(("later", "0001_first")) == 1
        assert ("later", "0002_second") in applied(connection)


def test_of_two_starts_one_upgrades_and_the_other_waits(present: Old, tmp_path: Path) -> None:
    with present.connect() as connection, present.connect() as other:
        with connection.transaction():
            connection.execute("lock table django_migrations in share mode")
            first = preparing(present, tmp_path / "one")
            assert wait_until(lambda: waits(other, "relation"), 30)
            second = preparing(present, tmp_path / "two")
            assert wait_until(lambda: waits(other, "advisory"), 30)
        said = [one.communicate(timeout=60)[0] for one in (first, second)]
        assert (first.returncode, second.returncode) == (0, 0), said
        assert applied(connection).count(("later", "0002_second")) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--workers", "1"),
        ("web", "--workers", "1"),
        ("worker",),
        ("upgrade",),
        ("people", "steward", "a@b.be", "--name", "A"),
    ],
)
def test_a_database_of_a_newer_program_is_refused_and_left_alone(
    present: Old, tmp_path: Path, words: tuple[str, ...]
) -> None:
    with present.connect() as connection:
        connection.execute(NEWER)
        connection.execute(written.statement("7.8.9").encode())
        before = rows_of_tables(connection), sums(connection)
        code, said = run(present, tmp_path, "clusterwerk.config", *words)
        assert code == 3, said
        sentence = next(line for line in said.splitlines() if line.startswith("clusterwerk: "))
        assert "written by a newer program: it has members.9999_future" in sentence
        assert "Install release 7.8.9" in sentence
        assert "Traceback" not in said
        assert (rows_of_tables(connection), sums(connection)) == before
        assert connection.execute(written.READ.encode()).fetchone() == (
            'clusterwerk {"release": "7.8.9"}',
        )


SERVING = [("serve", "--workers", "1"), ("web", "--workers", "1"), ("worker",)]


@pytest.mark.parametrize("words", SERVING)
def test_a_machine_that_does_not_know_the_owner_sends_to_the_one_that_does(
    present: Old, tmp_path: Path, words: tuple[str, ...]
) -> None:
    later = {"DJANGO_SETTINGS_MODULE": "later_site", "DATABASE_OWNER_URL": ""}
    with present.connect() as connection:
        before = applied(connection), rows_of_tables(connection)
        code, said = run(present, tmp_path, "clusterwerk.config", *words, **later)
        assert code == 3, said
        assert "clusterwerk_app may not change them" in said
        assert "Run `clusterwerk upgrade` on the machine" in said
        assert "Traceback" not in said
        assert (applied(connection), rows_of_tables(connection)) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_upgrade_that_is_stopped_by_a_person_says_how_to_go_on(
    present: Old, tmp_path: Path, number: signal.Signals
) -> None:
    words = ("clusterwerk.config", "upgrade", "--in-use", "--without-backup")
    with present.connect() as connection, present.connect() as other:
        before = applied(connection)
        with connection.transaction():
            connection.execute("lock table django_migrations in share mode")
            stopped = start(present, tmp_path, *words, **LATER)
            assert wait_until(lambda: waits(other, "relation"), 30)
            stopped.send_signal(number)
            said = stopped.communicate(timeout=60)[0]
        assert stopped.returncode == 1, said
        assert said.endswith("Stopped. Run it again: it goes on with the change it was at.\n")
        assert applied(connection) == before


@pytest.mark.parametrize("words", [*SERVING, ("demo", "load")])
def test_a_server_of_your_own_waits_for_the_upgrade_to_be_asked_for(
    present: Old, tmp_path: Path, words: tuple[str, ...]
) -> None:
    later = {"DJANGO_SETTINGS_MODULE": "later_site"}
    with present.connect() as connection:
        before = applied(connection), rows_of_tables(connection)
        code, said = run(present, tmp_path, "clusterwerk.config", *words, **later)
        assert code == 3, said
        assert "run `clusterwerk upgrade`" in said
        assert "Traceback" not in said
        assert (applied(connection), rows_of_tables(connection)) == before
