"""What the team does with registrations on its pages, and whom an address is known to be."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from activities.registered import asks, published, row, taken
from clusterwerk.activities import actions
from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.models import Activity, Audience, Registration
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.rows import changed
from factories.world import STEWARD, World, cluster_seats


def page(cluster: Cluster, own: Activity) -> str:
    return reverse("activities:registration_list", args=[cluster.key, own.pk])


def adding(cluster: Cluster, own: Activity) -> str:
    return reverse("activities:registration_add", args=[cluster.key, own.pk])


def asks_now(own: Activity, email: str) -> Registration:
    asks(own, email, now=datetime.now(UTC))
    return row(own, email)


def test_the_team_writes_down_lets_come_and_withdraws_and_reads_a_file(
    client: Client, world: World
) -> None:
    own = published(world, audience=Audience.MEMBERS)
    stranger = asks_now(own, "stranger@example.org")
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    undecided = client.get(page(world.alpha, own), {"decide": "open"}).content.decode()
    assert "not known as a member" in undecided
    typed = {"name": "An Aerts", "guests": "0"}
    assert client.post(adding(world.alpha, own), typed).status_code == 302
    place = [world.alpha.key, own.pk, stranger.pk]
    for view in ("registration_approve", "registration_cancel", "registration_cancel"):
        assert client.post(reverse(f"activities:{view}", args=place)).status_code == 302
    facts = client.get(reverse("activities:registration_detail", args=place)).content.decode()
    assert "mailto:stranger@example.org" in facts
    assert "Withdrawn" in facts
    file = client.get(page(world.alpha, own), {"file": "csv"})
    text = b"".join(file).decode("utf-8-sig")
    rows = [line for line in csv.reader(StringIO(text)) if len(line) > 3]
    assert [(line[0], line[3]) for line in rows[1:]] == [
        ("An Aerts", "Registered"),
        ("Bea Bos", "Withdrawn"),
    ]


def test_a_long_list_has_pages_and_finds_by_name_organisation_and_address(
    client: Client, world: World
) -> None:
    own = published(world, capacity=None)
    seats = cluster_seats(world.alpha)
    enter(seats)
    now = datetime.now(UTC)
    for number in range(120):
        who = Registrant(
            name=f"Person {number:03}",
            email=f"p{number}@example.org",
            language="en",
            organisation="Éclair" if number == 7 else "",
        )
        actions.add_registration(seats=seats, activity=own, who=who, now=now)
    client.force_login(world.people["manager"])
    first = client.get(page(world.alpha, own)).content.decode()
    assert ("Person 000" in first, "Person 119" in first, "after=" in first) == (True, False, True)
    for words, found in (
        ("eclair", "Person 007"),
        ("p119@", "Person 119"),
        ("son 05", "Person 05"),
    ):
        shown = client.get(page(world.alpha, own), {"find": words}).content.decode()
        assert found in shown
        assert "Person 000" not in shown


def test_a_registration_is_found_at_its_own_activity_alone(client: Client, world: World) -> None:
    own, other = published(world), published(world, name="Closing")
    row = asks_now(own, "bea@example.org")
    client.force_login(world.people["manager"])
    for activity, status in ((own, 200), (other, 404)):
        place = [world.alpha.key, activity.pk, row.pk]
        address = reverse("activities:registration_detail", args=place)
        assert client.get(address).status_code == status


def test_what_is_typed_wrongly_stays_on_the_page_of_the_team(client: Client, world: World) -> None:
    own = published(world)
    client.force_login(world.people["manager"])
    typed = {"name": "An Aerts", "email": "an", "guests": "10"}
    wrong = client.post(adding(world.alpha, own), typed)
    assert (wrong.status_code, b'value="An Aerts"' in wrong.content) == (422, True)
    enter(NOBODY)
    assert taken(own) == 0


@pytest.mark.parametrize("who", ["observer", "member", "steward"])
def test_nobody_but_the_team_changes_registrations(client: Client, world: World, who: str) -> None:
    own = published(world)
    stranger = asks_now(own, "bea@example.org")
    client.force_login(world.people[who])
    place = [world.alpha.key, own.pk, stranger.pk]
    assert client.post(reverse("activities:registration_cancel", args=place)).status_code == 403
    assert row(own, "bea@example.org").state == "unconfirmed"


def test_a_contact_of_a_member_is_known_and_so_is_the_host_of_its_website(world: World) -> None:
    own = published(world, audience=Audience.MEMBERS)
    enter(STEWARD)
    with unlocked(STEWARD, "directory"):
        changed(world.company, website="https://www.eclair.example")
    enter(cluster_seats(world.alpha))
    lena = Contact.objects.get(cluster=world.alpha, email__startswith="lena@")
    by_contact = asks_now(own, lena.email)
    by_host = asks_now(own, "bob@eclair.example")
    lookalike = asks_now(own, "bob@noteclair.example")
    assert (by_contact.contact_id, by_contact.approved) == (lena.pk, True)
    assert (by_host.organisation_id, by_host.approved) == (world.company.pk, True)
    assert (lookalike.organisation_id, lookalike.approved) == (None, False)
