"""Who is in the room: ticked, walked in, on paper and by a code, and counted with guests."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from activities.registered import NOW, asks, comes, confirms, published, row, withdraws
from clusterwerk.activities import actions
from clusterwerk.activities.actions import Registrant, WalkIn
from clusterwerk.activities.membership import member_named
from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.activities.queries.door import (
    by_organisation,
    counted_in_room,
    people_at,
)
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

EVENING = datetime(2030, 5, 6, 22, 30, tzinfo=UTC)  # an hour before it begins, on its day there
BEA, NON = "bea@one.example", "non@two.example"


@pytest.fixture
def opening(world: World) -> Activity:
    own = published(world, capacity=9)
    comes(own, BEA, guests=2)
    comes(own, NON)
    enter(cluster_seats(world.alpha))
    return own


def arrives(world: World, own: Activity, email: str, guests: int | None = None) -> Attendance:
    seats = cluster_seats(world.alpha)
    number = row(own, email).pk
    return actions.note_arrival(
        seats=seats, activity=own, registration=number, guests=guests, now=EVENING
    )


def walks_in(world: World, own: Activity, **who: object) -> Attendance:
    told = WalkIn(**{"name": "Wim Walk", **who})  # type: ignore[arg-type] # fields of the action
    seats = cluster_seats(world.alpha)
    return actions.note_walk_in(seats=seats, activity=own, who=told, now=EVENING)


def test_a_press_notes_who_registered_with_the_guests_that_came(
    world: World, opening: Activity
) -> None:
    first = arrives(world, opening, BEA)
    assert (first.guests, first.arrived_at) == (2, EVENING)
    again = arrives(world, opening, BEA, guests=1)
    assert (again.pk, again.guests) == (first.pk, 1)
    found = counted_in_room(opening)
    assert (found.people, found.expected) == (2, 4)
    seats = cluster_seats(world.alpha)
    for _ in range(2):
        actions.take_back_arrival(seats=seats, activity=opening, attendance=first.pk, now=EVENING)
    assert counted_in_room(opening).people == 0


def test_who_walks_in_is_a_member_by_name_or_by_address(world: World, opening: Activity) -> None:
    member = world.membership.organisation
    assert member_named(opening, f"  {member.name.upper()} ") == member
    assert member_named(opening, "Nobody Works") is None
    walks_in(world, opening, organisation=member, guests=1)
    with pytest.raises(DomainError, match="on the list already"):
        walks_in(world, opening, name="wim  walk")
    with pytest.raises(DomainError, match="Say who it is"):
        walks_in(world, opening, name="  ")
    with pytest.raises(DomainError, match="nine guests"):
        walks_in(world, opening, name="Crowd", guests=10)
    found = counted_in_room(opening)
    assert (found.people, found.organisations) == (2, 1)


def test_who_registered_under_the_name_of_a_member_comes_from_it(
    world: World, opening: Activity
) -> None:
    who = Registrant(name="Ria Raam", email="ria@free.example", language="en", guests=0)
    named = replace(who, organisation=f" {world.company.name.upper()}")
    actions.register(seats=NOBODY, activity=opening.pk, who=named, now=NOW)
    enter(cluster_seats(world.alpha))
    assert row(opening, "ria@free.example").organisation is None
    came = arrives(world, opening, "ria@free.example")
    assert (came.organisation, came.printed_organisation) == (world.company, "")


def test_who_walked_in_and_is_ticked_too_was_there_once(world: World, opening: Activity) -> None:
    walked = walks_in(world, opening, name="Non", email=NON.upper())
    ticked = arrives(world, opening, NON)
    assert ticked.pk == walked.pk
    assert ticked.registration_id == row(opening, NON).pk


def test_the_list_holds_everybody_once_and_who_withdrew_only_when_they_came(
    world: World, opening: Activity
) -> None:
    comes(opening, "out@three.example")
    comes(opening, "back@three.example")
    withdraws(opening, "out@three.example")
    withdraws(opening, "back@three.example")
    enter(cluster_seats(world.alpha))
    arrives(world, opening, "back@three.example")
    walks_in(world, opening, printed_organisation="Ölwerk")
    people = people_at(opening)
    assert [person.is_here for person in people] == [False, False, True, True]
    assert [person.name for person in people_at(opening, ["olwerk"])] == ["Wim Walk"]
    assert [name for name, _ in by_organisation(people)] == ["Ölwerk", ""]


def test_the_list_opens_on_the_day_and_not_for_what_is_cancelled(
    world: World, opening: Activity
) -> None:
    seats, number = cluster_seats(world.alpha), row(opening, BEA).pk
    enter(seats)
    with pytest.raises(DomainError, match="on the day itself"):
        actions.note_arrival(seats=seats, activity=opening, registration=number, guests=0, now=NOW)
    actions.cancel_activity(seats=seats, activity=opening, because="Storm")
    with pytest.raises(DomainError, match="cancelled"):
        arrives(world, opening, BEA)


def test_nobody_of_another_activity_is_ticked(world: World, opening: Activity) -> None:
    other = published(world, name="Another")
    comes(other, "else@one.example")
    enter(cluster_seats(world.alpha))
    with pytest.raises(DomainError, match="not there any more"):
        actions.note_arrival(
            seats=cluster_seats(world.alpha),
            activity=opening,
            registration=row(other, "else@one.example").pk,
            guests=0,
            now=EVENING,
        )


@pytest.fixture
def today(world: World, monkeypatch: pytest.MonkeyPatch) -> Activity:
    """One whose evening it is."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: EVENING)
    own = published(world, capacity=9)
    asks(own, BEA, now=EVENING)
    confirms(own, BEA, EVENING)
    return own


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.people["manager"])
    return client


