"""The small pieces of the supervisor, each by itself."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from clusterwerk.config.doctor import machine
from clusterwerk.config.supervisor import digest, groups, ports, task
from clusterwerk.config.supervisor.child import Child
from clusterwerk.config.supervisor.once import Place
from clusterwerk.config.supervisor.stopping import Stopped, Wish
from clusterwerk.platform.postgres.errors import ServerError
from factories.supervised import wait_until

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(60)
"""
FAMILY = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(60)
"""


def child(code: str, patience: float = 5) -> Child:
    return Child("child", [sys.executable, "-c", code], os.environ, patience=patience)


def test_a_child_that_dies_is_started_again_after_a_growing_pause() -> None:
    one = child("raise SystemExit(7)")
    one.start()
    said: list[str] = []

    def twice_dead() -> bool:
        said.extend(filter(None, [one.tend()]))
        return len(said) == 3

    assert wait_until(twice_dead, 10)
    assert said == [
        "The child ended with code 7; starting it again in 0.5 s.",
        "The child was started again.",
        "The child ended with code 7; starting it again in 1 s.",
    ]


def test_a_child_that_does_not_listen_is_killed_when_patience_ends() -> None:
    one = child(DEAF, patience=0.5)
    one.start()
    time.sleep(0.3)
    group = one.group
    start = time.monotonic()
    one.stop()
    assert time.monotonic() - start < 2
    assert group
    assert not groups.lives(group)


def test_stopping_a_child_ends_its_children() -> None:
    one = child(FAMILY)
    one.start()
    time.sleep(0.3)
    group = one.group
    one.stop()
    assert group
    assert wait_until(lambda: not groups.lives(group), 2)


def test_a_reserved_port_is_refused_to_others_and_open_to_the_web_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        first = other.getsockname()[1]
        one = ports.reserve("127.0.0.1", first)
        two = ports.reserve("127.0.0.1", first)
        assert first < one.number < two.number
    web = socket.socket()
    web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    web.bind(("127.0.0.1", one.number))
    web.listen()
    socket.create_connection(("127.0.0.1", one.number), timeout=2).close()
    web.close()
    one.release()
    two.release()


def test_a_place_is_held_once_and_tells_the_address(tmp_path: Path) -> None:
    one, other = Place(tmp_path), Place(tmp_path)
    assert one.take()
    assert not other.take()
    assert other.other() is None
    one.announce("http://localhost:8000/")
    found = other.other()
    assert found
    assert (found.pid, found.address) == (os.getpid(), "http://localhost:8000/")
    one.leave()
    assert other.take()
    other.leave()


def test_a_task_that_fails_says_what_it_said() -> None:
    with pytest.raises(ServerError, match=r"no_such_module failed:\n.*No module named"):
        task.run(["no_such_module"], os.environ, Wish(), lambda _: None)


def test_a_task_is_ended_when_somebody_wants_to_stop() -> None:
    wish, told = Wish(), list[int]()

    def announce(group: int) -> None:
        told.append(group)
        wish.count = 1

    with pytest.raises(Stopped):
        task.run(["http.server", "0"], os.environ, wish, announce)
    assert not groups.lives(told[0])


def test_a_second_signal_is_urgent() -> None:
    wish = Wish()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    hangup = signal.getsignal(signal.SIGHUP)
    wish.listen()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(0.05)
    assert (wish.stop, wish.urgent) == (True, False)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(0.05)
    assert wish.urgent
    for number, handler in [*before.items(), (signal.SIGHUP, hangup)]:
        signal.signal(number, handler)


def test_a_changed_migration_changes_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = tmp_path / "members" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("one", "utf-8")
    monkeypatch.setattr(digest, "SOURCE", tmp_path)
    before = digest.of_database()
    assert digest.of_database() == before
    migration.write_text("two", "utf-8")
    assert digest.of_database() != before


def test_an_old_python_and_a_wrong_clock_fail() -> None:
    assert machine.python((3, 10)).state == "fail"
    assert machine.python((3, 11)).state == "ok"
    assert machine.clock(0.0).state == "fail"
    assert "1970-01-01" in machine.clock(0.0).message
