"""Locks between processes; the system drops them when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clusterwerk.platform.postgres.errors import ServerError

PAUSE = 0.05


class Lock:
    """An advisory lock on a file, held alone or shared with others."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def alone(self) -> bool:
        """Take it alone; False when somebody else holds it in any way."""
        return self._take(fcntl.LOCK_EX)

    def shared(self) -> bool:
        """Take it beside others; False when somebody holds it alone."""
        return self._take(fcntl.LOCK_SH)

    def drop(self) -> None:
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None

    def _take(self, kind: int) -> bool:
        assert self.handle is not None, "the lock was dropped"
        try:
            fcntl.flock(self.handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock alone; ServerError when others keep it for longer than `wait` seconds."""
    lock = Lock(path)
    try:
        end = time.monotonic() + wait
        while not lock.alone():
            if time.monotonic() > end:
                message = f"Another start or stop holds {path} for more than {wait:.0f} s."
                raise ServerError(message)
            time.sleep(PAUSE)
        yield
    finally:
        lock.drop()
