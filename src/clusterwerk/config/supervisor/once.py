"""One `serve` for each `var`: who has the lock serves, who has not is told the address.

The warden holds the same lock, so that after a kill -9 a new start waits until the old processes
are gone.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from clusterwerk.platform.postgres.locks import Lock


@dataclass(frozen=True)
class Serving:
    """A server that answers: the process that looks after it, and its address."""

    pid: int
    address: str


class Place:
    """The place in `var` that only one `serve` can hold."""

    def __init__(self, var: Path) -> None:
        self._record = var / "serve.json"
        self.lock = Lock(var / "serve.lock")

    def take(self) -> bool:
        """Take the place; False when another serve, or its warden, holds it."""
        if not self.lock.alone():
            return False
        self._record.unlink(missing_ok=True)
        return True

    def announce(self, address: str) -> None:
        """Write down the address for whoever starts a second time."""
        new = self._record.with_suffix(".new")
        new.write_text(json.dumps(asdict(Serving(os.getpid(), address))), "utf-8")
        new.replace(self._record)

    def other(self) -> Serving | None:
        """The serve that holds the place and answers; None while it starts or is cleared away."""
        try:
            found = Serving(**json.loads(self._record.read_text("utf-8")))
        except FileNotFoundError:
            return None
        return found if _lives(found.pid) else None

    def leave(self) -> None:
        self._record.unlink(missing_ok=True)
        self.lock.drop()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
