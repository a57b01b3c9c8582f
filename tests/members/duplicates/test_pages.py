"""The pages of contacts' duplicates, and the warning to who adds somebody known."""

import re
from http import HTTPStatus

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from clusterwerk.directory.models import DistinctPair, Merge
from clusterwerk.members.correspondence.matching import suggestions
from clusterwerk.members.duplicates.finding import find_pairs
from clusterwerk.members.models import Contact, IncomingMail, MailState, Position
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

BASE = "/members/alpha/contacts"
ONCE = re.compile(r'name="once" value="([\w-]{16})"')
SEEN = re.compile(r'name="seen" value="(\w+)"')
WARNED = re.compile(r'name="warned" value="([\w-]+)"')


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    enter(cluster_seats(world.alpha))
    return client


def an(world: World, **facts: str) -> Contact:
    enter(cluster_seats(world.alpha))
    return Contact.objects.create(
        cluster=world.alpha, first_name="An", last_name="Peeters", source="test", **facts
    )


def test_a_pair_is_found_merged_and_taken_back_on_the_pages(manager: Client, world: World) -> None:
    gone, kept = an(world, email="an@old.example"), an(world, email="an@new.example")
    find_pairs(seats=cluster_seats(world.alpha), cluster=world.alpha.pk)
    listed = manager.get(f"{BASE}/duplicates/").text
    assert "an@old.example" in listed
    assert 'href="/directory/duplicates/?of=alpha"' in listed
    address = f"{BASE}/{gone.pk}/same/{kept.pk}/"
    (seen,) = SEEN.findall(manager.get(address).text)
    answer = manager.post(
        address, {"answer": "merge", "email": "losing", "seen": seen}, follow=True
    )
    assert "An Peeters is now part of An Peeters" in answer.text
    assert manager.get(f"{BASE}/{gone.pk}/").headers["Location"] == f"{BASE}/{kept.pk}/"
    enter(cluster_seats(world.alpha))
    assert Contact.objects.get(pk=kept.pk).email == "an@old.example"
    made = Merge.objects.get(losing=gone.pk)
    again = manager.post(address, {"answer": "merge", "seen": seen})
    assert again.headers["Location"] == f"{BASE}/{kept.pk}/"
    answer = manager.post(f"{BASE}/duplicates/{made.pk}/undo/", follow=True)
    assert "everything stands as before" in answer.text
    enter(cluster_seats(world.alpha))
    assert Contact.objects.get(pk=gone.pk).email == "an@old.example"


def test_what_somebody_changed_meanwhile_is_shown_before_anything_is_merged(
    manager: Client, world: World
) -> None:
    gone, kept = an(world), an(world)
    address = f"{BASE}/{gone.pk}/same/{kept.pk}/"
    (seen,) = SEEN.findall(manager.get(address).text)
    enter(cluster_seats(world.alpha))
    Contact.objects.filter(pk=kept.pk).update(email="late@works.example")
    answer = manager.post(address, {"answer": "merge", "seen": seen})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "late@works.example" in answer.text
    enter(cluster_seats(world.alpha))
    assert Contact.objects.filter(pk__in=[gone.pk, kept.pk]).count() == 2


