"""The pages of a matchmaking day, for its team and for who takes part."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from activities.matched import (
    BEGINS,
    email,
    marks,
    matchmaking_of,
    opened_round,
    planned,
    publishes,
)
from activities.registered import row, withdraws
from clusterwerk.activities.models import Activity, MatchMeeting, MatchResult, MatchWish
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

DURING = BEGINS + timedelta(minutes=30)


@pytest.fixture
def own(world: World) -> Activity:
    return matchmaking_of(world, 4)


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.people["manager"])
    return client


@pytest.fixture
def visitor() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def place(world: World, own: Activity, view: str = "matchmaking", *more: int) -> str:
    return reverse(f"activities:{view}", args=[world.alpha.key, own.pk, *more])


def link(own: Activity, person: int, view: str = "match_wishes") -> str:
    return reverse(f"agenda:{view}", args=[row(own, email(person)).token])


HOURS = {
    "begins": "10:00",
    "minutes": "20",
    "pause": "5",
    "slots": "4",
    "tables": "2",
    "gaps": "",
    "last_day": "2030-05-03",
    "last_hour": "18:00",
}


def test_the_team_opens_a_round_and_what_does_not_fit_keeps_what_was_typed(
    world: World, own: Activity, keeper: Client, visitor: Client
) -> None:
    hours = place(world, own, "matchmaking_hours")
    assert keeper.get(place(world, own)).headers["Location"] == hours
    assert visitor.get(link(own, 0)).status_code == 404
    refused = keeper.post(hours, {**HOURS, "gaps": "noon to one"})
    assert refused.status_code == 422
    assert "noon to one" in refused.content.decode()
    refused = keeper.post(hours, {**HOURS, "slots": "40"})
    assert "do not fit between" in refused.content.decode()
    assert keeper.post(hours, HOURS).headers["Location"] == place(world, own)
    page = keeper.get(place(world, own)).content.decode()
    assert "0 of 4 people answered" in page
    assert "There is no plan yet" in page
    changed = keeper.post(hours, {**HOURS, "tables": "3", "gaps": "12:00 - 13:00"})
    assert changed.headers["Location"] == place(world, own)
    assert "12:00-13:00" in keeper.get(hours).content.decode()


def test_somebody_says_whom_to_meet_by_the_link_and_reads_nobodys_marks(
    world: World, own: Activity, visitor: Client
) -> None:
    opened_round(world, own)
    enter(NOBODY)
    numbers = [row(own, email(each)).pk for each in range(4)]
    sent = {"looks_for": "Steel", "offers": "Time", "away": ["3"], f"mark-{numbers[1]}": "3"}
    sent[f"mark-{numbers[2]}"] = "0"
    assert visitor.post(link(own, 0), sent).status_code == 302
    enter(cluster_seats(world.alpha))
    marked = MatchWish.objects.filter(who=numbers[0]).values_list("whom", "mark")
    assert set(marked) == {(numbers[1], 3), (numbers[2], 0)}
    mine = visitor.get(link(own, 0)).content.decode()
    assert '<option value="3" selected' in mine
    others = visitor.get(link(own, 2)).content.decode()
    assert "Steel" in others
    assert '<option value="0" selected' not in others
    odd = visitor.post(link(own, 0), {**sent, f"mark-{numbers[1]}": "9"})
    assert odd.status_code == 422
    assert "Steel" in odd.content.decode()
    assert (
        "Whom do you want to meet?"
        in visitor.get(link(own, 0, "registration_link")).content.decode()
    )


def test_a_plan_is_asked_for_fixed_published_and_printed(
    world: World, own: Activity, keeper: Client, visitor: Client
) -> None:
    opened_round(world, own)
    marks(own, 0, {1: 3})
    asked = keeper.post(place(world, own, "matchmaking_plan"))
    again = keeper.post(place(world, own, "matchmaking_plan"))
    assert asked.headers["Location"] == again.headers["Location"]
    assert "no timetable yet" in visitor.get(link(own, 0, "match_timetable")).content.decode()
    planned(world, own)
    enter(cluster_seats(world.alpha))
    meeting = MatchMeeting.objects.get(activity=own)
    fix = place(world, own, "matchmaking_fix", meeting.pk)
    assert keeper.post(fix, {"fixed": "yes"}).status_code == 302
    assert "Let it move" in keeper.get(place(world, own)).content.decode()
    keeper.post(place(world, own, "matchmaking_publish"))
    paper = keeper.get(place(world, own, "matchmaking_paper")).content.decode()
    assert paper.count("Bea Bos") > 4
    mine = visitor.get(link(own, 0, "match_timetable")).content.decode()
    assert "Table 1" in mine
    file = visitor.get(link(own, 0, "match_calendar"))
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert file.content.count(b"BEGIN:VEVENT") == 1
    withdraws(own, email(1))
    page = keeper.get(place(world, own)).content.decode()
    assert "The plan is out of date" in page
    assert "somebody withdrew" in page
    assert "withdrew" in visitor.get(link(own, 0, "match_timetable")).content.decode()


def test_how_a_meeting_was_is_said_by_both_and_by_the_team(
    world: World,
    own: Activity,
    keeper: Client,
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened_round(world, own)
    marks(own, 0, {1: 3})
    planned(world, own)
    publishes(world, own)
    enter(cluster_seats(world.alpha))
    meeting = MatchMeeting.objects.get(activity=own)
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    page = link(own, 0, "match_timetable")
    assert visitor.post(page, {"meeting": meeting.pk, "note": "Kept"}).status_code == 422
    told = {"meeting": meeting.pk, "useful": "little", "note": "A sample"}
    assert visitor.post(page, told).status_code == 302
    assert visitor.post(page, {**told, "meeting": "999999"}).status_code == 422
    enter(cluster_seats(world.alpha))
    assert MatchResult.objects.get(meeting=meeting).note == "A sample"
    results = place(world, own, "matchmaking_results")
    keeper.force_login(world.people["manager"])
    assert "A sample" in keeper.get(results).content.decode()
    took = place(world, own, "matchmaking_took_place", meeting.pk)
    assert keeper.post(took, {"took_place": "no"}).status_code == 302
    enter(cluster_seats(world.alpha))
    assert MatchMeeting.objects.get(pk=meeting.pk).took_place is False
    assert keeper.post(place(world, own, "matchmaking_note")).headers["Location"] == results


def test_only_the_team_that_keeps_it_opens_the_pages(world: World, own: Activity) -> None:
    opened_round(world, own)
    client = Client()
    for person in ("other_manager", "observer", "programme_manager"):
        client.force_login(world.people[person])
        for view in (
            "matchmaking",
            "matchmaking_hours",
            "matchmaking_paper",
            "matchmaking_results",
        ):
            assert client.get(place(world, own, view)).status_code in {403, 404}
        assert client.post(place(world, own, "matchmaking_plan")).status_code in {403, 404}
