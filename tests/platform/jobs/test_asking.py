"""Asking for a job: one row and one job of the queue, in the transaction of the change."""

import inspect
from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import pytest
from django.db import connection, transaction
from django.utils import translation
from procrastinate import JobContext

from clusterwerk.members.models import Membership
from clusterwerk.platform import jobs
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NoTransactionError, enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import JobRun, Progress, ask, job
from clusterwerk.platform.jobs.actions import cancel_run, run_again
from clusterwerk.platform.jobs.errors import GivenUpError, TryAgainError
from clusterwerk.platform.jobs.registry import JOBS
from clusterwerk.platform.jobs.running import run_job
from clusterwerk.platform.jobs.states import JobState
from clusterwerk.platform.models import User
from factories.world import STEWARD, World

seen: list[tuple[int, int]] = []


@job(title="Count the memberships")
def count_memberships(progress: Progress, *, cluster: int) -> str:
    """How many memberships of the cluster the asker sees."""
    with progress.step(total=1):
        seen.append((cluster, Membership.objects.filter(cluster_id=cluster).count()))
    return "/desk/"


@job(title="Refuse")
def refuse(progress: Progress) -> None:
    raise DomainError("The book year is closed.")


@job(title="Break")
def break_down(progress: Progress) -> None:
    with progress.step(total=2, note="first"):
        pass
    raise RuntimeError("secret detail")


def asked(world: World, wanted: jobs.Job, person: str = "manager", **facts: Any) -> JobRun:
    actor = world.people[person].pk
    enter(Seats(actor=actor))
    return ask(wanted, actor=actor, reason="test", **facts)


def fresh(run: JobRun) -> JobRun:
    enter(STEWARD)
    return JobRun.objects.get(pk=run.pk)


