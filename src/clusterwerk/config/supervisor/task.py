"""A command that runs to its end while the supervisor stays able to stop it."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from clusterwerk.config import exits
from clusterwerk.config.supervisor import groups
from clusterwerk.config.supervisor.stopping import Wish
from clusterwerk.platform.postgres.errors import ServerError

PATIENCE = 5.0  # seconds a stopped task gets to roll back


def run(
    words: list[str],
    environment: Mapping[str, str],
    wish: Wish,
    announce: Callable[[int], None],
) -> None:
    """Run `python -m words`; ServerError with what it said when it fails, Stopped when asked to.

    A task that ends with exits.ENVIRONMENT has said, in its last line, a sentence for a person.
    announce: is told the process group, so that a warden can end it.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *words],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        announce(process.pid)
        with _ended(process):
            while process.poll() is None:
                wish.pause(0.05)
        if process.returncode:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            if process.returncode == exits.ENVIRONMENT and lines:
                raise ServerError(lines[-1])
            raise ServerError(f"{' '.join(words)} failed:\n" + "\n".join(lines[-25:]))


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens inside, the process and its family do not outlive the block."""
    try:
        yield
    finally:
        if process.poll() is None:
            groups.end(process.pid, patience=PATIENCE)
            process.wait()
