"""What the supervisor tells systemd."""

import socket
from pathlib import Path

import pytest

from clusterwerk.config.supervisor import notify


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(tmp_path / "notify"))
    listener.settimeout(5)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    return listener


def test_readiness_and_the_end_are_told(told: socket.socket) -> None:
    notify.ready("http://localhost:8000/")
    notify.stopping()
    assert told.recv(200) == b"READY=1\nSTATUS=Serving at http://localhost:8000/"
    assert told.recv(200) == b"STOPPING=1\nSTATUS=Stopping"
    told.close()


def test_nobody_who_listens_is_no_error(
    told: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.close()
    notify.ready("http://localhost:8000/")
    monkeypatch.delenv("NOTIFY_SOCKET")
    notify.stopping()
