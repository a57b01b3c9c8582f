"""The worker: takes jobs out of the database and runs them, until it is asked to end.

Run as `python -m clusterwerk.config.supervisor.working`, by the supervisor or by `clusterwerk
worker`. A job in progress gets GRACE seconds, is then asked to give up, and is noted as aborted.
After LAST seconds the kernel ends the worker whatever it waits for, and what it did not note is
taken up by another, as after a kill. While the database is away the worker waits for it. Behind a
pooler nobody can listen, so the queue is asked every POLLING seconds instead.
"""

import asyncio
import logging
import signal
import time
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procrastinate import App

GRACE = 3.0
LAST = 8  # seconds after a signal; noting the end of a job on a lost line alone may wait for 30
POLLING = 1.0
PAUSE = 1.0  # seconds before the next try while the database is away


class Worker:
    """One worker that outlives its connections; a signal ends it."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self._asked_to_end = False
        self._task: asyncio.Task[None] | None = None

    def work(self) -> None:
        """Until a signal; raises nothing for a database that is away."""
        from procrastinate.exceptions import ConnectorException  # noqa: PLC0415 - see `main`
        from psycopg import OperationalError  # noqa: PLC0415 - the same

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self._asked_to_end:
            try:
                asyncio.run(self._until_lost())
            except asyncio.CancelledError:
                return
            except (ConnectorException, OperationalError) as error:
                logging.warning("The database is away: %s", _first_line(error))
                time.sleep(PAUSE)

    async def _until_lost(self) -> None:
        """Work until a signal (cancelled) or until the connections are lost (returns or raises)."""
        from procrastinate.contrib.django.django_connector import (  # noqa: PLC0415 - see `main`
            DjangoConnector,
        )

        from clusterwerk.platform.postgres.address import is_pooled  # noqa: PLC0415 - the same

        self._task = asyncio.current_task()
        if self._asked_to_end:
            return
        connector = self._app.connector
        assert isinstance(connector, DjangoConnector), "what procrastinate's Django app sets up"
        with self._app.replace_connector(connector.get_worker_connector()):
            async with self._app.open_async():
                await self._app.run_worker_async(
                    shutdown_graceful_timeout=GRACE,
                    install_signal_handlers=False,
                    listen_notify=not is_pooled(),
                    fetch_job_polling_interval=POLLING if is_pooled() else 5.0,
                )

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        """Not left to the loop: between two of them it would forget the signal.

        The alarm is the kernel's: no thread, lock or line can keep it from coming.
        """
        if self._asked_to_end:
            return
        self._asked_to_end = True
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LAST)
        loop = self._task.get_loop() if self._task else None
        if self._task and loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._task.cancel)


def main() -> None:
    import django  # noqa: PLC0415 - `children` reads GRACE and must not load Django

    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs the line before

    _quiet()
    Worker(app).work()


def _first_line(error: BaseException) -> str:
    said = str(error.__cause__ or error).strip().splitlines()
    return said[0] if said else type(error).__name__


def _quiet() -> None:
    """One line, not pages, while the database is away."""
    logging.basicConfig(format="worker: %(message)s", level=logging.WARNING)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    logging.getLogger().handlers[0].addFilter(_without_traceback_of_lost_connections)


def _without_traceback_of_lost_connections(record: logging.LogRecord) -> bool:
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415 - see `main`

    if record.exc_info and isinstance(record.exc_info[1], ConnectorException):
        record.msg, record.args, record.exc_info = "The database is away.", (), None
    return True


if __name__ == "__main__":
    main()
