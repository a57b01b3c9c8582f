"""`clusterwerk serve` as a process of its own, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

BARE = Path(__file__).parent.parent / "config" / "bare"
# A web process that is still loading when it is asked to end takes three seconds to do so.
ONE_PROCESS = ("--workers", "1")
READY = re.compile(r"ready at (\S+)")


class Serve:
    """One `clusterwerk serve` and what it said."""

    def __init__(self, var: Path, *words: str, **environment: str) -> None:
        self.var = var
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clusterwerk.config", "serve", *(words or ONE_PROCESS)],
            env=environment_of(var) | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )

    def address(self) -> str:
        """Wait until it says where it answers; fails with what it said when it ends before."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            found = READY.search(line)
            if found:
                return found.group(1)
        raise AssertionError(self.said)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal it as a terminal does, the whole group, and wait."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode

    def end_by_itself(self) -> int:
        self.said += self.process.communicate(timeout=60)[0]
        return self.process.returncode

    def kill(self) -> None:
        """As the system kills: this process alone."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


def environment_of(var: Path) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("CLUSTERWERK")}
    kept.pop("DATABASE_URL", None)
    path = os.pathsep.join([str(BARE), *filter(None, [kept.get("PYTHONPATH")])])
    own = {"CLUSTERWERK_VAR": str(var), "DJANGO_SETTINGS_MODULE": "bare_site", "PYTHONPATH": path}
    return kept | own


def processes(var: Path) -> dict[int, str]:
    """Number and command of every process that works for this folder."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            ours = str(var) in words or str((entry / "cwd").readlink()).startswith(str(var))
            ours = ours or f"CLUSTERWERK_VAR={var}".encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        if ours and words and int(entry.name) != os.getpid():
            found[int(entry.name)] = words
    return found


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def page(address: str) -> str:
    """The home page; empty while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, OSError):
        return ""
