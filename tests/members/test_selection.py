"""Lists of members as a person selects and sorts them, and what stands behind one member."""

from datetime import date
from decimal import Decimal

import pytest

from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.measure.headcount import HeadcountClass
from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Promise, Size
from clusterwerk.members.indicators import MEMBER_INDICATORS
from clusterwerk.members.queries import (
    MemberTotals,
    Order,
    PageKey,
    PathCount,
    Selection,
    ending_by,
    member_file,
    member_page,
    member_path,
    member_totals,
)
from clusterwerk.platform.access.seats import NOBODY, HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.evidence import count
from factories.world import World, cluster_seats

DAY = date(2020, 1, 31)
FIRST_DAY = date(2018, 1, 2)  # of the agreement of every cluster of the world: 36 months to 2021

MEMBERS = (  # name, first day, last day, promise for working year 3, headcount
    ("Anker", date(2017, 1, 1), None, "300", 9),
    ("Boei", date(2018, 6, 1), date(2020, 3, 1), "0", 10),
    ("Cape", date(2019, 6, 1), date(2020, 1, 31), "300", 250),
    ("Dok", date(2019, 12, 1), None, None, None),
)


@pytest.fixture
def harbour(world: World) -> World:
    """Cluster Alpha with four members beside Éclair Works (since the day before its agreement)."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    for name, first_day, last_day, promise, headcount in MEMBERS:
        new = NewOrganisation(name=name, kind=OrganisationKind.ENTERPRISE, source="test")
        (organisation,) = register_organisations(seats=seats, new=[new])
        member = actions.join(
            seats=seats,
            cluster=world.alpha,
            new=NewMember(
                organisation, world.membership.category, first_day, True, "test", last_day
            ),
        )
        if promise is not None:
            actions.promise_contribution(seats=seats, promise=Promise(member, 3, Decimal(promise)))
        if headcount is not None:
            size = Size(organisation, 2019, "test", headcount=headcount)
            actions.state_size(seats=seats, cluster_id=world.alpha.pk, size=size)
    return world


def names(world: World, selection: Selection, day: date = DAY) -> list[str]:
    return [
        row.organisation.name for row in member_page(world.alpha.pk, day, selection=selection).rows
    ]


def test_the_last_day_of_a_membership_is_not_part_of_it(harbour: World) -> None:
    assert names(harbour, Selection()) == ["Anker", "Boei", "Dok", "Éclair Works"]
    assert "Cape" in names(harbour, Selection(), date(2020, 1, 30))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (HeadcountClass.MICRO, ["Anker"]),
        (HeadcountClass.SMALL, ["Boei", "Éclair Works"]),
        (HeadcountClass.MEDIUM, []),
        (HeadcountClass.LARGE, ["Cape"]),
    ],
)
def test_a_size_class_holds_whoever_stated_such_a_headcount(
    harbour: World, size: HeadcountClass, expected: list[str]
) -> None:
    assert names(harbour, Selection(size=size), date(2020, 1, 30)) == expected


def test_a_headcount_stated_later_than_the_day_does_not_count(harbour: World) -> None:
    assert names(harbour, Selection(size=HeadcountClass.SMALL), date(2018, 12, 31)) == []


def test_a_category_of_the_cluster_is_selected(harbour: World) -> None:
    partner, _is_new = actions.offer_category(
        seats=cluster_seats(harbour.alpha), cluster=harbour.alpha, name="Partner"
    )
    assert names(harbour, Selection(category=partner.pk)) == []
    assert len(names(harbour, Selection(category=harbour.membership.category_id))) == 4


def test_memberships_that_end_are_found_before_they_do(harbour: World) -> None:
    assert names(harbour, Selection(ends_by=date(2020, 3, 1))) == ["Boei"]
    assert names(harbour, Selection(ends_by=date(2020, 2, 29))) == []
    ending = ending_by(harbour.alpha.pk, DAY, date(2020, 3, 1))
    assert [member.organisation.name for member in ending] == ["Boei"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NAME, ["Anker", "Boei", "Cape", "Dok", "Éclair Works"]),
        (Order.SINCE, ["Anker", "Éclair Works", "Boei", "Cape", "Dok"]),
        # no promise comes below a promise of zero; equal amounts follow their ids
        (Order.CONTRIBUTION, ["Éclair Works", "Dok", "Boei", "Anker", "Cape"]),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_every_order_follow_each_other_both_ways(
    harbour: World, order: Order, expected: list[str], descending: bool
) -> None:
    selection = Selection(order=order, descending=descending)
    day, after, seen = date(2020, 1, 30), None, []
    while True:
        page = member_page(harbour.alpha.pk, day, selection=selection, after=after, size=2)
        seen += [row.organisation.name for row in page.rows]
        after = page.next
        if after is None:
            break
        assert isinstance(after, PageKey)
    assert seen == (expected[::-1] if descending else expected)


def test_totals_are_of_the_whole_selection(harbour: World) -> None:
    day = date(2020, 1, 30)
    assert member_totals(harbour.alpha.pk, day) == MemberTotals(5, Decimal(600))
    micro = Selection(size=HeadcountClass.MICRO)
    assert member_totals(harbour.alpha.pk, day, micro) == MemberTotals(1, Decimal(300))
    assert member_totals(harbour.beta.pk, day) == MemberTotals(0, Decimal(0))


def test_the_path_counts_what_the_indicators_count_on_each_day(harbour: World) -> None:
    days = [date(2017, 6, 1), FIRST_DAY, date(2019, 1, 1), date(2020, 1, 30), DAY]
    path = member_path(harbour.alpha.pk, FIRST_DAY, days)
    assert path[-2:] == (PathCount(date(2020, 1, 30), 5, 3), PathCount(DAY, 4, 2))
    indicators = {indicator.key: indicator for indicator in MEMBER_INDICATORS}
    for point in path:
        for key, number in (("members.paying", point.paying), ("members.new", point.new)):
            assert count(indicators[key], harbour.alpha.pk, point.day).number == number


def test_who_keeps_two_clusters_sees_each_file_alone(harbour: World) -> None:
    both = Seats(
        held=tuple(
            HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster.pk, cluster.agency_id)
            for cluster in (harbour.alpha, harbour.beta)
        )
    )
    enter(both)
    category, _is_new = actions.offer_category(seats=both, cluster=harbour.beta, name="Guest")
    guest = actions.join(
        seats=both,
        cluster=harbour.beta,
        new=NewMember(harbour.company, category, date(2019, 1, 1), True, "test"),
    )
    actions.promise_contribution(seats=both, promise=Promise(guest, 2, Decimal(77)))
    size = Size(harbour.company, 2020, "test", headcount=13)
    actions.state_size(seats=both, cluster_id=harbour.beta.pk, size=size)
    file = member_file(harbour.alpha.pk, harbour.membership.pk)
    assert file is not None
    assert [promise.amount for promise in file.contributions] == [Decimal(500)]
    assert [statement.year for statement in file.sizes] == [2019]
    assert file.other_periods == ()
    assert member_file(harbour.alpha.pk, guest.pk) is None


def test_nobody_opens_a_file(harbour: World) -> None:
    enter(NOBODY)
    assert member_file(harbour.alpha.pk, harbour.membership.pk) is None
