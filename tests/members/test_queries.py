"""Lists of members, page by page, for each kind of reader."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from pytest_django import DjangoAssertNumQueries

from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Promise, Size
from clusterwerk.members.queries.promises import held_memberships
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from factories.world import World, agency_seats, cluster_seats, organisation_seats
from members.listed import listed

DAY = date(2020, 1, 31)
NAMES = ("Zeewerk", "Élan", "eland 100%", "Antenne_B", "Élan")


@pytest.fixture
def full(world: World) -> World:
    """Cluster Alpha with six members: Éclair Works and five others, two of the same name."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    new = [
        NewOrganisation(name=name, kind=OrganisationKind.ENTERPRISE, source="test")
        for name in NAMES
    ]
    members = [
        NewMember(
            organisation=organisation,
            category=world.membership.category,
            first_day=date(2019, 1, 1),
            is_paying=True,
            source="test",
        )
        for organisation in register_organisations(seats=seats, new=new)
    ]
    actions.join_many(seats=seats, cluster=world.alpha, new=members)
    promise = Promise(world.membership, 3, Decimal(650))
    actions.promise_contribution(seats=seats, promise=promise)
    for year, headcount in ((2018, 9), (2021, 99)):
        size = Size(world.company, year, "test", headcount=headcount)
        actions.state_size(seats=seats, cluster_id=world.alpha.pk, size=size)
    enter(NOBODY)
    return world


def names(world: World, typed: str = "") -> list[str]:
    read = listed(world.alpha, DAY, urlencode({"find": typed}))
    return [row.organisation.name for row in read.page.rows]


def test_members_stand_in_the_order_of_their_names_without_accents(full: World) -> None:
    enter(cluster_seats(full.alpha))
    assert names(full) == ["Antenne_B", "Éclair Works", "Élan", "Élan", "eland 100%", "Zeewerk"]


def test_pages_follow_each_other_without_gap_or_repeat(full: World) -> None:
    enter(cluster_seats(full.alpha))
    after = ""
    seen = []
    while True:
        page = listed(full.alpha, DAY, urlencode({"after": after}), size=2).page
        seen.append([row.organisation.pk for row in page.rows])
        after = page.next
        if not after:
            break
    assert [len(page) for page in seen] == [2, 2, 2]
    assert len({pk for page in seen for pk in page}) == 6


def test_a_last_page_that_is_just_full_has_no_next(full: World) -> None:
    enter(cluster_seats(full.alpha))
    assert listed(full.alpha, DAY, size=6).page.next == ""
    assert listed(full.alpha, DAY, size=5).page.next != ""


def test_every_typed_word_is_searched_without_accents_and_wildcards(full: World) -> None:
    enter(cluster_seats(full.alpha))
    assert names(full, "ELAN") == ["Élan", "Élan", "eland 100%"]
    assert names(full, "works éclair") == ["Éclair Works"]
    assert names(full, "100%") == ["eland 100%"]
    assert names(full, "e_w") == []
    assert names(full, "_b") == ["Antenne_B"]


def test_a_row_tells_the_promise_of_the_working_year_and_the_newest_size(full: World) -> None:
    enter(cluster_seats(full.alpha))
    (row,) = listed(full.alpha, DAY, "find=eclair").page.rows
    assert row.contribution == Decimal(650)
    assert row.size is not None
    assert (row.size.year, row.size.headcount) == (2019, 12)
    assert row.category == full.membership.category
    (unknown,) = listed(full.alpha, DAY, "find=zee").page.rows
    assert (unknown.contribution, unknown.size) == (None, None)


def test_a_day_before_a_membership_has_no_row_of_it(full: World) -> None:
    enter(cluster_seats(full.alpha))
    read = listed(full.alpha, date(2018, 12, 31))
    assert [row.organisation.name for row in read.page.rows] == ["Éclair Works"]


def test_a_page_takes_the_same_few_queries_whatever_its_size(
    full: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(cluster_seats(full.alpha))
    for size in (1, 6):
        with django_assert_num_queries(9):
            page = listed(full.alpha, DAY, size=size).page
            assert [row.organisation.place for row in page.rows] == [None] * size


def test_another_cluster_and_nobody_see_no_members(full: World) -> None:
    for seats in (cluster_seats(full.beta), NOBODY):
        enter(seats)
        assert names(full) == []


def test_the_agency_sees_who_is_a_member_but_no_amount_and_no_size(full: World) -> None:
    enter(agency_seats(full.agency))
    rows = listed(full.alpha, DAY).page.rows
    assert len(rows) == 6
    assert {(row.category, row.contribution, row.size) for row in rows} == {(None, None, None)}


def test_an_organisation_sees_its_own_memberships_and_promises_only(full: World) -> None:
    enter(organisation_seats(full.company))
    (own,) = held_memberships([full.company.pk, full.rival.pk], DAY)
    assert own.membership == full.membership
    assert (own.cluster_name, own.slug, own.is_now) == ("Alpha", "alpha", True)
    assert [promise.amount for promise in own.contributions] == [Decimal(500), Decimal(650)]
    enter(organisation_seats(full.rival))
    rival = held_memberships([full.company.pk, full.rival.pk], DAY)
    assert [own.cluster_name for own in rival] == ["Beta", "Gamma"]
