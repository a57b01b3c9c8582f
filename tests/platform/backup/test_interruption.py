"""Processes that die and disks that fill up leave nothing behind that looks like a back-up."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pyrage
import pytest

from clusterwerk.platform.backup import filestore, work
from clusterwerk.platform.backup.encryption import Key, Lock, sealed
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.making import make
from clusterwerk.platform.backup.restoring import restore
from clusterwerk.platform.postgres import home, server
from clusterwerk.platform.postgres.binaries import on_debian
from clusterwerk.platform.postgres.client import connect, connect_with
from clusterwerk.platform.postgres.errors import ServerError
from factories.backups import Stand
from factories.supervised import wait_until

Empty = Callable[[], Stand]

MAKE = """
from pathlib import Path
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.making import make
make(Installation(Path({var!r}), Path({var!r}) / "files", "0.1.0"), Path({target!r}))
"""
# Stops between the comparison and the commit, and says so.
RESTORE = """
import sys, time
from pathlib import Path
from clusterwerk.platform.backup import restoring
from clusterwerk.platform.backup.encryption import Key
from clusterwerk.platform.backup.installation import Installation
def stop(*_):
    print("compared", flush=True)
    time.sleep(600)
restoring._put_files = stop
installation = Installation(Path({var!r}), Path({var!r}) / "files", "0.1.0")
restoring.restore(installation, Path({source!r}), Key(), known=set())
"""


def started(script: str, stand: Stand) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env={**stand.old.environment(stand.var), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()


def waits_for_a_table(stand: Stand) -> bool:
    """Whether a pg_dump stands still before the table that we hold."""
    with stand.connect() as connection:
        row = connection.execute(
            "select count(*) from pg_stat_activity where application_name in"
            " ('clusterwerk backup', 'clusterwerk') and wait_event_type = 'Lock'"
            " and datname = current_database()"
        ).fetchone()
    return bool(row and row[0])


def test_a_killed_back_up_leaves_no_file_of_its_name_and_the_next_one_works(
    kept_source: Stand, source: Installation, tmp_path: Path
) -> None:
    target = tmp_path / "one.cwbackup"
    with kept_source.connect() as holder, holder.transaction():
        holder.execute("lock table note in access exclusive mode")
        process = started(MAKE.format(var=str(source.var), target=str(target)), kept_source)
        assert wait_until(lambda: waits_for_a_table(kept_source), 30)
        killed(process)
    assert list(tmp_path.iterdir()) == []
    assert [path.name for path in (source.var / "backups").glob("work-*")] != []
    assert wait_until(lambda: not waits_for_a_table(kept_source), 30)
    made = make(source, target)
    assert made.manifest.rows > 1000
    assert list((source.var / "backups").glob("work-*")) == []


def test_a_restore_killed_before_its_end_leaves_an_empty_installation_to_repeat_it_in(
    kept_source: Stand, source: Installation, empty: Empty, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "one.cwbackup")
    target = empty()
    installation = target.point()
    process = started(RESTORE.format(var=str(target.var), source=str(made.file)), target)
    assert process.stdout
    assert process.stdout.readline() == "compared\n"
    killed(process)
    assert wait_until(lambda: not _connected(target), 30)
    assert target.is_empty()
    restore(installation, made.file, Key(), known=set())
    assert target.contents() == kept_source.contents()


def _connected(stand: Stand) -> bool:
    with stand.connect() as connection:
        row = connection.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid()"
        ).fetchone()
    return bool(row and row[0])


def test_a_store_that_refuses_files_takes_the_rows_back_too(
    kept_source: Stand,
    source: Installation,
    empty: Empty,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = make(source, tmp_path / "one.cwbackup")
    target = empty()

    def put_back(source: Path, name: str, files: Path) -> None:
        if name.startswith("cd"):
            raise OSError(28, "No space left on device")
        put(source, name, files)

    put = filestore.put_back
    with monkeypatch.context() as patch:
        patch.setattr(filestore, "put_back", put_back)
        with pytest.raises(ServerError, match="is full"):
            restore(target.point(), made.file, Key(), known=set())
    assert target.is_empty()
    assert len(filestore.stands(target.files)) == 1
    restore(target.point(), made.file, Key(), known=set())
    assert target.contents() == kept_source.contents()


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """As on a full disk: no file of this process, or of those it starts, may grow further."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("lock", [Lock(), Lock(recipients=("own",))], ids=["clear", "encrypted"])
def test_a_full_disk_is_said_and_no_file_remains(tmp_path: Path, lock: Lock) -> None:
    if lock.recipients:
        lock = Lock(recipients=(str(pyrage.x25519.Identity.generate().to_public()),))
    target = tmp_path / "one.cwbackup"
    with (
        files_up_to(100_000),
        pytest.raises(ServerError, match="is full"),
    ):
        _write_a_megabyte(target, lock)
    assert list(tmp_path.iterdir()) == []


