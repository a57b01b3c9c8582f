"""A hand-over opens nothing to people whom nobody let in."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.handover.actions import (
    Proposal,
    accept,
    agree,
    carry_out,
    propose,
    rehearse,
    withdraw,
)
from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.models import PublicProfile, Seat
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.access.seats import SeatRole, Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import STEWARD, World, cluster_seats

TODAY = timezone.localdate


def seats_of(world: World, name: str) -> Seats:
    person = world.people[name]
    enter(Seats(actor=person.pk))
    seats = seats_for(person.pk)
    enter(seats)
    return seats


def into_beta(world: World, proposer: str) -> HandOver:
    seats = seats_of(world, proposer)
    profile = PublicProfile.objects.get(slug="beta")
    proposal = Proposal(day=TODAY(), reason="One field, one team", to_profile=profile)
    over = propose(seats=seats, cluster=world.alpha, proposal=proposal)
    accept(seats=seats_of(world, "other_manager"), over=over)
    return over


def to_host(world: World, proposer: str, leader: str) -> HandOver:
    proposal = Proposal(
        day=TODAY(),
        reason="Another house",
        to_host=world.rival,
        new_manager=world.people[leader],
        keeps_team=False,
    )
    return propose(seats=seats_of(world, proposer), cluster=world.alpha, proposal=proposal)


def carried_out(world: World) -> None:
    carry_out(seats=seats_of(world, "programme_manager"), over=into_beta(world, "manager"))


def give_finance(world: World, since: date, until: date | None) -> None:
    enter(cluster_seats(world.alpha))
    Seat.objects.create(
        user=world.people["stranger"],
        kind="cluster",
        role=SeatRole.FINANCE,
        cluster=world.alpha,
        agency=world.agency,
        since=since,
        until=until,
    )


@pytest.mark.parametrize("leader", ["programme_manager", "account_manager", "evaluator"])
@pytest.mark.parametrize("proposer", ["manager", "programme_manager"])
def test_nobody_of_the_agency_becomes_the_manager_of_a_cluster(
    world: World, proposer: str, leader: str
) -> None:
    """A manager reads what members pay, and an agency must not."""
    with pytest.raises(DomainError):
        to_host(world, proposer, leader)
    seats_of(world, leader)
    assert not HandOver.objects.exists()
    assert not Contribution.objects.exists()


def test_who_joins_the_agency_meanwhile_leads_no_cluster(world: World) -> None:
    over = to_host(world, "manager", "stranger")
    enter(STEWARD)
    Seat.objects.create(
        user=world.people["stranger"],
        kind="agency",
        role=SeatRole.ACCOUNT_MANAGER,
        agency=world.agency,
    )
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)
    seats_of(world, "stranger")
    assert not Contribution.objects.exists()


def test_an_agency_hands_over_no_cluster_whose_manager_did_not_agree(world: World) -> None:
    over = into_beta(world, "programme_manager")
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)
    with pytest.raises(PermissionDenied):
        rehearse(seats=seats_of(world, "other_manager"), over=over)
    with pytest.raises(PermissionDenied):
        agree(seats=seats_of(world, "other_manager"), over=over)
    enter(cluster_seats(world.beta))
    assert not Membership.objects.filter(organisation=world.company).exists()
    assert agree(seats=seats_of(world, "manager"), over=over) is True
    assert agree(seats=seats_of(world, "manager"), over=over) is False
    carry_out(seats=seats_of(world, "programme_manager"), over=over)
    enter(cluster_seats(world.beta))
    assert Membership.objects.filter(organisation=world.company).count() == 1


def test_a_cluster_in_which_no_manager_is_left_is_handed_over_by_its_agency(world: World) -> None:
    enter(STEWARD)
    Seat.objects.filter(user=world.people["manager"]).update(until=TODAY())
    over = into_beta(world, "programme_manager")
    carry_out(seats=seats_of(world, "programme_manager"), over=over)
    assert not over.is_open


def test_the_page_lets_the_cluster_agree_to_what_its_agency_proposed(
    world: World, client: Client
) -> None:
    over = into_beta(world, "programme_manager")
    page = f"/sharing/hand-over/{over.pk}/"
    client.force_login(world.people["other_manager"])
    assert 'value="agree"' not in client.get(page).content.decode()
    client.force_login(world.people["manager"])
    assert 'value="agree"' in client.get(page).content.decode()
    assert client.post(page, {"do": "agree"}).status_code == 302
    over.refresh_from_db()
    assert over.agreed_by == world.people["manager"]


def test_a_decision_is_taken_by_the_row_as_it_stands_and_not_as_it_was_read(world: World) -> None:
    over = into_beta(world, "manager")
    read_before = HandOver.objects.get(pk=over.pk)
    carry_out(seats=seats_of(world, "programme_manager"), over=over)
    with pytest.raises(DomainError):
        withdraw(seats=seats_of(world, "manager"), over=read_before)
    over.refresh_from_db()
    assert over.withdrawn_at is None


def test_a_seat_for_a_time_stays_one_for_a_time(world: World) -> None:
    ends = TODAY() + timedelta(days=5)
    give_finance(world, TODAY() - timedelta(days=300), ends)
    carried_out(world)
    enter(cluster_seats(world.beta))
    given = Seat.objects.get(user=world.people["stranger"])
    assert (given.since, given.until) == (TODAY(), ends)


def test_a_seat_that_is_still_to_begin_begins_no_earlier(world: World) -> None:
    begins = TODAY() + timedelta(days=30)
    give_finance(world, begins, None)
    carried_out(world)
    enter(cluster_seats(world.beta))
    assert Seat.objects.get(user=world.people["stranger"]).since == begins
    enter(cluster_seats(world.alpha))
    assert not Seat.objects.filter(user=world.people["stranger"]).exists()


def test_what_others_told_of_their_size_stays_with_the_old_cluster(world: World) -> None:
    enter(cluster_seats(world.alpha))
    SizeStatement.objects.create(
        cluster=world.alpha, organisation=world.rival, year=2021, headcount=77, source="test"
    )
    carried_out(world)
    enter(cluster_seats(world.beta))
    told = SizeStatement.objects.order_by("headcount", "organisation__name_sort")
    assert list(told.values_list("organisation__name", "year")) == [
        ("Éclair Works", 2019),
        ("Rival Works", 2019),
    ]


def test_who_joins_the_other_cluster_later_is_a_member_there_until_then_too(world: World) -> None:
    later = TODAY() + timedelta(days=700)
    enter(cluster_seats(world.beta))
    Membership.objects.create(
        agency=world.agency,
        cluster=world.beta,
        organisation=world.company,
        category=MembershipCategory.objects.get(cluster=world.beta),
        period=DateRange(later, None),
        is_paying=True,
        source="test",
    )
    carried_out(world)
    enter(cluster_seats(world.beta))
    periods = Membership.objects.filter(organisation=world.company).order_by("period")
    assert list(periods.values_list("period", flat=True)) == [
        DateRange(TODAY(), later),
        DateRange(later, None),
    ]
