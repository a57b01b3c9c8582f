"""Jobs run as their asker, roll back with the change that asked, and survive a killed worker."""

import asyncio
import inspect
import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast, get_args, get_type_hints

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy

from clusterwerk.members.models import Membership
from clusterwerk.platform import jobs
from clusterwerk.platform.access.session import NOBODY, enter
from factories.world import World

seen: list[tuple[int, int]] = []


@jobs.job()
def count_memberships(cluster: int) -> None:
    """A job for these tests: how many memberships of the cluster its asker sees."""
    seen.append((cluster, Membership.objects.filter(cluster_id=cluster).count()))


def queued() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs order by id")
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_a_job_sees_what_its_asker_sees_when_it_runs(world: World) -> None:
    seen.clear()
    for person in ("manager", "other_manager", "stranger"):
        count_memberships(actor=world.people[person].pk, reason="test", cluster=world.alpha.pk)
    assert seen == [(world.alpha.pk, 1), (world.alpha.pk, 0), (world.alpha.pk, 0)]


def said_to_the_queue(function: Callable[..., Any]) -> dict[str, Any]:
    """Arguments of a job that hold more than ids, moments and yes or no, with their types."""
    plain = inspect.unwrap(function)
    types = get_type_hints(plain)
    return {
        name: types.get(name)
        for name in inspect.signature(plain).parameters
        if (name, types.get(name)) not in {("reason", str), ("context", JobContext)}
        if not set(get_args(types.get(name)) or [types.get(name)]) <= {int, bool, type(None)}
    }


def test_the_queue_holds_ids_and_moments_only_because_it_has_no_row_policies() -> None:
    ours = {
        name: task.func
        for name, task in jobs.app.tasks.items()
        if not inspect.unwrap(task.func).__module__.startswith("procrastinate.")
    }
    assert {count_memberships.name, jobs.forget_sessions.name, jobs.retry_stalled.name} <= set(ours)
    assert {name: said for name, it in ours.items() if (said := said_to_the_queue(it))} == {}


def test_a_job_that_tells_the_queue_a_name_or_an_address_is_found() -> None:
    def invite(cluster: int, email: str, note: str | None, *names: str) -> None:
        """Never asked for."""

    assert list(said_to_the_queue(invite)) == ["email", "note", "names"]


def test_a_job_is_asked_for_in_the_transaction_of_its_change(world: World) -> None:
    manager = world.people["manager"].pk
    facts = {"actor": manager, "reason": "test", "cluster": world.alpha.pk}
    with transaction.atomic():
        count_memberships.defer(**facts)
        transaction.set_rollback(True)
    assert queued() == []
    count_memberships.defer(**facts)
    assert queued() == [facts]


def test_a_failing_job_is_tried_four_times_in_all() -> None:
    assert isinstance(jobs.RETRY, RetryStrategy)
    assert jobs.RETRY.max_attempts == 3


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
            [count_memberships.name, worker],
        )
        (job,) = cursor.fetchone()

    async def take_up() -> None:
        connector: Any = jobs.app.connector
        worker_app = jobs.app.with_connector(connector.get_worker_connector())
        async with worker_app.open_async():
            context = cast("JobContext", SimpleNamespace(app=worker_app))
            await jobs.retry_stalled.func(context, timestamp=0)

    asyncio.run(take_up())
    with connection.cursor() as cursor:
        cursor.execute("select status from procrastinate_jobs where id = %s", [job])
        assert cursor.fetchone() == ("todo",)


def test_expired_sessions_are_forgotten_and_living_ones_kept(db: None) -> None:
    enter(NOBODY)
    now = timezone.now()
    for key, ends in (("old", now - timedelta(days=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    jobs.forget_sessions(timestamp=0)
    enter(NOBODY)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