def _write_a_megabyte(target: Path, lock: Lock) -> None:
    with work.written(target) as file, sealed(file, lock) as stream:
        for _ in range(100):
            stream.write(os.urandom(10_000))


def test_a_disk_that_is_full_for_the_dump_leaves_nothing(
    source: Installation, tmp_path: Path
) -> None:
    with files_up_to(50_000), pytest.raises(ServerError):
        make(source, tmp_path / "one.cwbackup")
    assert list(tmp_path.iterdir()) == []
    assert list((source.var / "backups").glob("work-*")) == []
    assert not (source.files / ".backup").exists()


@pytest.mark.slow
@pytest.mark.skipif(not on_debian(15), reason="PostgreSQL 15 of Debian is not installed")
def test_a_round_trip_on_postgresql_15_with_roles_of_ones_own(
    tmp_path: Path, trial_folder: Path, empty: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No superuser, passwords, other names; 15 to 15, and 15 to the server of the tests."""
    folder = on_debian(15)
    assert folder
    monkeypatch.setenv("CLUSTERWERK_PG_BIN", str(folder))
    running = server.start(trial_folder, trial=True)
    try:
        _own_roles(trial_folder)
        url = f"postgresql://{{}}:secret@/{{}}?host={quote(str(running.home.run))}"
        monkeypatch.setenv("DATABASE_URL", url.format("clerk", "before"))
        monkeypatch.setenv("DATABASE_OWNER_URL", url.format("boss", "before"))
        source = Installation(tmp_path / "before", tmp_path / "before" / "files", "0.1.0")
        with source.connect() as connection:
            connection.execute("create extension btree_gist; create schema access")
            connection.execute(
                "create table thing as select n as id, daterange(null, current_date + n) as during,"
                " n / 3.0::float8 as part from generate_series(1, 5000) n"
            )
            connection.execute("alter table thing enable row level security")
            connection.execute("create policy p on thing for select to clerk using (id < 10)")
            connection.execute("create table django_migrations (id int, app text, name text)")
        made = make(source, tmp_path / "one.cwbackup")
        assert (made.manifest.server, made.manifest.dumped_with) == (15, 15)
        monkeypatch.setenv("DATABASE_URL", url.format("clerk", "after"))
        monkeypatch.setenv("DATABASE_OWNER_URL", url.format("boss", "after"))
        target = Installation(tmp_path / "after", tmp_path / "after" / "files", "0.1.0")
        restore(target, made.file, Key(), known=set())
        with target.connect() as connection:
            row = connection.execute("select count(*), max(part) from thing").fetchone()
            assert row == (5000, 5000 / 3.0)
            assert connection.execute("select polname from pg_policy").fetchall() == [("p",)]
        monkeypatch.setenv("CLUSTERWERK_PG_BIN", "")
        newer = empty()
        restore(newer.point(), made.file, Key(), known=set())
        assert newer.contents() == made.manifest.tables
    finally:
        server.stop(trial_folder)


def _own_roles(var: Path) -> None:
    place = home.recorded(var)
    assert place
    with connect("owner", var) as connection:
        settings = {"HOST": str(place.run), "USER": "postgres", "NAME": "postgres", "OPTIONS": {}}
        assert connection.info.server_version // 10_000 == 15
    with connect_with(settings) as connection:
        for role in ("boss", "clerk"):
            connection.execute(f"create role {role} login password 'secret'".encode())
        for name in ("before", "after"):
            connection.execute(f"create database {name} owner boss template template0".encode())
        (place.data / "pg_hba.conf").write_text(
            "local all postgres peer map=clusterwerk\nlocal all all scram-sha-256\n", "utf-8"
        )
        connection.execute("select pg_reload_conf()")
