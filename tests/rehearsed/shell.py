"""A person's shell: what one block sets, the next one knows; whatever it started can be ended."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from newcomer import BrokenPromise, clean_environment, left_running

LIMIT = 300.0  # seconds for one block
PATIENCE = 20.0  # seconds for an orderly end
KEEP = "{{ export -p; declare -f; }} > {state}"
ELSEWHERE = Path("/var/lib/clusterwerk")  # where root's data go when `postgres` cannot reach them


class Shell:
    """Blocks of commands, run one after the other in `place`, each by a bash of its own."""

    def __init__(self, place: Path, programs: Path) -> None:
        self.place = place
        self.environment = clean_environment()
        self.environment["PATH"] = f"{self.environment.get('PATH', os.defpath)}:{programs}"
        self.groups: list[int] = []
        self._state = place.with_name("state.sh")
        self._state.touch()

    def run(self, commands: str) -> str:
        """What was said; BrokenPromise with it when a command fails."""
        said = self.place.with_name("said.txt")
        with said.open("wb") as output:
            process = subprocess.Popen(
                ["bash", "-c", self._whole(commands)],
                cwd=self.place,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self.groups.append(process.pid)
            code = process.wait(LIMIT)
        text = said.read_text("utf-8", "replace")
        if code:
            raise BrokenPromise(f"exit code {code} of\n{commands}\n{text}{self._log()}")
        return text

    def _whole(self, commands: str) -> str:
        keep = KEEP.format(state=self._state)
        return f"set -euo pipefail\n. {self._state}\n{commands}\n{keep}"

    def _log(self) -> str:
        log = self.place / "serve.log"
        return f"serve.log:\n{log.read_text('utf-8', 'replace')}" if log.exists() else ""

    def end(self) -> None:
        """End what still runs, in order when it can, and remove what lies elsewhere."""
        self._signal(signal.SIGTERM, signal.SIGINT)
        until = time.monotonic() + PATIENCE
        while left_running(self.place) and time.monotonic() < until:
            time.sleep(0.2)
        self._signal(signal.SIGKILL, signal.SIGQUIT)
        for note in self.place.rglob("postgres/home.txt"):
            folder = Path(note.read_text("utf-8").strip())
            if folder.parent == ELSEWHERE:
                shutil.rmtree(folder, ignore_errors=True)

    def _signal(self, to_group: int, to_database: int) -> None:
        for group in self.groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, to_group)
        for file in self.place.rglob("data/postmaster.pid"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                os.kill(int(file.read_text("utf-8").splitlines()[0]), to_database)
