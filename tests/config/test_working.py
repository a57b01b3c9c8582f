"""The worker's own end; with a database in `tests/scale/test_worker_end.py`."""

import asyncio
import os
import signal
from collections.abc import Coroutine, Iterator
from typing import Any, cast

import pytest
from procrastinate import App
from psycopg import OperationalError

from clusterwerk.config.supervisor import working


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Seconds that the kernel was asked for; handlers stand afterwards as before."""
    asked: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
    before = {number: signal.getsignal(number) for number in numbers}
    monkeypatch.setattr(signal, "alarm", asked.append)
    yield asked
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_between_two_connections_ends_the_worker(
    monkeypatch: pytest.MonkeyPatch, alarms: list[int]
) -> None:
    tries: list[str] = []

    def lose(work: Coroutine[Any, Any, None]) -> None:
        work.close()
        tries.append("lost")
        os.kill(os.getpid(), signal.SIGTERM)
        raise OperationalError("the server is gone")

    monkeypatch.setattr(asyncio, "run", lose)
    monkeypatch.setattr(working, "PAUSE", 0.0)
    working.Worker(cast("App", None)).work()
    assert (tries, alarms) == (["lost"], [working.LAST])
