"""Taking up what a dead worker left, without waiting half a minute for it to count as dead."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from django.db import connection
from procrastinate import JobContext

from clusterwerk.platform import jobs
from clusterwerk.platform.jobs import periodic


async def _retry_stalled() -> None:
    connector: Any = jobs.app.connector
    worker_app = jobs.app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        context = cast("JobContext", SimpleNamespace(app=worker_app))
        await periodic.retry_stalled.func(context, timestamp=0)


def take_up() -> None:
    """What the periodic job does once a worker has been silent for half a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_workers set last_heartbeat = now() - interval '1 hour'"
        )
    asyncio.run(_retry_stalled())
