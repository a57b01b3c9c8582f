"""The database as the supervisor sees it: brought up, looked after, let go."""

import os
import time
from pathlib import Path
from typing import Protocol

from clusterwerk.platform.postgres import control, remote, server
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.server import Running

LOOK = 0.5  # seconds between two looks at the server's process
RETRY = 5.0  # seconds after a start that failed


class Database(Protocol):
    """What both kinds can do."""

    ours: bool

    def up(self) -> None: ...

    def tend(self) -> str | None:
        """Look after it once; a sentence when something happened."""

    def down(self) -> None: ...


class Embedded:
    """The server in `var`, started by whoever needs it first."""

    ours = True

    def __init__(self, var: Path) -> None:
        self._var = var
        self._running: Running | None = None
        self._next_look = 0.0

    def up(self) -> None:
        self._running = server.start(self._var)

    def tend(self) -> str | None:
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + LOOK
        if self._running is None or control.is_alive(self._running.home):
            return None
        return self._again(self._running)

    def down(self) -> None:
        if self._running is not None:
            server.leave(self._running)
            self._running = None

    def _again(self, before: Running) -> str:
        try:
            self._running = server.start(self._var)
        except ServerError as error:
            self._next_look = time.monotonic() + RETRY
            return f"The database ended and does not start; trying again. {error}"
        before.use.drop()
        return "The database had ended and was started again."


class Own:
    """The server of DATABASE_URL: prepared and checked, never started or stopped."""

    ours = False

    def __init__(self, var: Path) -> None:
        self._var = var

    def up(self) -> None:
        remote.prepare(self._var)

    def tend(self) -> str | None:
        return None

    def down(self) -> None:
        return None


def chosen(var: Path) -> Database:
    return Own(var) if os.environ.get("DATABASE_URL", "").strip() else Embedded(var)
