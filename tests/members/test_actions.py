"""Joining a cluster, promising a contribution and saying how large one is."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Promise, Size
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, agency_seats, cluster_seats, organisation_seats


def entered(seats: Seats) -> Seats:
    enter(seats)
    return seats


def rival_joins(world: World, **facts: date | None) -> NewMember:
    return NewMember(
        organisation=world.rival,
        category=MembershipCategory.objects.get(cluster=world.alpha),
        first_day=facts.get("first_day") or date(2019, 3, 1),
        last_day=facts.get("last_day"),
        is_paying=True,
        source="test",
    )


def test_staff_adds_a_member_from_a_day_on(world: World) -> None:
    seats = entered(cluster_seats(world.alpha, SeatRole.STAFF))
    made = actions.join(seats=seats, cluster=world.alpha, new=rival_joins(world))
    assert made.agency_id == world.agency.pk
    assert made.is_demo is False
    members = Membership.objects.filter(cluster=world.alpha, organisation=world.rival)
    assert members.on(date(2019, 3, 1)).get() == made
    assert not members.on(date(2019, 2, 28)).exists()


def test_only_the_clusters_own_team_adds_members(world: World) -> None:
    enter(cluster_seats(world.alpha))
    new = rival_joins(world)
    for seats in (
        cluster_seats(world.alpha, SeatRole.OBSERVER),
        cluster_seats(world.alpha, SeatRole.FINANCE),
        cluster_seats(world.beta),
        agency_seats(world.agency),
        organisation_seats(world.rival),
    ):
        entered(seats)
        with pytest.raises(PermissionDenied):
            actions.join(seats=seats, cluster=world.alpha, new=new)
    enter(cluster_seats(world.alpha))
    assert not Membership.objects.filter(organisation=world.rival).exists()


@pytest.mark.parametrize("last_day", [None, date(2018, 6, 1)])
def test_who_is_a_member_does_not_join_again(world: World, last_day: date | None) -> None:
    seats = entered(cluster_seats(world.alpha))
    new = NewMember(
        organisation=world.company,
        category=world.membership.category,
        first_day=date(2017, 6, 1),
        last_day=last_day,
        is_paying=True,
        source="test",
    )
    message = "Éclair Works already is a member of Alpha, since 1 January 2018"
    with pytest.raises(DomainError, match=message):
        actions.join(seats=seats, cluster=world.alpha, new=new)
    assert Membership.objects.filter(cluster=world.alpha).count() == 1


def test_a_membership_may_begin_on_the_day_another_has_ended(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    join = partial(actions.join, seats=seats, cluster=world.alpha)
    join(new=rival_joins(world, last_day=date(2019, 6, 1)))
    again = join(new=rival_joins(world, first_day=date(2019, 6, 1)))
    members = Membership.objects.filter(organisation=world.rival)
    assert members.on(date(2019, 6, 1)).get() == again
    assert members.count() == 2


@pytest.mark.parametrize("last_day", [date(2019, 3, 1), date(2019, 2, 28)])
def test_a_membership_that_ends_before_it_begins_is_refused(world: World, last_day: date) -> None:
    seats = entered(cluster_seats(world.alpha))
    with pytest.raises(DomainError, match="Rival Works: a membership has a first day"):
        actions.join(seats=seats, cluster=world.alpha, new=rival_joins(world, last_day=last_day))
    assert not Membership.objects.filter(organisation=world.rival).exists()


def test_many_join_at_once_or_nobody_does(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    twice = [rival_joins(world), rival_joins(world, first_day=date(2020, 1, 1))]
    with pytest.raises(DomainError, match="already is a member"):
        actions.join_many(seats=seats, cluster=world.alpha, new=twice)
    assert not Membership.objects.filter(organisation=world.rival).exists()
    (made,) = actions.join_many(seats=seats, cluster=world.alpha, new=twice[:1])
    assert Membership.objects.get(organisation=world.rival) == made


def test_a_second_promise_for_the_year_replaces_the_first(world: World) -> None:
    seats = entered(cluster_seats(world.alpha, SeatRole.FINANCE))
    promise = Promise(world.membership, 2, Decimal(700))
    made, new = actions.promise_contribution(seats=seats, promise=promise)
    assert (made.amount, new) == (Decimal(700), True)
    assert actions.promise_contribution(seats=seats, promise=promise) == (made, False)
    more = Promise(world.membership, 2, Decimal("800.50"))
    assert actions.promise_contribution(seats=seats, promise=more) == (made, True)
    year = Contribution.objects.filter(membership=world.membership, working_year=2)
    assert year.get().amount == Decimal("800.50")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (Decimal(-1), "A contribution is not negative"),
        (Decimal("1.001"), "no more than 2 decimal places"),
        (Decimal("NaN"), "amount: "),
        (Decimal("1e12"), "no more than 1[02] digits"),
    ],
)
def test_an_amount_that_is_no_amount_is_refused(
    world: World, amount: Decimal, sentence: str
) -> None:
    seats = entered(cluster_seats(world.alpha))
    promise = Promise(world.membership, 2, amount)
    with pytest.raises(DomainError, match=sentence):
        actions.promise_contribution(seats=seats, promise=promise)
    with pytest.raises(DomainError, match=sentence):
        actions.promise_contributions(seats=seats, cluster_id=world.alpha.pk, promises=[promise])
    assert not Contribution.objects.filter(working_year=2).exists()


def test_promises_of_another_cluster_are_refused(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    promises = [
        Promise(world.membership, 3, Decimal(1)),
        Promise(world.rival_membership, 3, Decimal(1)),
    ]
    with pytest.raises(DomainError, match="another cluster"):
        actions.promise_contributions(seats=seats, cluster_id=world.alpha.pk, promises=promises)
    with pytest.raises(PermissionDenied):
        actions.promise_contribution(seats=seats, promise=promises[1])
    assert not Contribution.objects.filter(working_year=3).exists()


def test_an_observer_promises_nothing(world: World) -> None:
    seats = entered(cluster_seats(world.alpha, SeatRole.OBSERVER))
    with pytest.raises(PermissionDenied):
        actions.promise_contribution(seats=seats, promise=Promise(world.membership, 2, Decimal(1)))
    assert Contribution.objects.filter(cluster=world.alpha).count() == 1


def test_an_organisation_says_its_own_size_to_its_cluster(world: World) -> None:
    seats = entered(organisation_seats(world.company))
    size = Size(world.company, 2020, "own statement", headcount=31)
    made, new = actions.state_size(seats=seats, cluster_id=world.alpha.pk, size=size)
    assert (made.headcount, made.turnover, new) == (31, None, True)
    assert actions.state_size(seats=seats, cluster_id=world.alpha.pk, size=size) == (made, False)
    enter(cluster_seats(world.beta))
    assert not SizeStatement.objects.filter(organisation=world.company).exists()


def test_an_organisation_says_nothing_to_a_cluster_that_it_is_no_member_of(world: World) -> None:
    seats = entered(organisation_seats(world.company))
    size = Size(world.company, 2020, "own statement", headcount=31)
    with pytest.raises(DomainError, match="Éclair Works is not a member"):
        actions.state_size(seats=seats, cluster_id=world.beta.pk, size=size)
    assert not SizeStatement.objects.filter(cluster=world.beta).exists()


def test_nobody_else_says_how_large_an_organisation_is(world: World) -> None:
    size = Size(world.company, 2020, "guess", headcount=31)
    for seats in (organisation_seats(world.rival), cluster_seats(world.beta)):
        entered(seats)
        with pytest.raises(PermissionDenied):
            actions.state_size(seats=seats, cluster_id=world.alpha.pk, size=size)
    enter(cluster_seats(world.alpha))
    assert not SizeStatement.objects.filter(year=2020).exists()


def test_a_category_is_offered_once(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    made, new = actions.offer_category(seats=seats, cluster=world.alpha, name="Partner")
    assert new is True
    assert actions.offer_category(seats=seats, cluster=world.alpha, name="Partner") == (made, False)
