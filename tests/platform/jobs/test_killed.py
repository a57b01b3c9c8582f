"""A worker killed at any moment repeats nothing and loses nothing; several share one queue.

A worker that cannot reach the database for a moment tries again after half a minute, so on a busy
machine each wait is longer than that.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NOBODY, acting, opened
from clusterwerk.platform.jobs import JobRun, ask
from clusterwerk.platform.jobs.effects import ask_effect
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.jobs.registry import EffectKind, Job
from factories.stalled import take_up, take_up_all
from factories.supervised import wait_until
from factories.trial_jobs import LETTER, NUMBERED, STEPS, four_steps, step_with_effect
from factories.trial_worker import TrialWorker, points

pytestmark = pytest.mark.slow
Start = Callable[..., TrialWorker]


def asked(asker: int, wanted: Job, key: str | None = None) -> int:
    with acting(Seats(actor=asker)):
        return ask(wanted, actor=asker, reason="test", key=key).pk


def run_of(pk: int) -> JobRun:
    with acting(NOBODY), opened("jobs"):
        return JobRun.objects.get(pk=pk)


def effect_of() -> OutsideEffect:
    with acting(NOBODY), opened("jobs"):
        return OutsideEffect.objects.get()


def rows() -> list[str]:
    with acting(NOBODY):
        return sorted(Session.objects.values_list("session_key", flat=True))


def tasks_of_queue() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs")
        return [name for (name,) in cursor.fetchall()]


def posted(folder: Path) -> list[str]:
    box = folder / "posted"
    return box.read_text().splitlines() if box.exists() else []


def stop_at(folder: Path, point: str) -> Path:
    gate = folder / f"stop at {point}"
    gate.touch()
    return gate


def kill_at(start: Start, folder: Path, point: str) -> None:
    gate = stop_at(folder, point)
    worker = start()
    worker.wait_for(point)
    worker.kill()
    gate.unlink()
    take_up_all()


def ended(pk: int) -> bool:
    return not run_of(pk).is_open


@pytest.mark.parametrize("point", ["begun", "inside 0", "after 1", "inside 2", "all done"])
def test_steps_are_done_once_wherever_the_worker_is_killed(
    start: Start, tmp_path: Path, asker: int, point: str
) -> None:
    pk = asked(asker, four_steps)
    kill_at(start, tmp_path, point)
    assert run_of(pk).state == "running"
    start()
    assert wait_until(lambda: ended(pk), 200), points(tmp_path)
    run = run_of(pk)
    assert (run.state, run.done, run.attempt, run.failures) == ("succeeded", STEPS, 2, 1)
    assert rows() == [f"step {number}" for number in range(STEPS)]
    passed = Counter(each for each in points(tmp_path) if each.startswith("after"))
    assert set(passed.values()) == {1}


def test_a_job_killed_before_it_was_taken_up_waits_for_the_next_worker(
    start: Start, tmp_path: Path, asker: int
) -> None:
    start().kill()
    pk = asked(asker, four_steps)
    assert run_of(pk).state == "waiting"
    start()
    assert wait_until(lambda: ended(pk), 200)
    assert (run_of(pk).state, run_of(pk).attempt) == ("succeeded", 1)


def test_a_job_that_kills_its_worker_each_time_ends_as_failed(
    start: Start, tmp_path: Path, asker: int
) -> None:
    pk = asked(asker, four_steps)
    with acting(NOBODY), opened("jobs"):
        JobRun.objects.filter(pk=pk).update(failures=3)
    kill_at(start, tmp_path, "inside 0")
    start()
    assert wait_until(lambda: ended(pk), 200)
    assert (run_of(pk).state, run_of(pk).attempt) == ("failed", 1)
    assert "each time" in run_of(pk).error or "telkens" in run_of(pk).error
    assert rows() == []


@pytest.mark.parametrize("point", ["inside 1", "after 1"])
def test_a_worker_that_was_only_slow_commits_nothing_after_it_was_overtaken(
    start: Start, tmp_path: Path, asker: int, point: str
) -> None:
    pk = asked(asker, four_steps)
    gate = stop_at(tmp_path, point)
    start().wait_for(point)

    def is_overtaken() -> bool:
        take_up()  # in vain when the worker, which lives, tells so in that very moment
        return wait_until(lambda: run_of(pk).attempt > 1, 10)

    assert wait_until(is_overtaken, 200)
    gate.unlink()
    assert wait_until(lambda: ended(pk), 200)
    assert run_of(pk).state == "succeeded"
    assert rows() == [f"step {number}" for number in range(STEPS)]


def test_a_job_stopped_by_the_end_of_its_worker_goes_on_in_the_next(
    start: Start, tmp_path: Path, asker: int
) -> None:
    pk = asked(asker, four_steps)
    gate = stop_at(tmp_path, "after 1")
    worker = start()
    worker.wait_for("after 1")
    worker.process.terminate()
    assert not wait_until(lambda: not worker.process.is_alive(), 1.5)
    gate.unlink()
    assert worker.ended() == 0
    run = run_of(pk)
    assert (run.state, run.done, run.failures) == ("waiting", 2, 0)
    start()
    assert wait_until(lambda: ended(pk), 200)
    assert (run_of(pk).state, run_of(pk).attempt) == ("succeeded", 2)
    assert rows() == [f"step {number}" for number in range(STEPS)]


def test_two_workers_share_one_queue_and_do_each_job_once(
    start: Start, tmp_path: Path, asker: int
) -> None:
    start().wait_for("ready")
    start()
    assert wait_until(lambda: points(tmp_path).count("ready") == 2, 200)
    runs = [asked(asker, step_with_effect, key=str(number)) for number in range(12)]
    assert wait_until(lambda: all(ended(pk) for pk in runs), 200)
    assert wait_until(lambda: len(posted(tmp_path)) == 12, 200)
    assert sorted(posted(tmp_path)) == sorted(f"letter of {pk}" for pk in runs)
    assert {run_of(pk).attempt for pk in runs} == {1}


def noted(kind: EffectKind) -> None:
    with acting(NOBODY):
        ask_effect(kind, key="K-1")


def test_an_effect_killed_before_it_was_done_is_uncertain_and_not_repeated(
    start: Start, tmp_path: Path, asker: int
) -> None:
    noted(LETTER)
    kill_at(start, tmp_path, "after the effect")
    assert (effect_of().state, posted(tmp_path)) == ("doing", ["K-1"])
    start()
    assert wait_until(lambda: effect_of().state == "uncertain", 200)
    assert posted(tmp_path) == ["K-1"]


def test_an_effect_that_the_other_side_knows_by_its_key_is_repeated_with_that_key(
    start: Start, tmp_path: Path, asker: int
) -> None:
    noted(NUMBERED)
    kill_at(start, tmp_path, "after the effect")
    start()
    assert wait_until(lambda: effect_of().state == "done", 200)
    assert posted(tmp_path) == ["K-1", "K-1"]
    assert effect_of().attempts == 2


def test_an_effect_is_asked_for_with_the_step_or_not_at_all(
    start: Start, tmp_path: Path, asker: int
) -> None:
    pk = asked(asker, step_with_effect)
    kill_at(start, tmp_path, "effect asked")
    with acting(NOBODY), opened("jobs"):
        assert OutsideEffect.objects.count() == 0
        assert tasks_of_queue() == [step_with_effect.kind]
    start()
    assert wait_until(lambda: ended(pk) and effect_of().state == "done", 200)
    assert posted(tmp_path) == [f"letter of {pk}"]


def test_a_periodic_job_runs_once_for_each_moment_however_many_workers_run(
    start: Start, tmp_path: Path
) -> None:
    for _worker in range(3):
        start("each-second")
    assert wait_until(lambda: points(tmp_path).count("ready") == 3, 60)

    def ticks() -> list[str]:
        return [each for each in points(tmp_path) if each.startswith("tick")]

    assert wait_until(lambda: len(ticks()) >= 6, 60), points(tmp_path)
    assert max(Counter(ticks()).values()) == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs"
            " where task_name = 'tick' group by args ->> 'timestamp'"
        )
        assert {number for (number,) in cursor.fetchall()} == {1}
