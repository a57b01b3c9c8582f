"""`clusterwerk serve` as a whole: it starts, recovers, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from clusterwerk.config.supervisor import prepared
from clusterwerk.platform.postgres import home, server
from clusterwerk.platform.postgres.address import embedded_settings
from clusterwerk.platform.postgres.client import connect, connect_with
from factories.supervised import ONE_PROCESS, Serve, page, processes, wait_until

APPLICATION = "clusterwerk_app"
pytestmark = pytest.mark.xdist_group("serve")  # one prepared folder for all


def number_of(var: Path, *words: str) -> int:
    """The process whose command holds all words; a parent before its child."""
    return min(
        number for number, line in processes(var).items() if all(word in line for word in words)
    )


def postmaster(var: Path) -> int:
    place = home.recorded(var)
    assert place
    return int((place.data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])


def test_a_second_start_prepares_nothing_again_and_answers_as_the_application_role(
    var: Path,
) -> None:
    serve = Serve(var)
    assert page(serve.address()) == APPLICATION
    assert "access rules" not in serve.said
    assert serve.end(signal.SIGINT) == 0
    assert "Everything is stopped." in serve.said
    assert processes(var) == {}


@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0])
def test_a_signal_while_it_starts_leaves_nothing(var: Path, seconds: float) -> None:
    serve = Serve(var)
    time.sleep(seconds)
    serve.end(signal.SIGTERM)
    assert processes(var) == {}


@pytest.mark.slow
def test_a_signal_amid_the_first_migrations_leaves_a_folder_that_starts(fresh_var: Path) -> None:
    serve = Serve(fresh_var)
    assert wait_until(lambda: any("preparing" in line for line in processes(fresh_var).values()), 9)
    time.sleep(1)
    serve.end(signal.SIGTERM)
    assert processes(fresh_var) == {}
    again = Serve(fresh_var)
    assert page(again.address()) == APPLICATION
    assert again.end() == 0


@pytest.mark.parametrize("words", [("granian",), ("supervisor.working",), ("supervisor.warden",)])
def test_a_process_that_is_killed_is_started_again(var: Path, words: tuple[str, ...]) -> None:
    serve = Serve(var)
    address = serve.address()
    killed = number_of(var, *words)
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: killed not in processes(var), 5)
    assert wait_until(lambda: any(words[0] in line for line in processes(var).values()), 10)
    assert wait_until(lambda: page(address) == APPLICATION, 10)
    assert serve.end() == 0


def test_a_web_process_that_is_killed_leaves_the_page_up(var: Path) -> None:
    serve = Serve(var, "--workers", "2")
    address = serve.address()
    main = number_of(var, "granian")
    child = next(n for n, line in processes(var).items() if "granian" in line and n != main)
    os.kill(child, signal.SIGKILL)
    assert wait_until(lambda: page(address) == APPLICATION, 5)
    assert number_of(var, "granian") == main
    assert serve.end() == 0


def test_a_database_that_is_killed_comes_back_with_what_was_written(var: Path) -> None:
    serve = Serve(var)
    address = serve.address()
    with connect_with(embedded_settings("owner", var)) as connection:
        connection.execute("create table if not exists kept as select 41 as value")
        connection.execute("update kept set value = value + 1")
        before = connection.execute("select value from kept").fetchone()
    os.kill(postmaster(var), signal.SIGKILL)
    assert wait_until(lambda: "started again" in _heard(serve), 30)
    assert wait_until(lambda: page(address) == APPLICATION, 15)
    with connect_with(embedded_settings("owner", var)) as connection:
        assert connection.execute("select value from kept").fetchone() == before
    assert serve.end() == 0


def _heard(serve: Serve) -> str:
    """One more line of what it says."""
    assert serve.process.stdout
    serve.said += serve.process.stdout.readline()
    return serve.said


def test_when_the_supervisor_is_killed_nothing_stays_and_the_next_start_serves(var: Path) -> None:
    serve = Serve(var)
    serve.address()
    serve.kill()
    again = Serve(var)
    assert page(again.address()) == APPLICATION
    assert again.end() == 0
    assert processes(var) == {}


def test_when_the_supervisor_is_killed_everything_ends_by_itself(var: Path) -> None:
    serve = Serve(var)
    serve.address()
    serve.kill()
    assert wait_until(lambda: not processes(var), 12), processes(var)


def test_a_second_serve_says_where_the_first_answers_and_ends(var: Path) -> None:
    first = Serve(var)
    address = first.address()
    second = Serve(var)
    assert second.end_by_itself() == 0
    assert f"already runs at {address}" in second.said
    assert page(address) == APPLICATION
    assert first.end() == 0


def test_of_two_starts_at_once_one_serves_and_the_other_says_where(var: Path) -> None:
    both = [Serve(var), Serve(var)]
    assert wait_until(lambda: any(one.process.poll() is not None for one in both), 20)
    ended, serving = sorted(both, key=lambda one: one.process.poll() is None)
    assert ended.end_by_itself() == 0
    assert f"already runs at {serving.address()}" in ended.said
    assert serving.end() == 0


def test_a_port_that_nobody_named_is_passed_over_when_it_is_taken_and_said(var: Path) -> None:
    with ExitStack() as held:
        with suppress(OSError):  # somebody else on this machine may have it already
            held.enter_context(socket.create_server(("127.0.0.1", 8000)))
        serve = Serve(var, *ONE_PROCESS)
        address = serve.address()
        assert "Port 8000 is taken; using " in serve.said
        assert address != "http://localhost:8000/"
        assert page(address) == APPLICATION
        assert serve.end() == 0


@pytest.mark.parametrize("named_by", ["option", "variable"])
def test_a_port_that_somebody_named_is_that_one_or_none(var: Path, named_by: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        if named_by == "option":
            serve = Serve(var, "--port", taken, *ONE_PROCESS)
        else:
            serve = Serve(var, *ONE_PROCESS, CLUSTERWERK_PORT=taken)
        assert serve.end_by_itself() == 3
    assert serve.said == f"clusterwerk: Cannot listen on 127.0.0.1: Port {taken} is taken.\n"
    assert processes(var) == {}


@pytest.mark.slow
def test_two_folders_are_served_side_by_side(var: Path, fresh_var: Path) -> None:
    subprocess.run(["cp", "-a", f"{var}/.", str(fresh_var)], check=True)
    one, other = Serve(var), Serve(fresh_var)
    here, there = one.address(), other.address()
    assert here != there
    assert [page(here), page(there)] == [APPLICATION] * 2
    assert one.end() == 0
    assert page(there) == APPLICATION
    assert other.end() == 0


def test_a_host_that_is_not_ours_is_refused_with_a_message(var: Path) -> None:
    serve = Serve(var, "--host", "192.0.2.1")
    assert serve.end_by_itself() == 3
    assert "Cannot listen on 192.0.2.1" in serve.said
    assert "Traceback" not in serve.said


@pytest.mark.slow
def test_a_server_of_your_own_is_used_and_none_is_started(
    fresh_var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = server.start(fresh_var, trial=True)
    url = f"postgresql://postgres@/own?host={quote(str(running.home.run))}"
    serve = Serve(tmp_path, DATABASE_URL=url)
    assert page(serve.address()) == APPLICATION
    assert not (tmp_path / "postgres" / "data").exists()
    assert serve.end() == 0
    monkeypatch.setenv("DATABASE_URL", url)
    with connect("owner", tmp_path) as connection:
        assert connection.info.dbname == "own"
        assert prepared.read(connection).keys() == {"database"}
    server.leave(running)
