"""One process that must live: started in a session of its own, started again when it dies."""

import subprocess
import time
from collections.abc import Callable, Mapping

from clusterwerk.config.supervisor import groups

FIRST_PAUSE = 0.5  # seconds before the first restart; doubled for each further one
LONGEST_PAUSE = 30.0
HEALTHY = 60.0  # seconds of life after which earlier deaths are forgotten


class Child:
    """A command with its process, its deaths and the moment of its next start."""

    def __init__(
        self, name: str, command: list[str], environment: Mapping[str, str], *, patience: float
    ) -> None:
        """patience: seconds that it gets to end by itself before its group is killed."""
        self.name = name
        self.command = command
        self.environment = environment
        self.patience = patience
        self.deaths = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._next_start = 0.0

    @property
    def group(self) -> int | None:
        return self.process.pid if self.process else None

    def start(self) -> None:
        self._started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - the supervisor's own commands
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def tend(self) -> str | None:
        """Look after it once; a sentence when it died or was started again."""
        if self.process is None:
            return self._start_when_due()
        code = self.process.poll()
        return None if code is None else self._note_death(code)

    def stop(self, urgent: Callable[[], bool] = lambda: False) -> None:
        if self.process is not None:
            groups.end(self.process.pid, patience=self.patience, urgent=urgent)
            self.process.wait()
            self.process = None

    def _note_death(self, code: int) -> str:
        assert self.process is not None, "only a process dies"
        # The leader is gone; what it had started may still hold the port or a job.
        groups.kill(self.process.pid)
        self.process = None
        if time.monotonic() - self._started > HEALTHY:
            self.deaths = 0
        pause = min(FIRST_PAUSE * 2**self.deaths, LONGEST_PAUSE)
        self.deaths += 1
        self._next_start = time.monotonic() + pause
        return f"The {self.name} ended with code {code}; starting it again in {pause:g} s."

    def _start_when_due(self) -> str | None:
        if time.monotonic() < self._next_start:
            return None
        self.start()
        return f"The {self.name} was started again."
