"""Things done with more members than a page waits for: a job of whoever confirmed them."""

import pytest
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.models import Seat
from clusterwerk.members.models import Task
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.files.actions import discard
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.jobs import JobRun
from clusterwerk.platform.jobs.errors import TryAgainError
from clusterwerk.platform.jobs.running import run_job
from clusterwerk.platform.jobs.states import JobState
from clusterwerk.platform.ui.lists import later
from factories.world import STEWARD, World, cluster_seats

SENT = {"action": "task", "all": "1", "confirmed": "1", "title": "Call them about the fair"}


@pytest.fixture
def manager(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """In a time when one row is already many."""
    monkeypatch.setattr(later, "MANY", 0)
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    return client


def asked(client: Client, sent: dict[str, str] = SENT) -> JobRun:
    answer = client.post("/members/alpha/bulk/?find=eclair", sent)
    assert answer.status_code == 302
    enter(STEWARD)
    return JobRun.objects.get(pk=answer.headers["Location"].strip("/").rsplit("/", 1)[-1])


def tasks(world: World) -> int:
    enter(cluster_seats(world.alpha))
    return Task.objects.filter(title=SENT["title"]).count()


def ended(run: JobRun) -> JobRun:
    run_job(later.do_many, None, run.pk)
    enter(STEWARD)
    return JobRun.objects.get(pk=run.pk)


def test_many_rows_wait_for_the_worker_and_lead_back_to_the_list(
    manager: Client, world: World
) -> None:
    run = asked(manager)
    assert set(run.arguments) == {"confirmed"}
    assert tasks(world) == 0
    done = ended(run)
    assert (done.state, done.done, done.total) == (JobState.SUCCEEDED, 1, 1)
    assert done.result == "/members/alpha/?find=eclair"
    assert tasks(world) == 1


def test_a_double_click_is_one_job_and_one_file(manager: Client, world: World) -> None:
    first, second = asked(manager), asked(manager)
    assert first == second
    enter(Seats(actor=world.people["manager"].pk))
    assert PreparedFile.objects.count() == 1
    ended(first)
    assert tasks(world) == 1


def test_an_attempt_after_a_death_does_nothing_twice(
    manager: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = asked(manager)

    def die(_back: str) -> str:
        raise RuntimeError("the worker died after the step")

    with monkeypatch.context() as patched:
        patched.setattr(later, "_result", die)
        with pytest.raises(TryAgainError):
            run_job(later.do_many, None, run.pk)
    assert tasks(world) == 1
    assert ended(run).state == JobState.SUCCEEDED
    assert tasks(world) == 1


def test_a_seat_that_ended_meanwhile_refuses(manager: Client, world: World) -> None:
    run = asked(manager)
    enter(STEWARD)
    Seat.objects.filter(user=world.people["manager"]).update(until=timezone.localdate())
    failed = ended(run)
    assert (failed.state, failed.error) == (
        JobState.FAILED,
        "This list offers no such action to you.",
    )
    assert tasks(world) == 0


def test_what_is_no_longer_kept_has_to_be_chosen_again(manager: Client, world: World) -> None:
    run = asked(manager)
    enter(Seats(actor=world.people["manager"].pk))
    discard(PreparedFile.objects.get())
    failed = ended(run)
    assert failed.error == "What was chosen is no longer kept. Choose the rows again."
    assert tasks(world) == 0
