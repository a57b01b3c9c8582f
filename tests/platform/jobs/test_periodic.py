"""What runs by the clock: stalled jobs, lost jobs, sessions, old rows."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NOBODY, enter, opened
from clusterwerk.platform.jobs import JobRun, ask, periodic
from clusterwerk.platform.jobs.models import OutsideEffect
from factories.asked import asked_by
from factories.stalled import retry_stalled
from factories.trial_jobs import four_steps
from factories.world import World


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

    retry_stalled()
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


def test_an_open_run_without_a_job_of_the_queue_gets_one(world: World) -> None:
    run = asked(world)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'aborted'")
    periodic.queue_lost(timestamp=0)
    assert queued() == [("aborted", run)]
    age(run)
    periodic.queue_lost(timestamp=0)
    periodic.queue_lost(timestamp=0)
    assert queued() == [("aborted", run), ("todo", run)]


def test_what_ended_long_ago_is_forgotten_and_what_waits_for_a_decision_stays(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES = tmp_path
    long_ago = timezone.now() - timedelta(days=91)
    manager = world.people["manager"]
    old, new = (asked_by(manager, ended_at=moment) for moment in (long_ago, timezone.now()))
    with opened("jobs"):
        OutsideEffect.objects.filter(pk=old.effect).update(ended_at=long_ago)
    periodic.forget_jobs(timestamp=0)
    enter(NOBODY)
    with opened("jobs"):
        assert [run.pk for run in JobRun.objects.all()] == [new.run]
        assert {each.pk: each.run_id for each in OutsideEffect.objects.all()} == {
            old.effect: None,
            new.effect: new.run,
        }


def asked(world: World) -> int:
    enter(Seats(actor=world.people["manager"].pk))
    return ask(four_steps, actor=world.people["manager"].pk, reason="test").pk


def age(run: int) -> None:
    enter(NOBODY)
    with opened("jobs"):
        JobRun.objects.filter(pk=run).update(asked_at=timezone.now() - timedelta(hours=1))


def queued() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, (args ->> 'run')::int from procrastinate_jobs order by id"
        )
        return [(status, run) for status, run in cursor.fetchall()]
