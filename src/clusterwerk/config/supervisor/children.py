"""The two processes that live as long as `serve`: their commands and their environment."""

import os
import sys
from pathlib import Path

from clusterwerk.config.supervisor import working
from clusterwerk.config.supervisor.child import Child
from clusterwerk.platform.postgres.client import application_url

KILL_TIMEOUT = 3  # seconds that granian gives its processes; without a limit it may wait for ever


def environment(var: Path, *, demo: bool, owner: bool = False) -> dict[str, str]:
    """The environment of a child; only one that works as the owner learns how to become it."""
    found = {"DJANGO_SETTINGS_MODULE": "clusterwerk.config.settings", **os.environ}
    found |= {"CLUSTERWERK_VAR": str(var), "CLUSTERWERK_ROLE": "owner" if owner else "app"}
    if demo:
        found["CLUSTERWERK_DEMO"] = "yes"
    if not owner and found.get("DATABASE_URL", "").strip():
        found["DATABASE_URL"] = application_url(var)
        found.pop("DATABASE_OWNER_URL", None)
    return found


def web_command(
    host: str, port: int, processes: int, threads: int, *, patience: int = KILL_TIMEOUT
) -> list[str]:
    """patience: seconds for requests under way after a signal to stop."""
    command = [sys.executable, "-m", "granian", "clusterwerk.config.wsgi:application"]
    command += ["--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(processes), "--workers-kill-timeout", str(patience)]
    command += ["--blocking-threads", str(threads), "--backpressure", str(threads * 16)]
    command += ["--respawn-failed-workers", "--log-level", "warning", "--no-access-log", "--no-ws"]
    return command


def worker_command() -> list[str]:
    return [sys.executable, "-m", working.__name__]


def web(host: str, port: int, processes: int, threads: int, settings: dict[str, str]) -> Child:
    command = web_command(host, port, processes, threads)
    return Child("web server", command, settings, patience=KILL_TIMEOUT + 2)


def worker(settings: dict[str, str], number: int = 0) -> Child:
    name = f"worker {number + 1}" if number else "worker"
    return Child(name, worker_command(), settings, patience=working.GRACE + 3)