def place(world: World, own: Activity, view: str, *more: int) -> str:
    return reverse(f"activities:{view}", args=[world.alpha.key, own.pk, *more])


def test_the_pages_at_the_door_with_and_without_script(
    world: World, today: Activity, keeper: Client
) -> None:
    number = row(today, BEA).pk
    arrive = place(world, today, "door_arrive", number)
    assert "Is here" in keeper.get(place(world, today, "door")).content.decode()
    pressed = keeper.post(arrive, {"guests": "3"}, headers={"HX-Request": "true"})
    assert "Take back" in pressed.content.decode()
    assert "4 people here" in pressed.content.decode()
    enter(cluster_seats(world.alpha))
    came = Attendance.objects.get(activity=today)
    leave = place(world, today, "door_leave", came.pk)
    assert keeper.post(leave).status_code == 302
    assert (
        "Is here"
        in keeper.get(place(world, today, "door"), {"by": "organisation"}).content.decode()
    )
    assert keeper.post(arrive, {"guests": "many"}).status_code == 302
    added = keeper.post(place(world, today, "door_add"), {"name": "", "guests": "2"})
    assert added.status_code == 422
    assert keeper.post(place(world, today, "door_add"), {"name": "Wim Walk"}).status_code == 302
    named = {"name": "Wies Works", "organisation": world.company.name.lower()}
    assert keeper.post(place(world, today, "door_add"), named).status_code == 302
    enter(cluster_seats(world.alpha))
    assert Attendance.objects.get(printed_name="Wies Works").organisation == world.company
    paper = keeper.get(place(world, today, "door_paper")).content.decode()
    assert "Wim Walk" in paper
    assert "Bea Bos" in paper


def test_the_code_leads_the_team_to_the_list_and_others_to_their_page(
    world: World, today: Activity, keeper: Client
) -> None:
    own = row(today, BEA)
    link = f"/agenda/registration/{own.token}/"
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "data:image/svg+xml;base64," in visitor.get(link).content.decode()
    assert visitor.get(link, {"at": "door"}).status_code == 200
    led = keeper.get(link, {"at": "door"})
    assert led.headers["Location"] == f"{place(world, today, 'door')}?who={own.pk}"
    assert "By the code" in keeper.get(led.headers["Location"]).content.decode()
    assert keeper.get(link).status_code == 200


def test_only_the_team_that_keeps_it_stands_at_the_door(world: World, today: Activity) -> None:
    client = Client()
    client.force_login(world.people["other_manager"])
    for view in ("door", "door_paper", "door_add"):
        assert client.get(place(world, today, view)).status_code in {403, 404}
    client.force_login(world.people["observer"])
    assert client.get(place(world, today, "door")).status_code == 403
