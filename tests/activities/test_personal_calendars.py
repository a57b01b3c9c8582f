"""One's own calendar: what a person gets by the secret address, and when it ends."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from icalendar import Calendar

from activities.registered import NOW, OPEN, asks, comes, published, row
from clusterwerk.activities import actions
from clusterwerk.activities.calendars.personal import account_behind, address_of
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.models import User
from factories.world import World, cluster_seats

SOON = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=9, hours=2)}
ONLINE = {**SOON, "online_url": "https://meet.example/secret"}


def path(person: User) -> str:
    return urlsplit(address_of(person)).path


def events(client: Client, person: User) -> dict[str, Any]:
    response = client.get(path(person))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache"
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found}


def draft(lead: Cluster, **facts: Any) -> None:
    seats = cluster_seats(lead)
    enter(seats)
    actions.plan_activity(seats=seats, lead=lead, plan=replace(OPEN, **facts))
    enter(NOBODY)


def proven(person: User, email: str, *, verified: bool = True) -> None:
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={"verified": verified, "primary": False}
    )


def test_a_team_gets_its_own_with_a_link_to_log_each_meeting(client: Client, world: World) -> None:
    published(world, name="Ours", **ONLINE)
    draft(world.beta, name="Of another cluster", **SOON)
    event = events(client, world.people["manager"])["Ours"]
    text = str(event["DESCRIPTION"])
    assert "https://meet.example/secret" in text
    link = next(word for word in text.split() if "/note/" in word)
    asked = parse_qs(urlsplit(link).query)
    assert (asked["cluster"], asked["about"]) == ([world.alpha.key], ["Ours"])
    assert event["STATUS"] == "CONFIRMED"
    assert "Of another cluster" not in events(client, world.people["manager"])
    client.force_login(world.people["manager"])
    note = client.get(urlsplit(link).path, {key: values[0] for key, values in asked.items()})
    page = note.content.decode()
    assert ">Ours: </textarea>" in page
    assert f'name="at" value="{SOON["starts_at"].isoformat()}"' in page


def test_a_draft_is_uncertain_and_for_its_team_alone(client: Client, world: World) -> None:
    draft(world.alpha, name="Not yet", **SOON)
    assert events(client, world.people["manager"])["Not yet"]["STATUS"] == "TENTATIVE"
    assert "Not yet" not in events(client, world.people["member"])


def test_who_registered_elsewhere_reads_the_online_address_once_registered(
    client: Client, world: World
) -> None:
    person = world.people["member"]
    own = published(world, name="Far away", **ONLINE)
    asks(own, "me@example.org", now=NOW)
    proven(person, "me@example.org", verified=False)
    assert "secret" not in client.get(path(person)).content.decode()
    proven(person, "me@example.org")
    asked = events(client, person)["Far away"]
    assert asked["STATUS"] == "TENTATIVE"
    assert "secret" not in str(asked["DESCRIPTION"])
    actions.confirm_registration(seats=NOBODY, token=row(own, "me@example.org").token, now=NOW)
    event = events(client, person)["Far away"]
    assert event["STATUS"] == "CONFIRMED"
    text = client.get(path(person)).content.decode().replace("\r\n ", "")
    assert ("meet.example/secret" in text, row(own, "me@example.org").token in text) == (True, True)
    assert "/note/" not in str(event["DESCRIPTION"])


def test_the_wait_of_who_has_no_place_yet_is_said(client: Client, world: World) -> None:
    person = world.people["steward"]
    own = published(world, name="Small", **{**SOON, "capacity": 1})
    comes(own, "first@example.org", now=NOW)
    proven(person, "me@example.org")
    comes(own, "me@example.org", now=NOW)
    event = events(client, person)["Small"]
    assert event["STATUS"] == "TENTATIVE"
    assert "waiting list" in str(event["DESCRIPTION"])


def test_renewing_ends_the_address_once_for_two_presses(client: Client, world: World) -> None:
    person = world.people["manager"]
    before = path(person)
    client.force_login(person)
    page = client.get("/agenda/own/").content.decode()
    assert before in page
    for _press in range(2):
        assert client.post("/agenda/own/renew/", {"seen": "0"}).status_code == 302
    person.refresh_from_db()
    assert person.calendar_number == 1
    assert client.get(before).status_code == 404
    assert client.get(path(person)).status_code == 200


@pytest.mark.parametrize("token", ["x", "WzEsMF0:forged", "%00", "ё"])
def test_a_forged_address_is_no_calendar(client: Client, world: World, token: str) -> None:
    assert client.get(f"/agenda/own/{token}/calendar.ics").status_code == 404
    assert account_behind(token) is None


def test_a_closed_account_has_no_calendar(client: Client, world: World) -> None:
    person = world.people["manager"]
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(path(person)).status_code == 404


def test_who_has_it_already_gets_nothing_anew(client: Client, world: World) -> None:
    published(world, name="Ours", **SOON)
    person = world.people["manager"]
    first = client.get(path(person))
    again = client.get(path(person), headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    published(world, name="Ours too", **SOON)
    later = client.get(path(person), headers={"if-none-match": first.headers["ETag"]})
    assert later.status_code == 200


def test_the_page_lists_what_is_to_come_nearest_first(client: Client, world: World) -> None:
    later = {"starts_at": NOW + timedelta(days=20), "ends_at": NOW + timedelta(days=20, hours=1)}
    published(world, name="Later", **later)
    published(world, name="Sooner", **SOON)
    client.force_login(world.people["manager"])
    page = client.get("/agenda/own/").content.decode()
    assert 0 < page.index("Sooner") < page.index("Later")
