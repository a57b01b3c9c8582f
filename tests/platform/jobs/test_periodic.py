"""What runs by the clock: stalled jobs, lost jobs, sessions, old rows."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext

from clusterwerk.platform import jobs
from clusterwerk.platform.access.session import NOBODY, enter
from clusterwerk.platform.jobs import periodic


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_is_taken_up_again(django_db_setup: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')"
            " returning id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " values ('default', %s, '{}', 'doing', %s) returning id",
            ["anything", worker],
        )
        (job,) = cursor.fetchone()

    async def take_up() -> None:
        connector: Any = jobs.app.connector
        worker_app = jobs.app.with_connector(connector.get_worker_connector())
        async with worker_app.open_async():
            context = cast("JobContext", SimpleNamespace(app=worker_app))
            await periodic.retry_stalled.func(context, timestamp=0)

    asyncio.run(take_up())
    with connection.cursor() as cursor:
        cursor.execute("select status from procrastinate_jobs where id = %s", [job])
        assert cursor.fetchone() == ("todo",)


def test_expired_sessions_are_forgotten_and_living_ones_kept(db: None) -> None:
    enter(NOBODY)
    now = timezone.now()
    for key, ends in (("old", now - timedelta(days=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    periodic.forget_sessions(timestamp=0)
    enter(NOBODY)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
