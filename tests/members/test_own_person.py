"""A person reads and changes what clusters keep under the proven own address, and nothing else."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.members import actions
from clusterwerk.members.actions import ContactFacts
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    Position,
    Task,
)
from clusterwerk.members.queries.own_person import OwnContact, own_contacts
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from factories.world import STEWARD, World, cluster_seats

EMAIL = "member@example.org"
DAY = date(2026, 11, 22)
OWN = "/members/own/person/"
FACTS = {"first_name": "Noor", "last_name": "Maes", "phone": "", "mobile": "", "language": "nl"}


def keep(world: World, cluster: Cluster, email: str = EMAIL, **facts: Any) -> Contact:
    enter(cluster_seats(cluster), reason="met at a fair")
    told = {"first_name": "Noor", "last_name": "Maes", "language": "nl", "source": "test", **facts}
    contact = Contact.objects.create(cluster=cluster, email=email, **told)
    Position.objects.create(
        cluster=cluster,
        contact=contact,
        organisation=world.company,
        title="Head of research",
        period=DateRange(date(2019, 1, 1), None),
    )
    Consent.objects.create(
        cluster=cluster,
        contact=contact,
        purpose=ConsentPurpose.NEWSLETTER,
        state=ConsentState.GIVEN,
        said_on=date(2020, 5, 4),
        way="spoken",
    )
    return contact


def prove(world: World, name: str = "member", *, is_proven: bool = True) -> None:
    person = world.people[name]
    enter(STEWARD)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=is_proven)


def as_member(world: World, name: str = "member") -> Seats:
    actor = world.people[name].pk
    enter(Seats(actor=actor))
    seats = seats_for(actor)
    enter(seats, reason="own page")
    return seats


@pytest.fixture
def contact(world: World) -> Contact:
    prove(world)
    return keep(world, world.alpha, note="always late")


def read(world: World) -> list[OwnContact]:
    as_member(world)
    return own_contacts()


def test_the_person_reads_the_row_the_positions_and_the_consents(
    world: World, contact: Contact
) -> None:
    (own,) = read(world)
    assert (own.pk, own.cluster_name, own.email) == (contact.pk, "Alpha", EMAIL)
    assert own.facts == FACTS
    (place,) = own.positions
    assert (place.organisation, place.title, place.first_day, place.end) == (
        "Éclair Works", "Head of research", date(2019, 1, 1), None
    )  # fmt: skip
    assert [(said.purpose.value, said.state, said.said_on) for said in own.consents] == [
        ("newsletter", ConsentState.GIVEN, date(2020, 5, 4)),
        ("invitations", None, None),
        ("photos", None, None),
        ("sharing_with_members", None, None),
    ]


def test_nothing_else_of_the_cluster_opens(world: World, contact: Contact) -> None:
    keep(world, world.alpha, email="colleague@example.org")
    assert [own.pk for own in read(world)] == [contact.pk]
    assert not Contact.objects.exists()
    assert not Consent.objects.exists()
    assert not Task.objects.exists()


def test_a_cluster_of_which_the_organisation_is_no_member_tells_nothing(
    world: World, contact: Contact
) -> None:
    keep(world, world.beta)
    assert [own.cluster_name for own in read(world)] == ["Alpha"]


def test_an_address_that_is_not_proven_opens_nothing(world: World) -> None:
    prove(world, is_proven=False)
    keep(world, world.alpha)
    assert read(world) == []


def test_who_represents_no_organisation_any_more_reads_nothing(
    world: World, contact: Contact
) -> None:
    enter(STEWARD)
    Seat.objects.filter(user=world.people["member"]).update(until=date(2020, 1, 1))
    assert read(world) == []


def test_who_is_no_longer_kept_in_the_lists_is_told_of_by_the_team(
    world: World, contact: Contact
) -> None:
    enter(cluster_seats(world.alpha), reason="left")
    Contact.objects.filter(pk=contact.pk).update(archived_on=DAY)
    assert read(world) == []


def test_what_is_changed_stands_there_with_its_past_and_a_task_for_the_team(
    world: World, contact: Contact
) -> None:
    as_member(world)
    told = ContactFacts(first_name="Nora", last_name="Maes", phone="09 222 33 44", language="fr")
    for is_new in (True, False):
        assert actions.change_own_contact(contact=contact.pk, facts=told, on=DAY) is is_new
    enter(cluster_seats(world.alpha))
    contact.refresh_from_db()
    assert (contact.first_name, contact.phone, contact.language) == ("Nora", "+3292223344", "fr")
    assert (contact.email, contact.note, contact.source) == (EMAIL, "always late", "test")
    past = event_model(Contact)
    assert past is not None
    events = past._meta.base_manager.filter(pgh_obj_id=contact.pk).order_by("pgh_id")
    context = events.values_list("pgh_context", flat=True).last()
    assert context == {"actor": world.people["member"].pk, "reason": "own page"}
    (task,) = Task.objects.filter(contact=contact)
    assert (task.cluster, task.due_on, task.owner) == (world.alpha, DAY, None)
    assert task.title.startswith("Noor Maes ")


def test_a_number_that_cannot_be_called_changes_nothing(world: World, contact: Contact) -> None:
    as_member(world)
    with pytest.raises(DomainError, match="is no telephone number"):
        actions.change_own_contact(
            contact=contact.pk, facts=ContactFacts(first_name="Nora", phone="soon"), on=DAY
        )
    assert read(world)[0].facts == FACTS


def test_a_consent_is_withdrawn_and_another_given_each_once(world: World, contact: Contact) -> None:
    as_member(world)
    said: dict[str, Any] = {"contact": contact.pk, "on": DAY}
    stop = {**said, "purpose": ConsentPurpose.NEWSLETTER, "state": ConsentState.WITHDRAWN}
    allow = {**said, "purpose": ConsentPurpose.PHOTOS, "state": ConsentState.GIVEN}
    never = {**said, "purpose": ConsentPurpose.INVITATIONS, "state": ConsentState.WITHDRAWN}
    done = [actions.say_own_consent(**each) for each in (stop, stop, allow, allow, never)]
    assert done == [True, False, True, False, False]
    enter(cluster_seats(world.alpha))
    kept = Consent.objects.filter(contact=contact).values_list("purpose", "state", "said_on", "way")
    assert set(kept) == {
        ("newsletter", "withdrawn", DAY, "website"),
        ("photos", "given", DAY, "website"),
    }
    assert Task.objects.filter(contact=contact).count() == 2


@pytest.mark.parametrize("whose", ["a colleague", "another cluster"])
def test_nobody_changes_the_row_of_somebody_else(
    world: World, contact: Contact, whose: str
) -> None:
    other = (
        keep(world, world.alpha, email="colleague@example.org")
        if whose == "a colleague"
        else keep(world, world.beta)
    )
    as_member(world)
    with pytest.raises(DomainError, match="does not keep you"):
        actions.change_own_contact(contact=other.pk, facts=ContactFacts("X"), on=DAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.change_own_contact(%s, 'X', '', '', '', 'nl'),"
            " access.say_own_consent(%s, 'photos', 'given', %s, ''),"
            " access.tell_team_of_own_contact(%s, 'X', %s)",
            [other.pk, other.pk, DAY, other.pk, DAY],
        )
        assert cursor.fetchone()[:2] == (False, False)
    enter(cluster_seats(other.cluster))
    other.refresh_from_db()
    assert other.first_name == "Noor"
    assert list(Consent.objects.filter(contact=other).values_list("purpose", flat=True)) == [
        "newsletter"
    ]
    assert not Task.objects.filter(contact=other).exists()


def client_of(world: World, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.cookies["django_language"] = "en"
    client.force_login(world.people[name])
    return client


def test_the_page_shows_the_row_and_its_buttons_change_it(world: World, contact: Contact) -> None:
    client = client_of(world, "member")
    page = client.get(OWN).content.decode()
    assert ("Noor Maes" in page, "Head of research" in page, "always late" in page) == (
        True, True, False
    )  # fmt: skip
    change = f"{OWN}{contact.pk}/"
    refused = client.post(change, FACTS | {"phone": "soon"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="soon"' in refused.content.decode()
    done = client.post(change, FACTS | {"phone": "09 222 33 44"}, follow=True)
    assert "09 222 33 44" in done.content.decode()
    told = client.post(
        f"{change}consent/", {"purpose": "newsletter", "say": "withdraw"}, follow=True
    )
    assert "Alpha knows it: the team is told." in told.content.decode()
    (own,) = read(world)
    assert (own.consents[0].state, own.consents[0].said_on) == (
        ConsentState.WITHDRAWN, timezone.localdate()
    )  # fmt: skip


def test_what_the_buttons_cannot_say_is_told_and_changes_nothing(
    world: World, contact: Contact
) -> None:
    client = client_of(world, "member")
    for told in ({"purpose": "everything", "say": "give"}, {"purpose": "photos", "say": "?"}, {}):
        page = client.post(f"{OWN}{contact.pk}/consent/", told, follow=True).content.decode()
        assert "Choose what you allow" in page
    assert read(world)[0].consents[2].state is None


@pytest.mark.parametrize("name", ["manager", "other_manager", "steward"])
def test_a_row_of_somebody_else_is_not_there(world: World, contact: Contact, name: str) -> None:
    client = client_of(world, name)
    assert client.get(f"{OWN}{contact.pk}/").status_code == HTTPStatus.NOT_FOUND
    said = {"purpose": "newsletter", "say": "withdraw"}
    answer = client.post(f"{OWN}{contact.pk}/consent/", said)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "No cluster keeps you under this address" in client.get(OWN).content.decode()


@pytest.mark.parametrize(
    "written",
    ["MEMBER@Example.org", "member+news@example.org", "member@example.org ", "mémber@example.org"],
)
def test_only_the_same_address_is_the_own_one_however_large_its_letters(
    world: World, written: str
) -> None:
    prove(world)
    keep(world, world.alpha, email=written)
    assert bool(read(world)) is (written.lower() == EMAIL)


def test_an_address_that_was_taken_off_the_account_opens_nothing(
    world: World, contact: Contact
) -> None:
    enter(STEWARD)
    EmailAddress.objects.filter(user=world.people["member"]).update(email="new@example.org")
    assert read(world) == []


def test_a_contact_without_an_address_is_nobodys(world: World) -> None:
    enter(STEWARD)
    EmailAddress.objects.create(user=world.people["member"], email="", verified=True)
    keep(world, world.alpha, email="")
    assert read(world) == []


@pytest.mark.parametrize("name", ["", "manager", "steward"])
def test_the_seat_of_one_person_opens_nothing_to_an_actor_who_is_another(
    world: World, contact: Contact, name: str
) -> None:
    seats = as_member(world)
    enter(replace(seats, actor=world.people[name].pk if name else None))
    assert own_contacts() == []


def test_who_bears_the_names_of_functions_in_the_own_schema_is_not_fooled(
    world: World, contact: Contact
) -> None:
    other = keep(world, world.alpha, email="colleague@example.org")
    as_member(world)
    with connection.cursor() as cursor:
        cursor.execute("create temporary table account_emailaddress as select 1 as user_id")
        cursor.execute("create temporary table members_membership as select 1 as cluster_id")
        cursor.execute("set local search_path = pg_temp, public, access")
        assert [own.pk for own in own_contacts()] == [contact.pk]
        cursor.execute("select access.change_own_contact(%s, 'X', '', '', '', '')", [other.pk])
        assert cursor.fetchone() == (False,)


def test_a_number_longer_than_any_key_is_not_there(world: World, contact: Contact) -> None:
    client = client_of(world, "member")
    for page in (f"{OWN}{10**30}/", f"{OWN}{10**30}/consent/"):
        assert client.post(page, {"purpose": "photos"}).status_code == HTTPStatus.NOT_FOUND
