"""Two people at one moment, each on a connection of their own."""

from datetime import date
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from clusterwerk.directory.duplicates import merge_rows
from clusterwerk.members import actions
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    Membership,
    MembershipCategory,
    Task,
)
from clusterwerk.platform.access.seats import NOBODY, Seats, seats_for
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from factories.together import apart
from factories.world import STEWARD, World, build_world, cluster_seats


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small world, visible to other connections."""
    with acting(NOBODY):
        return build_world()


def test_two_who_add_the_same_member_add_it_once_and_the_second_is_told(committed: World) -> None:
    seats = cluster_seats(committed.alpha)
    with acting(seats):
        new = actions.NewMember(
            organisation=committed.rival,
            category=MembershipCategory.objects.get(cluster=committed.alpha),
            first_day=date(2019, 3, 1),
            last_day=None,
            is_paying=True,
            source="test",
        )

    def join() -> None:
        with acting(seats):
            actions.add_member(seats=seats, cluster=committed.alpha, new=new)

    with acting(seats):
        actions.add_member(seats=seats, cluster=committed.alpha, new=new)
        second = apart(join)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.2)
    with pytest.raises(DomainError, match="already is a member"):
        second.result(timeout=5)
    with acting(seats):
        assert Membership.objects.filter(organisation=committed.rival).count() == 1


def test_what_is_written_about_a_contact_during_its_merge_is_refused_and_stays_typed(
    committed: World, client: Client
) -> None:
    seats = cluster_seats(committed.alpha)
    with acting(NOBODY):
        client.force_login(committed.people["manager"])
    with acting(seats):
        gone, kept = (
            Contact.objects.create(cluster=committed.alpha, last_name="Maes", source="test")
            for _each in range(2)
        )

    def write() -> object:
        sent = {"contact": gone.pk, "title": "Call about the long story"}
        return client.post("/members/alpha/tasks/add/", sent)

    with acting(seats):
        merge_rows(seats=seats, losing=Contact.objects.get(pk=gone.pk), keeping=kept)
        late = apart(write)
        with pytest.raises(TimeoutError):
            late.result(timeout=0.4)
    answer = late.result(timeout=5)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "merged or took away what this is about" in page
    assert "Call about the long story" in page


@pytest.fixture
def own_contact(committed: World, client: Client) -> Contact:
    """The member's own row at Alpha, with the member signed in."""
    member = committed.people["member"]
    with acting(STEWARD):
        EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    with acting(NOBODY):
        client.force_login(member)
    with acting(cluster_seats(committed.alpha)):
        return Contact.objects.create(
            cluster=committed.alpha, last_name="Maes", email=member.email, source="test"
        )


def test_who_clicks_twice_allows_once_and_the_team_is_told_once(
    committed: World, client: Client, own_contact: Contact
) -> None:
    member = committed.people["member"].pk
    page = f"/members/own/person/{own_contact.pk}/consent/"
    said = {"purpose": "photos", "say": "give"}
    with acting(Seats(actor=member)):
        seats = seats_for(member)
    with acting(seats):
        actions.say_own_consent(
            contact=own_contact.pk,
            purpose=ConsentPurpose.PHOTOS,
            state=ConsentState.GIVEN,
            on=date(2026, 11, 22),
        )
        second = apart(lambda: client.post(page, said))
        with pytest.raises(TimeoutError):
            second.result(timeout=0.4)
    assert second.result(timeout=5).status_code == HTTPStatus.FOUND
    with acting(cluster_seats(committed.alpha)):
        assert Consent.objects.filter(contact=own_contact).count() == 1
        assert Task.objects.filter(contact=own_contact).count() == 1


def test_a_person_who_saves_while_the_team_writes_loses_nothing_of_either(
    committed: World, client: Client, own_contact: Contact
) -> None:
    page = f"/members/own/person/{own_contact.pk}/"
    shown = client.get(page).context["form"]
    sent = {"first_name": "Nora", "last_name": "Maes", "seen": shown["seen"].value()}
    with acting(cluster_seats(committed.alpha)):
        Contact.objects.filter(pk=own_contact.pk).update(phone="+3292223344")
        late = apart(lambda: client.post(page, sent))
        with pytest.raises(TimeoutError):
            late.result(timeout=0.4)
    assert late.result(timeout=5).status_code == HTTPStatus.FOUND
    with acting(cluster_seats(committed.alpha)):
        own_contact.refresh_from_db()
    assert (own_contact.first_name, own_contact.phone) == ("Nora", "+3292223344")
