"""Taking up what a dead worker left, without waiting half a minute for it to count as dead."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from django.db import connection
from procrastinate import JobContext

from clusterwerk.platform import jobs
from clusterwerk.platform.jobs import periodic
from factories.supervised import wait_until


async def _retry_stalled() -> None:
    connector: Any = jobs.app.connector
    worker_app = jobs.app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        context = cast("JobContext", SimpleNamespace(app=worker_app))
        await periodic.retry_stalled.func(context, timestamp=0)


def retry_stalled() -> None:
    asyncio.run(_retry_stalled())


def take_up() -> None:
    """What the periodic job does once a worker has been silent for half a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_workers set last_heartbeat = now() - interval '1 hour'"
        )
    retry_stalled()


def take_up_all() -> None:
    """With no worker left: until no job is being done.

    The last sign of life that a killed worker sent may reach its row after our own change.
    """
    assert wait_until(_is_taken_up, 60)


def _is_taken_up() -> bool:
    take_up()
    with connection.cursor() as cursor:
        cursor.execute("select from procrastinate_jobs where status = 'doing'")
        return bool(cursor.rowcount == 0)
