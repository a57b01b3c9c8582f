"""A worker process of its own on the database of the tests, with jobs that say where they are.

A job writes the points it passes into a log, and waits at the one that the test named in the
folder, so that the test can kill it exactly there. Workers are forked from a process that has
loaded the program and has connected to nothing, because loading takes longer than most tests.
"""

import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from django.db import connection

from factories.supervised import wait_until

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "TRIAL_FOLDER"
DATABASE = "TRIAL_DATABASE"
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["pytest", "factories.trial_loaded"])


def reach(point: str) -> None:
    """Note the point; wait there for ever when the test wants it, but only the first time."""
    folder = Path(os.environ[FOLDER])
    with (folder / "log").open("a") as log:
        log.write(f"{point}\n")
    gate = folder / f"stop at {point}"
    while gate.exists():
        time.sleep(0.02)


def forked(target: Callable[..., None], *facts: object) -> ForkServerProcess:
    """A process that does this; the one from which it is forked starts with the first."""
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT / 'tests'}"  # it knows no other way
    try:
        ensure_running()
    finally:
        os.environ["PYTHONPATH"] = before
    process = _CONTEXT.Process(target=target, args=facts, daemon=True)
    process.start()
    return process


class TrialWorker:
    """One worker process, as the test sees it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self.process = forked(work, str(folder), str(connection.settings_dict["NAME"]), *words)

    def wait_for(self, point: str) -> None:
        assert wait_until(lambda: point in points(self.folder), 40), points(self.folder)

    def kill(self) -> None:
        """As the system kills when memory is short."""
        self.process.kill()
        self.process.join()

    def end(self) -> int | None:
        """As the supervisor asks; how it ended, or nothing when it did not."""
        self.process.terminate()
        try:
            return self.ended()
        finally:
            self.kill()

    def ended(self) -> int | None:
        """How it ended, once it has."""
        self.process.join(30)
        return self.process.exitcode


def points(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def work(folder: str, database: str, *words: str) -> None:
    """In the forked process: take up jobs until it is ended."""
    os.environ[FOLDER] = folder
    connection.settings_dict["NAME"] = database
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs the program loaded
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415

    import factories.trial_loaded  # noqa: PLC0415, F401 - loaded before, if all went well

    if "each-second" not in words:
        app.periodic_registry.periodic_tasks.clear()
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()):
        reach("ready")
        app.run_worker(
            shutdown_graceful_timeout=0.5,
            fetch_job_polling_interval=0.2,
            update_heartbeat_interval=0.5,
            concurrency=2,
        )
