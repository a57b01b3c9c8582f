"""Lists of members as a person selects and sorts them, and what stands behind one member."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.measure.headcount import HeadcountClass
from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Promise, Size
from clusterwerk.members.indicators import MEMBER_INDICATORS
from clusterwerk.members.lists import MemberScope, member_listing, member_words
from clusterwerk.members.models import Membership, Tag, TagUse
from clusterwerk.members.queries import (
    PathCount,
    ending_by,
    member_file,
    member_path,
)
from clusterwerk.platform.access.seats import NOBODY, HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.evidence import count
from clusterwerk.platform.ui.lists import asked_of, read_list
from factories.world import World, cluster_seats
from members.listed import listed, names

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


def test_the_last_day_of_a_membership_is_not_part_of_it(harbour: World) -> None:
    assert names(harbour.alpha, DAY) == ["Anker", "Boei", "Dok", "Éclair Works"]
    assert "Cape" in names(harbour.alpha, date(2020, 1, 30))


@pytest.mark.parametrize("day", [date(2017, 6, 1), date(2020, 1, 30), DAY, date(2020, 3, 1)])
def test_the_list_holds_the_rows_that_its_counts_tell(harbour: World, day: date) -> None:
    """What opens a list is a plain condition, and what is counted the value of the facet."""
    scope = MemberScope(harbour.alpha, day, None)
    listing = member_listing(scope, member_words(harbour.alpha.pk))
    read = read_list(listing, asked_of(QueryDict(), listing))
    shown = len(read.page.rows)
    assert shown == read.counts.total == read.counts.values["state"].get("current", 0)


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
    assert names(harbour.alpha, date(2020, 1, 30), f"size={size}") == expected


def test_a_headcount_stated_later_than_the_day_does_not_count(harbour: World) -> None:
    assert names(harbour.alpha, date(2018, 12, 31), "size=small") == []


def test_a_category_of_the_cluster_is_selected(harbour: World) -> None:
    partner, _is_new = actions.offer_category(
        seats=cluster_seats(harbour.alpha), cluster=harbour.alpha, name="Partner"
    )
    assert names(harbour.alpha, DAY, f"category={partner.pk}") == []
    assert len(names(harbour.alpha, DAY, f"category={harbour.membership.category_id}")) == 4


def test_memberships_that_end_are_found_before_they_do(harbour: World) -> None:
    assert names(harbour.alpha, DAY, ends_by=date(2020, 3, 1)) == ["Boei"]
    assert names(harbour.alpha, DAY, ends_by=date(2020, 2, 29)) == []
    ending = ending_by(harbour.alpha.pk, DAY, date(2020, 3, 1))
    assert [member.organisation.name for member in ending] == ["Boei"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Anker", "Boei", "Cape", "Dok", "Éclair Works"]),
        ("since", ["Anker", "Éclair Works", "Boei", "Cape", "Dok"]),
        # no promise comes below a promise of zero; equal amounts follow their ids
        ("contribution", ["Éclair Works", "Dok", "Boei", "Anker", "Cape"]),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_every_order_follow_each_other_both_ways(
    harbour: World, order: str, expected: list[str], descending: bool
) -> None:
    day, after, seen = date(2020, 1, 30), "", []
    while True:
        query = urlencode({"order": order, "down": int(descending), "after": after})
        page = listed(harbour.alpha, day, query, size=2).page
        seen += [row.organisation.name for row in page.rows]
        after = page.next
        if not after:
            break
    assert seen == (expected[::-1] if descending else expected)


def test_totals_are_of_the_whole_selection(harbour: World) -> None:
    day = date(2020, 1, 30)
    counts = listed(harbour.alpha, day, size=2).counts
    assert (counts.total, counts.sums) == (5, {"contribution": Decimal(600)})
    micro = listed(harbour.alpha, day, "size=micro").counts
    assert (micro.total, micro.sums) == (1, {"contribution": Decimal(300)})
    others = listed(harbour.beta, day).counts
    assert (others.total, others.sums) == (0, {"contribution": Decimal(0)})


def test_a_facet_counts_within_the_choices_of_the_others(harbour: World) -> None:
    day = date(2020, 1, 30)
    free = listed(harbour.alpha, day).counts.values
    assert free["size"] == {"micro": 1, "small": 2, "large": 1, "none": 1}
    assert free["year"] == {"2017": 1, "2018": 2, "2019": 2}
    assert free["state"] == {"current": 5}
    chosen = listed(harbour.alpha, day, "size=small&size=large").counts
    assert chosen.total == 3
    assert chosen.values["size"] == free["size"]
    assert chosen.values["year"] == {"2018": 2, "2019": 1}
    both = listed(harbour.alpha, day, "size=small&year=2019").counts
    assert both.total == 0
    assert both.values["size"] == {"large": 1, "none": 1}
    assert both.values["year"] == {"2018": 2}


def test_what_nobody_knows_can_be_chosen_too(harbour: World) -> None:
    assert names(harbour.alpha, DAY, "size=none") == ["Dok"]


def test_those_that_ended_begin_later_or_went_on_are_told_apart(harbour: World) -> None:
    day = date(2018, 12, 31)
    assert names(harbour.alpha, day, "state=later") == ["Cape", "Dok"]
    assert names(harbour.alpha, DAY, "state=ended") == ["Cape"]
    cape = Membership.objects.get(organisation__name="Cape")
    again = NewMember(cape.organisation, cape.category, date(2020, 6, 1), True, "test")
    actions.join(seats=cluster_seats(harbour.alpha), cluster=harbour.alpha, new=again)
    assert names(harbour.alpha, DAY, "state=ended") == []
    assert names(harbour.alpha, DAY, "state=earlier") == ["Cape"]
    assert names(harbour.alpha, DAY, "state=earlier&state=later") == ["Cape", "Cape"]


def test_an_organisation_counts_for_each_of_its_tags(harbour: World) -> None:
    seats = cluster_seats(harbour.alpha)
    organisations = [
        Membership.objects.get(organisation__name=name).organisation for name in ("Anker", "Boei")
    ]
    tags = [Tag.objects.create(cluster=harbour.alpha, name=name) for name in ("port", "steel")]
    for tag, organisation in ((tags[0], 0), (tags[1], 0), (tags[1], 1)):
        TagUse.objects.create(
            cluster=harbour.alpha, tag=tag, organisation=organisations[organisation]
        )
    assert seats.clusters == {harbour.alpha.pk}
    port, steel = (str(tag.pk) for tag in tags)
    free = listed(harbour.alpha, DAY).counts.values["tag"]
    assert (free[port], free[steel]) == (1, 2)
    assert names(harbour.alpha, DAY, f"tag={steel}") == ["Anker", "Boei"]
    chosen = listed(harbour.alpha, DAY, f"tag={port}&columns=tags")
    assert [row.tags for row in chosen.page.rows] == [("port", "steel")]
    assert chosen.counts.values["tag"] == free


def test_an_address_that_names_what_is_gone_still_opens(harbour: World) -> None:
    scope = MemberScope(harbour.alpha, DAY, None)
    listing = member_listing(scope, member_words(harbour.alpha.pk))
    asked = asked_of(
        QueryDict("size=huge&category=999999&columns=shoe&order=shoe&open=x&find=%00"), listing
    )
    assert (asked.chosen, asked.order, asked.open, asked.typed) == ({}, "name", None, "")
    assert asked.columns == ("name", "size", "category", "since", "until", "contribution")
    assert asked.ignored == (
        "A value of “Category” no longer exists, so it was left out.",
        "A value of “Headcount class” no longer exists, so it was left out.",
        "This list has no column “shoe” any more, so it was left out.",
        "This list cannot be sorted as the address asks; it is sorted by name.",
    )


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
