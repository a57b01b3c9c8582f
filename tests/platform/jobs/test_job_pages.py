"""The pages of jobs: one's own, one of them, and all of them for the steward."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from clusterwerk.platform.access.session import NOBODY, enter, opened
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.queries import PAGE
from clusterwerk.platform.jobs.states import JobState
from factories.asked import asked_by
from factories.world import STEWARD, World


@pytest.fixture(autouse=True)
def _in_english(settings: Settings, tmp_path: str) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.FILES = tmp_path


def page(client: Client, world: World, person: str, address: str, **headers: str) -> str:
    client.force_login(world.people[person])
    response = client.get(address, headers=headers or None)
    assert response.status_code == 200
    return response.content.decode()


def made(world: World, **facts: object) -> int:
    return asked_by(world.people["manager"], **facts).run


def state(pk: int) -> str:
    enter(STEWARD)
    return JobRun.objects.get(pk=pk).state


def test_the_list_holds_ones_own_jobs_only(client: Client, world: World) -> None:
    made(world)
    assert "told in private" in page(client, world, "manager", "/jobs/")
    other = page(client, world, "staff", "/jobs/")
    assert "told in private" not in other
    assert "No jobs" in other


def test_a_job_that_runs_shows_its_progress_and_asks_for_it_again(
    client: Client, world: World
) -> None:
    pk = made(world, state=JobState.RUNNING, done=3, total=12, note="Members")
    html = page(client, world, "manager", f"/jobs/{pk}/")
    assert '<progress class="progress" max="12" value="3"' in html
    assert "3 of 12" in html
    assert "Members" in html
    assert 'hx-trigger="every 2s"' in html
    assert ">Refresh</a>" in html


def test_the_part_that_changes_is_the_same_as_in_the_page(client: Client, world: World) -> None:
    pk = made(world, state=JobState.RUNNING, done=3, total=12)
    whole = page(client, world, "manager", f"/jobs/{pk}/")
    part = page(client, world, "manager", f"/jobs/{pk}/", **{"HX-Request": "true"})
    start = part.index('<div class="card-head">')
    without_token = part[start : part.index("csrfmiddlewaretoken")]
    assert without_token in whole
    assert "<html" not in part


def test_a_job_that_ended_asks_no_more_and_says_so_once(client: Client, world: World) -> None:
    pk = made(world, state=JobState.SUCCEEDED)
    part = page(client, world, "manager", f"/jobs/{pk}/", **{"HX-Request": "true"})
    assert "every 2s" not in part
    assert "hx-swap-oob" in part
    assert "secret.txt" in part


def test_whoever_watches_a_job_is_led_to_its_result(client: Client, world: World) -> None:
    pk = made(world, state=JobState.SUCCEEDED, result="/members/alpha/", file=None)
    client.force_login(world.people["manager"])
    asked = client.get(f"/jobs/{pk}/", headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"] == "/members/alpha/"
    assert client.get(f"/jobs/{pk}/?watch=1").headers["Location"] == "/members/alpha/"
    assert "Open the result" in page(client, world, "manager", f"/jobs/{pk}/")
    assert page(client, world, "steward", f"/jobs/{pk}/?watch=1")


def test_what_was_done_once_is_not_done_again(client: Client, world: World) -> None:
    kind = "clusterwerk.members.moving_in.jobs.import_all"
    done = made(world, state=JobState.SUCCEEDED, kind=kind)
    assert 'id="again"' not in page(client, world, "manager", f"/jobs/{done}/")
    assert client.post(f"/jobs/{done}/again/").status_code == 403
    failed = made(world, state=JobState.FAILED, kind=kind, arguments={"move": 0}, result="")
    assert 'id="again"' in page(client, world, "manager", f"/jobs/{failed}/")


def test_the_steward_sees_that_a_job_failed_and_not_what_it_told(
    client: Client, world: World
) -> None:
    pk = made(world)
    for address in (f"/jobs/{pk}/", "/jobs/all/"):
        html = page(client, world, "steward", address)
        assert "J-ABC234" in html
        assert "told in private" not in html
        assert "secret.txt" not in html


def test_a_job_is_cancelled_by_its_asker(client: Client, world: World) -> None:
    pk = made(world, state=JobState.WAITING)
    client.force_login(world.people["manager"])
    response = client.post(f"/jobs/{pk}/cancel/", follow=True)
    assert "The job was cancelled." in response.content.decode()
    assert state(pk) == "cancelled"


def test_a_job_is_not_cancelled_by_another_person(client: Client, world: World) -> None:
    pk = made(world, state=JobState.WAITING)
    client.force_login(world.people["staff"])
    assert client.post(f"/jobs/{pk}/cancel/").status_code == 404
    assert state(pk) == "waiting"


def test_an_effect_is_settled_by_its_asker_once(client: Client, world: World) -> None:
    asked = asked_by(world.people["manager"])
    client.force_login(world.people["manager"])
    html = page(client, world, "manager", f"/jobs/{asked.run}/")
    assert "Nobody can say whether it happened" in html
    unsaid = client.post(f"/jobs/effects/{asked.effect}/", {"choice": ""}, follow=True)
    assert "Leave it" in unsaid.content.decode()
    settled = client.post(f"/jobs/effects/{asked.effect}/", {"choice": "leave"}, follow=True)
    assert "Leave it" not in settled.content.decode()
    again = client.post(f"/jobs/effects/{asked.effect}/", {"choice": "repeat"}, follow=True)
    assert "decided already" in again.content.decode()


def test_a_job_of_a_kind_that_is_no_more_is_refused_in_words(client: Client, world: World) -> None:
    pk = made(world)
    client.force_login(world.people["manager"])
    response = client.post(f"/jobs/{pk}/again/", follow=True)
    assert "no longer done here" in response.content.decode()


def many(world: World, number: int) -> None:
    """Every seventh failed, every eleventh stalled."""
    long_ago = timezone.now() - timedelta(hours=1)
    states = [
        JobState.FAILED if each % 7 == 0 else JobState.RUNNING if each % 11 == 0 else "succeeded"
        for each in range(number)
    ]
    enter(NOBODY)
    with opened("jobs"):
        JobRun.objects.bulk_create(
            JobRun(
                asker=world.people["manager"],
                kind="test",
                reason="test",
                key=f"{number}/{each}",
                state=each_state,
                moved_at=long_ago,
            )
            for each, each_state in enumerate(states)
        )


def test_the_list_of_the_steward_begins_with_what_failed_or_stalled(
    client: Client, world: World
) -> None:
    many(world, 80)
    html = page(client, world, "steward", "/jobs/all/")
    failed, stalled = len(range(0, 80, 7)), len(range(0, 80, 11)) - 2
    assert html.count("<tr>") == 1 + failed + stalled
    assert html.count(">stalled<") == stalled
    assert page(client, world, "steward", "/jobs/all/?state=succeeded").count("<tr>") == 1 + PAGE


def test_ten_thousand_jobs_page_by_key_with_as_many_queries_as_a_hundred(
    client: Client, world: World
) -> None:
    counts = []
    for number in (100, 9_900):
        many(world, number)
        client.force_login(world.people["steward"])
        client.get("/jobs/all/?state=")
        with CaptureQueriesContext(connection) as queries:
            html = client.get("/jobs/all/?state=").content.decode()
        counts.append(len(queries))
    assert html.count("<tr>") == 1 + PAGE
    assert counts[0] == counts[1]
    enter(STEWARD)
    last = JobRun.objects.order_by("pk")[9]
    assert page(client, world, "steward", f"/jobs/all/?state=&after={last.pk}").count("<tr>") == 10


def test_a_key_that_is_no_number_shows_the_first_page(client: Client, world: World) -> None:
    made(world)
    for key in ("x", "-1", "9" * 30, "²"):
        assert "J-ABC234" in page(client, world, "steward", f"/jobs/all/?state=&after={key}")
