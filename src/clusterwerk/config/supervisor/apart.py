"""The web server and the worker by themselves: on several machines, or as units of the system.

Each becomes the program that does the work (`exec`), so that whoever started it signals that
program itself and sees its exit code. The database is not started here: with the embedded server
`serve` or `clusterwerk database start` does that.
"""

import os
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from clusterwerk.config.supervisor import budget, children, ports, steps
from clusterwerk.config.supervisor.database import chosen
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.stopping import Wish
from clusterwerk.platform.postgres import server
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.locks import alone

PATIENCE = 300.0  # seconds for another start of the same folder that changes tables
LAST_REQUESTS = 20  # seconds in which requests under way may end after a signal to stop


def become_web(var: Path, *, host: str, port: int, processes: int, threads: int) -> NoReturn:
    """Serve pages until a signal; raises ServerError when something is not as needed."""
    _require_port(host, port)
    _prepare(var, budget.of_web(processes, threads))
    command = children.web_command(host, port, processes, threads, patience=LAST_REQUESTS)
    _become(command, children.environment(var, demo=False))


def become_worker(var: Path) -> NoReturn:
    """Do jobs until a signal; any number of workers share one queue."""
    _prepare(var, budget.of_workers(1))
    _become(children.worker_command(), children.environment(var, demo=False))


def _require_port(host: str, port: int) -> None:
    try:
        ports.require(host, port)
    except OSError as error:
        message = f"Cannot listen on {host}, port {port}: {error.strerror or error}"
        raise ServerError(message) from None


def _prepare(var: Path, need: budget.Need) -> None:
    """Bring the database to this version where the owner is known, and check what it allows."""
    if os.environ.get("DATABASE_URL", "").strip():
        chosen(var).up()
    elif not server.is_running(var):
        message = (
            f"The database of {var} does not run. Start it with `clusterwerk database start`, or "
            "set DATABASE_URL; `clusterwerk serve` starts everything by itself."
        )
        raise ServerError(message)
    with alone(var / "prepare.lock", wait=PATIENCE):
        steps.prepare(var, _screen(), Wish(), lambda _: None)
    budget.check(var, need)


def _screen() -> Screen:
    return Screen(Console(stderr=True, highlight=False, soft_wrap=True))


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    os.execve(command[0], command, environment)  # noqa: S606 - our own programs and words
