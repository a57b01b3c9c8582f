"""A worker process of its own on the database of the tests, with jobs that say where they are.

Run as `python -m factories.trial_worker`. A job writes the points it passes into a log, and waits
at the one that the test named in the folder, so that the test can kill it exactly there.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

from factories.supervised import wait_until

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "TRIAL_FOLDER"
DATABASE = "TRIAL_DATABASE"


def reach(point: str) -> None:
    """Note the point; wait there for ever when the test wants it, but only the first time."""
    folder = Path(os.environ[FOLDER])
    with (folder / "log").open("a") as log:
        log.write(f"{point}\n")
    gate = folder / f"stop at {point}"
    while gate.exists():
        time.sleep(0.02)


class TrialWorker:
    """One worker process, as the test sees it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
            "DJANGO_SETTINGS_MODULE": "trial_settings",
            FOLDER: str(folder),
            DATABASE: str(connection.settings_dict["NAME"]),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "factories.trial_worker", *words], env=environment, cwd=ROOT
        )

    def wait_for(self, point: str) -> None:
        assert wait_until(lambda: point in points(self.folder), 40), points(self.folder)

    def kill(self) -> None:
        """As the system kills when memory is short."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """As the supervisor asks; how it ended."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.kill()


def points(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def main() -> None:
    import django  # noqa: PLC0415 - the test names the settings

    django.setup()
    connection.settings_dict["NAME"] = os.environ[DATABASE]
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs the line before
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415

    import factories.trial_jobs  # noqa: F401, PLC0415 - declares the jobs

    if "each-second" not in sys.argv:
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


if __name__ == "__main__":
    main()
