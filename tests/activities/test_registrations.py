"""People register by the public form: places, waiting list, links, mails, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from activities.registered import (
    HOUR,
    NOW,
    OPEN,
    asks,
    comes,
    confirms,
    filled_in,
    published,
    row,
    subjects,
    taken,
    withdraws,
)
from clusterwerk.activities import actions, keeping
from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.models import (
    Audience,
    Registration,
)
from clusterwerk.activities.persons import REGISTRATION_PERSONS
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import NOBODY, SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.personal import Subject
from factories.world import World, cluster_seats


def test_places_are_held_at_once_and_kept_by_the_link(world: World) -> None:
    own = published(world)
    asks(own, "bea@example.org", guests=1)
    assert (row(own, "bea@example.org").state, taken(own)) == ("unconfirmed", 2)
    assert confirms(own, "bea@example.org") == "confirmed"
    assert confirms(own, "bea@example.org") == "confirmed"
    assert taken(own) == 2
    assert subjects("bea@example.org") == [
        "Confirm your registration: Opening",
        "Your registration: Opening",
    ]


def test_a_second_registration_changes_nothing_and_is_told_by_mail_alone(world: World) -> None:
    own = published(world, capacity=9)
    asks(own, "bea@example.org")
    asks(own, "Bea@Example.org", guests=3)
    assert taken(own) == 1
    assert subjects("bea@example.org")[1:] == ["Your registration: Opening"]


def test_a_link_that_nobody_followed_within_an_hour_has_lapsed(world: World) -> None:
    own = published(world)
    asks(own, "bea@example.org")
    assert confirms(own, "bea@example.org", NOW + HOUR) == "lapsed"
    assert taken(own) == 0


def test_the_job_lapses_and_the_longest_waiting_that_fits_moves_up(world: World) -> None:
    own = published(world)
    asks(own, "slow@example.org", guests=1)
    early = NOW + timedelta(minutes=1)
    assert comes(own, "many@example.org", early, guests=2) == "waiting"
    assert comes(own, "one@example.org", early + timedelta(minutes=1)) == "waiting"
    assert comes(own, "two@example.org", early + timedelta(minutes=2)) == "waiting"
    assert comes(own, "late@example.org", early + timedelta(minutes=3)) == "waiting"
    enter(NOBODY)
    assert keeping.lapse_and_move_up(NOW + HOUR) == 1
    states = {mail: row(own, f"{mail}@example.org").state for mail in ("slow", "many", "late")}
    assert states == {"slow": "lapsed", "many": "waiting", "late": "waiting"}
    assert [row(own, f"{name}@example.org").state for name in ("one", "two")] == ["confirmed"] * 2
    assert taken(own) == 2
    assert subjects("one@example.org")[-1] == "You have a place: Opening"


def test_whoever_withdraws_gives_the_place_to_who_waits(world: World) -> None:
    own = published(world, capacity=1)
    comes(own, "bea@example.org")
    assert comes(own, "cas@example.org") == "waiting"
    withdraws(own, "bea@example.org")
    withdraws(own, "bea@example.org")
    assert [row(own, f"{name}@example.org").state for name in ("bea", "cas")] == [
        "cancelled",
        "confirmed",
    ]
    assert taken(own) == 1


def test_without_a_waiting_list_full_is_full_also_for_who_is_registered(world: World) -> None:
    own = published(world, capacity=1, has_waiting_list=False)
    comes(own, "bea@example.org")
    for email in ("bea@example.org", "cas@example.org"):
        with pytest.raises(DomainError, match="not that many places left"):
            asks(own, email)


@pytest.mark.parametrize(
    ("facts", "now"),
    [
        ({"closes_at": datetime(2029, 12, 31, tzinfo=UTC)}, NOW),
        ({"opens_at": datetime(2030, 2, 1, tzinfo=UTC)}, NOW),
        ({"takes_registrations": False}, NOW),
        ({}, OPEN.starts_at),
    ],
)
def test_nobody_registers_when_it_is_closed(
    world: World, facts: dict[str, object], now: datetime
) -> None:
    own = published(world, **facts)
    with pytest.raises(DomainError, match="Registration is closed"):
        asks(own, "bea@example.org", now=now)


def test_who_registered_hears_of_a_change_once_and_of_the_end(world: World) -> None:
    own = published(world, capacity=9)
    comes(own, "bea@example.org")
    asks(own, "unproven@example.org")
    seats = cluster_seats(world.alpha)
    enter(seats)
    plan = replace(OPEN, capacity=9, venue="Hall")
    actions.change_activity(seats=seats, activity=own, plan=plan)
    enter(NOBODY)
    assert [keeping.tell_of_changes(NOW), keeping.tell_of_changes(NOW)] == [1, 0]
    enter(seats)
    actions.cancel_activity(seats=seats, activity=own, because="Fire.")
    enter(NOBODY)
    assert keeping.tell_of_changes(NOW) == 1
    assert subjects("bea@example.org")[2:] == ["Changed: Opening", "Cancelled: Opening"]
    assert len(subjects("unproven@example.org")) == 1
    with pytest.raises(DomainError, match="cancelled"):
        asks(own, "cas@example.org")
    with pytest.raises(DomainError, match="cancelled"):
        withdraws(own, "bea@example.org")


def test_members_only_waits_for_the_team_where_the_address_is_unknown(world: World) -> None:
    own = published(world, audience=Audience.MEMBERS)
    assert comes(own, "stranger@example.org") == "waiting"
    assert taken(own) == 0
    seats = cluster_seats(world.alpha)
    enter(seats)
    stranger = Registration.objects.get(activity=own)
    let_come = partial(
        actions.approve_registration, activity=own, registration=stranger.pk, now=NOW
    )
    assert let_come(seats=seats).state == "confirmed"
    with pytest.raises(DomainError, match="answered this registration already"):
        let_come(seats=seats)


def test_the_team_writes_somebody_down_and_an_observer_does_not(world: World) -> None:
    own = published(world)
    seats = cluster_seats(world.alpha)
    who = Registrant(name="An Aerts", email="", language="en")
    enter(seats)
    added = actions.add_registration(seats=seats, activity=own, who=who, now=NOW)
    assert (added.state, taken(own)) == ("confirmed", 1)
    watching = cluster_seats(world.alpha, SeatRole.OBSERVER)
    enter(watching)
    with pytest.raises(PermissionDenied):
        actions.add_registration(seats=watching, activity=own, who=who, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.cancel_registration(seats=watching, activity=own, registration=added.pk, now=NOW)


def test_another_cluster_and_the_public_read_no_registration(world: World) -> None:
    own = published(world)
    asks(own, "bea@example.org")
    for seats in (NOBODY, cluster_seats(world.beta)):
        enter(seats)
        assert not Registration.objects.filter(activity_id=own.pk).exists()


def test_what_is_erased_of_a_contact_keeps_the_count(world: World) -> None:
    own = published(world)
    comes(own, "bea@example.org", guests=1)
    seats = cluster_seats(world.alpha)
    enter(seats)
    contact = Contact.objects.filter(cluster=world.alpha).latest("pk")
    Contact.objects.filter(pk=contact.pk).update(email="bea@example.org")
    subject = Subject(Contact._meta.label, contact.pk)
    (claim,) = REGISTRATION_PERSONS.claims(subject)
    registered = Registration.objects.get(activity=own)
    assert registered.pk in claim.ids
    assert claim.replacing is not None
    Registration.objects.filter(pk=registered.pk).update(**claim.replacing(registered.pk))
    registered.refresh_from_db()
    assert (registered.name, registered.email, registered.state, taken(own)) == (
        f"— {registered.pk}",
        "",
        "confirmed",
        2,
    )


def test_the_form_answers_the_same_and_a_program_registers_nobody(
    client: Client, world: World
) -> None:
    own = published(world)
    client.cookies["django_language"] = "en"
    address = reverse("agenda:register", args=[own.uid])
    assert b"2 places left" in client.get(address).content
    typed = filled_in(own)
    first, again = client.post(address, typed), client.post(address, typed)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    client.post(address, {**typed, "email": "spam@example.org", "homepage": "http://spam"})
    enter(NOBODY)
    assert taken(own) == 1
    wrong = client.post(address, {"name": "Bea Bos", "email": "bea"})
    assert (wrong.status_code, b'value="Bea Bos"' in wrong.content) == (422, True)


def test_one_address_asks_four_times_in_ten_minutes(client: Client, world: World) -> None:
    own = published(world)
    address = reverse("agenda:register", args=[own.uid])
    typed = filled_in(own, email="often@example.org")
    assert [client.post(address, typed).status_code for _ in range(5)] == [200] * 4 + [429]


def test_opening_the_link_confirms_nothing_and_its_button_does(
    client: Client, world: World
) -> None:
    own = published(world)
    asks(own, "bea@example.org", now=datetime.now(UTC))
    address = reverse("agenda:registration_link", args=[row(own, "bea@example.org").token])
    assert client.get(address).status_code == 200
    assert row(own, "bea@example.org").state == "unconfirmed"
    assert client.post(address, {"do": "confirm"}).status_code == 302
    enter(NOBODY)
    assert row(own, "bea@example.org").state == "confirmed"
    assert client.get(reverse("agenda:registration_link", args=["none"])).status_code == 404
