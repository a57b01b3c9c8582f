"""Ends what the supervisor started when the supervisor itself was killed.

It reads lines from its standard input, each the whole truth as JSON, and sees the end of input
when the supervisor is gone. After `{"done": true}` there is nothing to do. It imports next to
nothing before that moment: it waits for months and should weigh little.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from clusterwerk.config.supervisor import groups


class Warden:
    """The supervisor's end: keeps a warden alive and tells it what there is to end."""

    def __init__(self, var: Path, lock: int) -> None:
        """lock: handle of the lock on the place in `var`, which the warden holds as well."""
        self._var = var
        self._lock = lock
        self._truth: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def tell(self, **truth: Any) -> None:
        """groups: [[number, patience], ...] in the order of ending; database: is it ours."""
        if truth != self._truth or self._is_gone():
            self._truth = truth
            self._say()

    def dismiss(self) -> None:
        """Everything is ended; the warden goes."""
        self.tell(done=True)
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._process.wait()

    def _say(self) -> None:
        if self._process is None or self._is_gone():
            self._process = self._started()
        assert self._process.stdin, "started with a pipe"
        try:
            self._process.stdin.write(json.dumps(self._truth).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # died in this moment; the next call starts another

    def _is_gone(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__, str(self._var)],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=[self._lock],
        )


def watch(var: Path) -> None:
    """Read until the supervisor is gone, then end what it left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    truth: dict[str, Any] = {"done": True}
    for line in sys.stdin:
        truth = json.loads(line)
    if not truth.get("done"):
        _end(var, truth)


def _end(var: Path, truth: dict[str, Any]) -> None:
    for group, patience in truth["groups"]:
        groups.end(group, patience=patience)
    if truth["database"]:
        from clusterwerk.platform.postgres import server  # noqa: PLC0415 - see above

        server.stop_when_unused(var)


if __name__ == "__main__":
    os.chdir("/")
    watch(Path(sys.argv[1]))