def queued() -> list[tuple[str, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs order by id")
        return [(name, args if isinstance(args, dict) else eval(args)) for name, args in cursor]


def test_a_job_sees_what_its_asker_sees_when_it_runs(world: World) -> None:
    seen.clear()
    for person in ("manager", "other_manager", "stranger"):
        run = asked(world, count_memberships, person, cluster=world.alpha.pk)
        run_job(count_memberships, None, run.pk)
    assert seen == [(world.alpha.pk, 1), (world.alpha.pk, 0), (world.alpha.pk, 0)]


def test_a_run_that_ended_well_leads_to_its_result(world: World) -> None:
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    assert (run.state, run.attempt) == (JobState.WAITING, 0)
    run_job(count_memberships, None, run.pk)
    ended = fresh(run)
    assert (ended.state, ended.result, ended.done, ended.total) == ("succeeded", "/desk/", 1, 1)
    assert (ended.attempt, ended.error, ended.reference) == (1, "", "")
    assert ended.ended_at is not None


def test_a_rollback_leaves_neither_the_row_nor_the_job_of_the_queue(world: World) -> None:
    with transaction.atomic():
        asked(world, count_memberships, cluster=world.alpha.pk)
        transaction.set_rollback(True)
    enter(STEWARD)
    assert (JobRun.objects.count(), queued()) == (0, [])
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    assert queued() == [(count_memberships.kind, {"run": run.pk})]


def test_asking_twice_while_it_waits_or_runs_gives_the_same_run(world: World) -> None:
    first = asked(world, count_memberships, cluster=world.alpha.pk)
    assert asked(world, count_memberships, cluster=world.alpha.pk).pk == first.pk
    assert len(queued()) == 1
    others = [
        asked(world, count_memberships, cluster=world.beta.pk),
        asked(world, count_memberships, "other_manager", cluster=world.alpha.pk),
        asked(world, count_memberships, cluster=world.alpha.pk, key="another"),
    ]
    assert len({first.pk, *(run.pk for run in others)}) == 4
    run_job(count_memberships, None, first.pk)
    assert asked(world, count_memberships, cluster=world.alpha.pk).pk != first.pk


@pytest.mark.django_db(transaction=True)
def test_a_job_is_not_asked_for_outside_a_transaction(django_db_setup: None) -> None:
    with pytest.raises(NoTransactionError):
        ask(count_memberships, actor=1, reason="test", cluster=1)


def test_a_run_is_read_by_its_asker_and_the_steward_alone(world: World) -> None:
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    readers = []
    for person, account in world.people.items():
        enter(STEWARD if person == "steward" else Seats(actor=account.pk))
        readers += [person] if JobRun.objects.filter(pk=run.pk).exists() else []
    assert readers == ["manager", "steward"]


def test_a_run_is_written_by_nobody_without_the_door(world: World) -> None:
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    enter(Seats(actor=world.people["manager"].pk))
    assert JobRun.objects.filter(pk=run.pk).update(state="succeeded") == 0
    assert fresh(run).state == "waiting"


def test_a_refusal_is_told_to_the_person_and_not_tried_again(world: World) -> None:
    run = asked(world, refuse)
    run_job(refuse, None, run.pk)
    ended = fresh(run)
    assert (ended.state, ended.error) == ("failed", "The book year is closed.")
    assert (ended.attempt, ended.reference) == (1, "")


def test_a_fault_is_tried_four_times_and_told_with_a_reference_and_no_details(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    run = asked(world, break_down)
    for failures in (1, 2, 3):
        with pytest.raises(TryAgainError):
            run_job(break_down, None, run.pk)
        waiting = fresh(run)
        assert (waiting.state, waiting.failures, waiting.attempt) == (
            "retrying",
            failures,
            failures,
        )
        assert (waiting.done, waiting.note) == (1, "first")
    with pytest.raises(GivenUpError):
        run_job(break_down, None, run.pk)
    ended = fresh(run)
    assert (ended.state, ended.attempt) == ("failed", 4)
    assert "secret" not in ended.error
    assert ended.reference.startswith("J-")
    assert "RuntimeError: secret detail" in caplog.text
    assert ended.reference in caplog.text


def test_the_pauses_between_attempts_grow(world: World) -> None:
    run, pauses = asked(world, break_down), []
    for _attempt in range(3):
        with pytest.raises(TryAgainError):
            run_job(break_down, None, run.pk)
        waiting = fresh(run)
        assert waiting.retry_at
        pauses.append(round((waiting.retry_at - waiting.moved_at).total_seconds()))
    assert pauses == [5, 30, 180]


def test_a_second_call_for_a_run_that_ended_does_nothing(world: World) -> None:
    seen.clear()
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    run_job(count_memberships, None, run.pk)
    run_job(count_memberships, None, run.pk)
    assert (len(seen), fresh(run).attempt) == (1, 1)


def test_cancelling_ends_what_waits_and_its_job_of_the_queue(world: World) -> None:
    seen.clear()
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    cancelled = cancel_run(seats=Seats(actor=world.people["manager"].pk), run=run)
    assert cancelled.state == JobState.CANCELLED
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs")
        assert cursor.fetchall() == [("cancelled",)]
    run_job(count_memberships, None, run.pk)
    assert seen == []


def test_cancelling_stops_what_runs_after_its_step(world: World) -> None:
    manager = Seats(actor=world.people["manager"].pk)
    steps: list[int] = []

    def long_work(progress: Progress) -> None:
        for number in range(3):
            with progress.step(total=3):
                steps.append(number)
            enter(manager)
            cancel_run(seats=manager, run=JobRun.objects.get(pk=progress.run))

    wanted = job(title="Long")(long_work)
    run = asked(world, wanted)
    run_job(wanted, None, run.pk)
    ended = fresh(run)
    assert (steps, ended.state, ended.done) == ([0], "cancelled", 1)
    JOBS.pop(wanted.kind)


def test_work_row_by_row_goes_on_after_the_last_row_that_was_kept(world: World) -> None:
    people = sorted(account.pk for account in world.people.values())
    done: list[int] = []

    def fetch(after: int) -> list[User]:
        return list(User.objects.filter(pk__gt=after).order_by("pk")[:4])

    def work(person: User) -> None:
        if person.pk == people[6] and len(done) == 6:
            raise RuntimeError
        done.append(person.pk)

    def each_person(progress: Progress) -> None:
        progress.tell(total=len(people))
        progress.through(fetch, work)

    wanted = job(title="Each person")(each_person)
    run = asked(world, wanted)
    with pytest.raises(TryAgainError):
        run_job(wanted, None, run.pk)
    assert (fresh(run).done, fresh(run).cursor) == (4, people[3])
    run_job(wanted, None, run.pk)
    # The two rows of the step that broke were rolled back, and are done again.
    assert done == people[:6] + people[4:]
    assert (fresh(run).done, fresh(run).total, fresh(run).state) == (10, 10, "succeeded")
    JOBS.pop(wanted.kind)


def test_again_is_a_new_run_with_the_same_arguments(world: World) -> None:
    run = asked(world, count_memberships, cluster=world.alpha.pk)
    run_job(count_memberships, None, run.pk)
    manager = Seats(actor=world.people["manager"].pk)
    enter(manager)
    new = run_again(seats=manager, run=fresh(run))
    assert new.pk != run.pk
    assert (new.arguments, new.state) == ({"cluster": world.alpha.pk}, "waiting")


def test_a_run_speaks_the_language_it_was_asked_in(world: World) -> None:
    said: list[str] = []

    def speak(progress: Progress) -> None:
        said.append(translation.get_language())

    wanted = job(title="Speak")(speak)
    with translation.override("en"):
        run = asked(world, wanted)
    with translation.override("nl"):
        run_job(wanted, None, run.pk)
    assert said == ["en"]
    JOBS.pop(wanted.kind)


def said_to_the_queue(function: Callable[..., Any]) -> dict[str, Any]:
    """Arguments of a job that hold more than ids, moments and yes or no, with their types."""
    plain = inspect.unwrap(function)
    types = get_type_hints(plain)
    return {
        name: types.get(name)
        for name in inspect.signature(plain).parameters
        if (name, types.get(name)) not in {("progress", Progress), ("context", JobContext)}
        if not set(get_args(types.get(name)) or [types.get(name)]) <= {int, bool, type(None)}
    }


def test_the_queue_holds_ids_and_moments_only_because_it_has_no_row_policies() -> None:
    tasks = {
        name: task.func
        for name, task in jobs.app.tasks.items()
        if not inspect.unwrap(task.func).__module__.startswith("procrastinate.")
    }
    ours = {**tasks, **{f"{kind} itself": each.function for kind, each in JOBS.items()}}
    assert {count_memberships.kind, "perform_effect"} <= set(ours)
    assert {name: said for name, it in ours.items() if (said := said_to_the_queue(it))} == {}


def test_a_job_that_tells_the_queue_a_name_or_an_address_is_found() -> None:
    def invite(progress: Progress, cluster: int, email: str, note: str | None) -> None:
        """Never asked for."""

    assert list(said_to_the_queue(invite)) == ["email", "note"]
