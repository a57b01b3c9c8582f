"""Renewing, changing and ending a membership, and what stays as it was."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.directory.actions import NewOrganisation, register_organisation
from clusterwerk.directory.models import Organisation, OrganisationKind
from clusterwerk.members import actions
from clusterwerk.members.actions import (
    CategoryFacts,
    Leaving,
    NewMember,
    Promise,
    Renewal,
    Size,
)
from clusterwerk.members.indicators import new_memberships, paying_memberships
from clusterwerk.members.models import (
    Contribution,
    Departure,
    LeavingReason,
    Membership,
    MembershipCategory,
    SizeStatement,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, agency_seats, cluster_seats, organisation_seats

LEFT = Leaving(date(2020, 1, 1), LeavingReason.BENEFIT, "too few visits", "visit sooner")


@pytest.fixture
def seats(world: World) -> Seats:
    found = cluster_seats(world.alpha)
    enter(found)
    Departure.objects.all().delete()
    return found


@pytest.fixture
def other(world: World, seats: Seats) -> MembershipCategory:
    facts = CategoryFacts("Partner", "for large ones")
    return actions.add_category(seats=seats, cluster=world.alpha, facts=facts)


def organisation(seats: Seats, name: str = "Joiner Works") -> Organisation:
    new = NewOrganisation(name=name, kind=OrganisationKind.ENTERPRISE, source="test")
    return register_organisation(seats=seats, new=new)


def join(world: World, seats: Seats, last: date | None = date(2020, 1, 1)) -> Membership:
    new = NewMember(
        organisation(seats), world.membership.category, date(2019, 1, 1), True, "test", last
    )
    return actions.join(seats=seats, cluster=world.alpha, new=new)


def test_a_membership_leaves_on_a_day_with_a_reason(world: World, seats: Seats) -> None:
    departure = actions.leave(seats=seats, membership=world.membership, leaving=LEFT)
    world.membership.refresh_from_db()
    assert world.membership.period == DateRange(date(2018, 1, 1), date(2020, 1, 1))
    assert (departure.reason, departure.lesson) == ("benefit", "visit sooner")


def test_leaving_twice_on_one_day_corrects_the_reason(world: World, seats: Seats) -> None:
    actions.leave(seats=seats, membership=world.membership, leaving=LEFT)
    again = Leaving(LEFT.day, LeavingReason.COST)
    actions.leave(seats=seats, membership=world.membership, leaving=again)
    assert list(Departure.objects.values_list("reason", "note")) == [("cost", "")]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2018, 1, 1), "joined on 1 January 2018; choose a later day"),
        (date(2017, 5, 1), "joined on 1 January 2018; choose a later day"),
    ],
)
def test_nobody_leaves_before_joining(world: World, seats: Seats, day: date, told: str) -> None:
    with pytest.raises(DomainError, match=told):
        actions.leave(
            seats=seats, membership=world.membership, leaving=Leaving(day, LeavingReason.COST)
        )
    world.membership.refresh_from_db()
    assert world.membership.period.upper is None
    assert not Departure.objects.exists()


def test_who_left_is_not_made_to_leave_later(world: World, seats: Seats) -> None:
    actions.leave(seats=seats, membership=world.membership, leaving=LEFT)
    later = Leaving(date(2021, 1, 1), LeavingReason.COST)
    with pytest.raises(DomainError, match="already ends on 1 January 2020"):
        actions.leave(seats=seats, membership=world.membership, leaving=later)


def test_a_member_that_left_joins_again_later(world: World, seats: Seats) -> None:
    actions.leave(seats=seats, membership=world.membership, leaving=LEFT)
    new = NewMember(world.company, world.membership.category, date(2021, 1, 1), True, "test")
    again = actions.join(seats=seats, cluster=world.alpha, new=new)
    assert (again.since, again.continued_from) == (date(2021, 1, 1), None)


def test_neither_the_agency_nor_the_member_reads_why_it_left(world: World, seats: Seats) -> None:
    actions.leave(seats=seats, membership=world.membership, leaving=LEFT)
    for reader in (agency_seats(world.agency), organisation_seats(world.company)):
        enter(reader)
        assert Membership.objects.filter(pk=world.membership.pk).exists()
        assert not Departure.objects.exists()


def test_an_observer_makes_nobody_leave(world: World) -> None:
    watching = cluster_seats(world.alpha, SeatRole.OBSERVER)
    enter(watching)
    with pytest.raises(PermissionDenied):
        actions.leave(seats=watching, membership=world.membership, leaving=LEFT)
    assert Membership.objects.get(pk=world.membership.pk).period.upper is None


def test_a_change_of_category_splits_the_period_and_keeps_since(
    world: World, seats: Seats, other: MembershipCategory
) -> None:
    following = actions.change_category(
        seats=seats, membership=world.membership, category=other, day=date(2019, 7, 1),
        is_paying=True,
    )  # fmt: skip
    rows = Membership.objects.order_by("period").values_list("category__name", "period", "since")
    assert list(rows) == [
        ("Member", DateRange(date(2018, 1, 1), date(2019, 7, 1)), date(2018, 1, 1)),
        ("Partner", DateRange(date(2019, 7, 1), None), date(2018, 1, 1)),
    ]
    assert following.continued_from == date(2018, 1, 1)


def test_promises_of_the_year_and_later_go_with_the_member(
    world: World, seats: Seats, other: MembershipCategory
) -> None:
    """Working years begin on 2 January 2018."""
    for year in (2, 3):
        promise = Promise(world.membership, year, Decimal(100 * year))
        actions.promise_contribution(seats=seats, promise=promise)
    following = actions.change_category(
        seats=seats, membership=world.membership, category=other, day=date(2019, 7, 1),
        is_paying=True,
    )  # fmt: skip
    kept = Contribution.objects.order_by("working_year").values_list("working_year", "membership")
    assert list(kept) == [(1, world.membership.pk), (2, following.pk), (3, following.pk)]


def test_a_change_on_the_first_day_corrects_the_row(
    world: World, seats: Seats, other: MembershipCategory
) -> None:
    same = actions.change_category(
        seats=seats, membership=world.membership, category=other, day=date(2018, 1, 1),
        is_paying=False,
    )  # fmt: skip
    assert (same.pk, same.category, same.is_paying) == (world.membership.pk, other, False)


def test_a_change_to_the_same_category_or_outside_the_period_is_refused(
    world: World, seats: Seats, other: MembershipCategory
) -> None:
    day = date(2019, 7, 1)
    own = world.membership
    with pytest.raises(DomainError, match="Éclair Works already is Member"):
        actions.change_category(
            seats=seats, membership=own, category=own.category, day=day, is_paying=True
        )
    with pytest.raises(DomainError, match="joined on 1 January 2018"):
        actions.change_category(
            seats=seats, membership=own, category=other, day=date(2017, 1, 1), is_paying=True
        )
    assert Membership.objects.get(organisation=world.company).category == own.category


def test_a_change_of_category_makes_no_new_member_of_the_indicators(
    world: World, seats: Seats, other: MembershipCategory
) -> None:
    actions.change_category(
        seats=seats, membership=world.membership, category=other, day=date(2019, 7, 1),
        is_paying=True,
    )  # fmt: skip
    day = date(2020, 1, 1)
    assert len(list(paying_memberships(world.alpha.pk, day))) == 1
    assert list(new_memberships(world.alpha.pk, day)) == []


def test_a_renewal_moves_the_end_and_promises_once(world: World, seats: Seats) -> None:
    own = join(world, seats)
    renewal = Renewal(own.pk, date(2020, 1, 1), date(2021, 1, 1), 3, Decimal(750))
    actions.renew(seats=seats, cluster=world.alpha, renewal=renewal)
    own.refresh_from_db()
    assert own.period == DateRange(date(2019, 1, 1), date(2021, 1, 1))
    assert Contribution.objects.get(membership=own).amount == Decimal(750)


def test_a_second_click_on_renew_is_told_and_changes_nothing(world: World, seats: Seats) -> None:
    own = join(world, seats)
    renewal = Renewal(own.pk, date(2020, 1, 1), date(2021, 1, 1))
    actions.renew(seats=seats, cluster=world.alpha, renewal=renewal)
    with pytest.raises(DomainError, match="it now ends on 1 January 2021"):
        actions.renew(seats=seats, cluster=world.alpha, renewal=renewal)
    own.refresh_from_db()
    assert own.period.upper == date(2021, 1, 1)


def test_a_promise_already_made_stays_when_a_renewal_proposes_another(
    world: World, seats: Seats
) -> None:
    own = join(world, seats)
    promise = Promise(own, 3, Decimal(100))
    actions.promise_contribution(seats=seats, promise=promise)
    renewal = Renewal(own.pk, date(2020, 1, 1), date(2021, 1, 1), 3, Decimal(750))
    actions.renew(seats=seats, cluster=world.alpha, renewal=renewal)
    assert Contribution.objects.get(membership=own).amount == Decimal(100)


def test_of_many_renewals_all_happen_or_none(world: World, seats: Seats) -> None:
    own = join(world, seats)
    good = Renewal(own.pk, date(2020, 1, 1), date(2021, 1, 1))
    foreign = Renewal(world.rival_membership.pk, date(2020, 1, 1), date(2021, 1, 1))
    with pytest.raises(DomainError, match="not there any more"):
        actions.renew_many(seats=seats, cluster=world.alpha, renewals=[good, foreign])
    own.refresh_from_db()
    assert own.period.upper == date(2020, 1, 1)


def test_a_renewal_takes_a_notice_to_leave_back(world: World, seats: Seats) -> None:
    own = join(world, seats)
    actions.leave(seats=seats, membership=own, leaving=LEFT)
    renewal = Renewal(own.pk, date(2020, 1, 1), date(2021, 1, 1))
    actions.renew(seats=seats, cluster=world.alpha, renewal=renewal)
    assert not Departure.objects.exists()


def test_a_member_is_added_with_size_and_promise_or_not_at_all(world: World, seats: Seats) -> None:
    joiner = organisation(seats)
    new = NewMember(joiner, world.membership.category, date(2019, 6, 1), True, "test")
    size = Size(joiner, 2018, "asked at joining", headcount=20, is_autonomous=True)
    own = actions.add_member(
        seats=seats, cluster=world.alpha, new=new, size=size, working_year=2, amount=Decimal(750)
    )
    assert Contribution.objects.get(membership=own).amount == Decimal(750)
    assert SizeStatement.objects.get(organisation=joiner).is_autonomous is True
    with pytest.raises(DomainError, match="already is a member of Alpha, since 1 June 2019"):
        actions.add_member(seats=seats, cluster=world.alpha, new=new, size=size)
    assert Membership.objects.filter(organisation=joiner).count() == 1


def test_a_category_that_is_not_offered_takes_no_new_member(
    world: World, seats: Seats, other: MembershipCategory
) -> None:
    facts = CategoryFacts("Partner", is_offered=False)
    actions.change_category_facts(seats=seats, category=other, facts=facts)
    new = NewMember(organisation(seats), other, date(2019, 6, 1), True, "test")
    with pytest.raises(DomainError, match="Partner is not offered to new members"):
        actions.add_member(seats=seats, cluster=world.alpha, new=new)
    assert not Membership.objects.filter(category=other).exists()