def test_who_saves_a_contact_that_was_merged_is_led_to_the_other_and_keeps_the_text(
    manager: Client, world: World
) -> None:
    gone, kept = an(world), an(world)
    manager.post(f"{BASE}/{gone.pk}/same/{kept.pk}/", {"answer": "merge"})
    answer = manager.post(f"{BASE}/{gone.pk}/change/", {"last_name": "Peeters", "note": "A story"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "A story" in answer.text
    assert f'href="{BASE}/{kept.pk}/"' in answer.text


def test_not_the_same_person_is_one_click_of_the_team(client: Client, world: World) -> None:
    one, other = an(world), an(world)
    client.force_login(world.people["staff"])
    page = client.get(f"{BASE}/{one.pk}/same/{other.pk}/").text
    assert "Only a manager of the cluster merges its rows." in page
    client.post(f"{BASE}/{one.pk}/same/{other.pk}/", {"answer": "different"})
    enter(cluster_seats(world.alpha))
    assert DistinctPair.objects.filter(low=one.pk, high=other.pk).exists()


def test_the_page_of_a_contact_tells_of_somebody_alike(manager: Client, world: World) -> None:
    one, other = an(world), an(world)
    assert f'href="{BASE}/{one.pk}/same/{other.pk}/"' in manager.get(f"{BASE}/{one.pk}/").text


def test_looking_for_pairs_is_a_job(manager: Client) -> None:
    assert "/jobs/" in manager.post(f"{BASE}/duplicates/").headers["Location"]


def test_who_adds_somebody_known_is_warned_once_with_everything_typed(
    manager: Client, world: World
) -> None:
    known = an(world, mobile="+32470112233")
    typed = {"first_name": "Ann", "last_name": "Peeters", "mobile": "0470 11 22 33", "note": "Hi"}
    once = ONCE.findall(manager.get(f"{BASE}/add/").text)[0]
    answer = manager.post(f"{BASE}/add/", {**typed, "once": once})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="{BASE}/{known.pk}/"' in answer.text
    assert "Hi</textarea>" in answer.text
    sent = {**typed, "once": once, "warned": WARNED.findall(answer.text)[0]}
    answers = [manager.post(f"{BASE}/add/", sent) for _click in range(2)]
    enter(cluster_seats(world.alpha))
    added = Contact.objects.get(first_name="Ann")
    assert [each.headers["Location"] for each in answers] == [f"{BASE}/{added.pk}/"] * 2


def test_the_warning_comes_while_one_types_and_saves_nothing(manager: Client, world: World) -> None:
    an(world)
    typed = {"first_name": "An", "last_name": "Peeters", "email": "no address", "check": "1"}
    part = manager.post(f"{BASE}/add/", typed).text
    assert "This looks like somebody you know already" in part
    assert "<html" not in part
    enter(cluster_seats(world.alpha))
    assert Contact.objects.filter(last_name="Peeters").count() == 1


def colleague(world: World) -> None:
    tom = Contact.objects.create(
        cluster=world.alpha, first_name="Tom", email="tom@works.example", source="test"
    )
    Position.objects.create(
        cluster=world.alpha,
        contact=tom,
        organisation=world.company,
        period=DateRange(None, None),
    )


def test_an_organisation_is_proposed_by_the_domain_and_never_taken_by_itself(
    manager: Client, world: World
) -> None:
    colleague(world)
    typed = {"first_name": "Lies", "email": "lies@works.example"}
    answer = manager.post(f"{BASE}/add/", typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Where does this person work?" in answer.text
    sent = {**typed, "warned": WARNED.findall(answer.text)[0]}
    manager.post(f"{BASE}/add/", sent)
    other = {**sent, "first_name": "Bo", "email": "bo@works.example"}
    manager.post(f"{BASE}/add/", {**other, "works_at": world.company.pk})
    enter(cluster_seats(world.alpha))
    assert not Position.objects.filter(contact__first_name="Lies").exists()
    assert Position.objects.get(contact__first_name="Bo").organisation == world.company


@pytest.mark.parametrize("email", ["lies@gmail.com", "lies@elsewhere.example"])
def test_a_provider_of_mail_or_an_unknown_domain_proposes_nothing(
    manager: Client, world: World, email: str
) -> None:
    colleague(world)
    Contact.objects.filter(first_name="Tom").update(email="tom@gmail.com")
    answer = manager.post(f"{BASE}/add/", {"first_name": "Lies", "email": email})
    assert answer.status_code == HTTPStatus.FOUND


def test_a_mail_in_the_tray_is_proposed_to_the_organisation_of_its_domain(
    manager: Client, world: World
) -> None:
    colleague(world)
    mail = IncomingMail.objects.filter(cluster=world.alpha).first()
    assert mail is not None
    for sender, proposed in (("new@works.example", [world.company]), ("new@gmail.com", [])):
        IncomingMail.objects.filter(pk=mail.pk).update(
            sender=sender, sender_name="", recipients="", state=MailState.WAITING
        )
        mail.refresh_from_db()
        found = suggestions(mail, [])
        assert [each.party.organisation for each in found] == proposed


def test_an_address_that_begins_with_a_plus_is_an_address_as_any_other(manager: Client) -> None:
    facts = {"email": "+news@eclair.example", "first_name": "", "last_name": "Press"}
    assert manager.post(f"{BASE}/add/", {**facts, "check": "1"}).status_code == HTTPStatus.OK


def test_a_form_that_arrives_empty_comes_back_with_what_is_missing(manager: Client) -> None:
    answer = manager.post(f"{BASE}/add/", {})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'name="first_name"' in answer.text
