"""Two people at one moment, each on a connection of their own."""

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from clusterwerk.directory.duplicates import merge_rows
from clusterwerk.members import actions
from clusterwerk.members.models import Contact, Membership, MembershipCategory
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from factories.together import apart
from factories.world import World, build_world, cluster_seats


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
