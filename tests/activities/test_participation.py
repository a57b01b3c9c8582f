"""Who takes part on which day, in which cluster, and what each number rests on."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusterwerk.activities.lists.participation import part_facets, participation_listing
from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.activities.participation import shown_participation
from clusterwerk.activities.queries import timeline_entries
from clusterwerk.activities.queries.participation import (
    Group,
    days_attended,
    drifting_members,
    evidence_of,
    members_on,
    members_to_watch,
    participation_class,
    tally,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.measure.participation import Participation
from clusterwerk.members.models import Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.ui.lists import asked_of, read_list
from factories.world import World, cluster_seats

LEAP = date(2024, 2, 29)


def known(name: str) -> Organisation:
    seats = seats_of_command()
    enter(seats)
    with unlocked(seats, "directory"):
        return Organisation.objects.create(name=name, kind="enterprise", source="test")


def joined(cluster: Cluster, organisation: Organisation, since: date) -> Membership:
    enter(cluster_seats(cluster))
    return Membership.objects.create(
        agency_id=cluster.agency_id, cluster=cluster, organisation=organisation,
        category=MembershipCategory.objects.get(cluster=cluster), period=(since, None),
        is_paying=True, source="test",
    )  # fmt: skip


def organised(
    cluster: Cluster, day: date, *came: Organisation, shared_with: Cluster | None = None,
    state: str = "held",
) -> Activity:  # fmt: skip
    """Each organisation with two people; hours where a state asks for them."""
    enter(cluster_seats(cluster))
    shared = [shared_with.pk] if shared_with else []
    hours = {} if state == "held" else {
        "starts_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "ends_at": datetime(day.year, day.month, day.day, 11, tzinfo=UTC),
    }  # fmt: skip
    number = Activity.objects.filter(cluster=cluster).count()
    activity = Activity.objects.create(
        cluster=cluster, name=f"Evening {number}", day=day, source="test", state=state,
        shared_with=shared, **hours,
    )  # fmt: skip
    for organisation in came:
        for person in ("An", "Bo"):
            Attendance.objects.create(
                cluster=cluster, shared_with=shared, activity=activity, source="test",
                organisation=organisation, printed_name=f"{person} {organisation.pk}",
            )  # fmt: skip
    return activity


@pytest.fixture
def busy(world: World) -> dict[str, Organisation]:
    """Alpha with three members and Beta with one of them, over a leap year.

    Often: 29 February, 10 May and 1 June 2024, and a joint evening of Beta on 20 November.
    Once: 10 May 2024. Fresh: a member since 31 January 2024 that came on 1 June.
    """
    often, once, fresh = (known(name) for name in ("Often Works", "Once Works", "Fresh Works"))
    for organisation, since in ((often, date(2020, 1, 1)), (once, date(2020, 1, 1)),
                                (fresh, date(2024, 1, 31))):  # fmt: skip
        joined(world.alpha, organisation, since)
    joined(world.beta, often, date(2024, 12, 1))
    organised(world.alpha, LEAP, often)
    organised(world.alpha, date(2024, 5, 10), often, once)
    organised(world.alpha, date(2024, 6, 1), often, fresh)
    organised(world.beta, date(2024, 11, 20), often, shared_with=world.alpha)
    for state in ("draft", "cancelled"):
        organised(world.alpha, date(2024, 5, 11), once, state=state)
    enter(cluster_seats(world.alpha))
    return {"often": often, "once": once, "fresh": fresh}


def english_client(world: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.people["manager"])
    return client


def classes(cluster: Cluster, day: date) -> tuple[int, int, int]:
    """Two or more, one, none."""
    found = tally(cluster.pk, day, {facet.key: facet.value for facet in part_facets(cluster, day)})
    return (
        found.classes[Participation.TWO_OR_MORE],
        found.classes[Participation.ONE],
        found.classes[Participation.NONE],
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 5, 9), (0, 1, 3)),
        (date(2024, 5, 10), (1, 1, 2)),
        (date(2025, 2, 28), (1, 2, 1)),
        (date(2025, 6, 1), (0, 1, 3)),
    ],
)
def test_members_of_alpha_are_counted_by_how_often_they_came(
    world: World, busy: dict[str, Organisation], day: date, expected: tuple[int, int, int]
) -> None:
    assert classes(world.alpha, day) == expected


def test_a_joint_evening_counts_for_each_cluster_whose_member_came(
    world: World, busy: dict[str, Organisation]
) -> None:
    day, often = date(2024, 12, 31), busy["often"].pk
    assert [each.day for each in _activities(world.alpha, day, often)] == [
        date(2024, 11, 20), date(2024, 6, 1), date(2024, 5, 10), LEAP,
    ]  # fmt: skip
    enter(cluster_seats(world.beta))
    assert classes(world.beta, date(2024, 11, 30)) == (0, 0, 1)
    assert classes(world.beta, day) == (0, 1, 1)
    assert [each.day for each in _activities(world.beta, day, often)] == [date(2024, 11, 20)]


def _activities(cluster: Cluster, day: date, organisation: int) -> list[Activity]:
    found = evidence_of(cluster.pk, day, organisation)
    return list(dict.fromkeys(row.activity for row in found))


def test_who_works_for_both_clusters_mixes_nothing(
    world: World, busy: dict[str, Organisation]
) -> None:
    both = cluster_seats(world.alpha).held + cluster_seats(world.beta).held
    enter(Seats(held=both))
    assert classes(world.beta, date(2024, 12, 31)) == (0, 1, 1)
    assert classes(world.alpha, date(2024, 12, 31)) == (1, 2, 1)


def test_another_cluster_reads_no_attendance_and_counts_nobody(
    world: World, busy: dict[str, Organisation]
) -> None:
    enter(cluster_seats(world.beta))
    assert classes(world.alpha, date(2024, 12, 31)) == (0, 0, 0)
    assert days_attended(world.alpha.pk, LEAP, [busy["often"].pk]) == {}
    assert not evidence_of(world.alpha.pk, date(2024, 10, 31), busy["often"].pk).exists()


def test_who_drifts_is_told_with_the_day_before_it_happens(
    world: World, busy: dict[str, Organisation]
) -> None:
    """Of the year 2024 stand four evenings; in 2025 those of June and November carry."""
    assert _drifting(world.alpha, date(2024, 12, 31)) == []
    told = [("Often Works", date(2024, 6, 1))]
    assert _drifting(world.alpha, date(2025, 1, 1)) == told
    assert _drifting(world.alpha, date(2025, 5, 31)) == told
    assert _drifting(world.alpha, date(2025, 6, 1)) == []


def _drifting(cluster: Cluster, day: date) -> list[tuple[str, date]]:
    rows = drifting_members(cluster.pk, day, 10)
    return [(row.organisation.name, row.second) for row in rows]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 7, 30), []),
        (date(2024, 7, 31), [("Fresh Works", 1)]),
        (date(2025, 1, 30), [("Fresh Works", 1)]),
        (date(2025, 1, 31), []),
    ],
)
def test_a_member_is_watched_from_six_months_to_a_year(
    world: World, busy: dict[str, Organisation], day: date, expected: list[tuple[str, int]]
) -> None:
    found = members_to_watch(world.alpha.pk, day, 10)
    assert [(row.organisation.name, row.times) for row in found] == expected


def test_a_published_activity_counts_once_it_is_over(
    world: World, busy: dict[str, Organisation]
) -> None:
    organised(world.alpha, date(2024, 9, 1), busy["once"], state="published")
    organised(world.alpha, date(2090, 1, 1), busy["once"], state="published")
    assert classes(world.alpha, date(2024, 8, 31)) == (1, 2, 1)
    assert classes(world.alpha, date(2024, 9, 1)) == (2, 1, 1)
    assert classes(world.alpha, timezone.localdate()) == (0, 0, 4)


def test_groups_add_up_and_the_unknown_are_counted(
    world: World, busy: dict[str, Organisation]
) -> None:
    day = date(2024, 12, 31)
    SizeStatement.objects.create(
        cluster=world.alpha, organisation=busy["often"], year=2024, headcount=300, source="test"
    )
    found = shown_participation(world.alpha, day).tally
    assert found.groups["size"] == (
        Group("", 2, 0), Group("large", 1, 1), Group("small", 1, 0),
    )  # fmt: skip
    assert found.groups["province"] == (Group("", 4, 1),)
    for groups in found.groups.values():
        assert sum(group.members for group in groups) == found.total == 4
        assert sum(group.participating for group in groups) == found.participating == 1


def test_each_number_opens_a_list_of_as_many(world: World, busy: dict[str, Organisation]) -> None:
    for day in (date(2024, 5, 10), date(2024, 12, 31), date(2025, 1, 1)):
        enter(cluster_seats(world.alpha))
        shown = shown_participation(world.alpha, day)
        lines = [(number, query) for _name, number, query in shown.classes]
        lines += [(line.members, line.query) for table in shown.tables for line in table.lines]
        lines += [
            (line.participating, f"times=two_or_more&{line.query}")
            for table in shown.tables for line in table.lines
        ]  # fmt: skip
        lines += [(shown.tally.drifting, "drift=drifts"), (shown.tally.to_watch, "watch=watched")]
        listing = participation_listing(world.alpha, day)
        for number, query in lines:
            read = read_list(listing, asked_of(QueryDict(query), listing))
            assert (query, read.counts.total, len(read.page.rows)) == (query, number, number)


def test_the_page_asks_as_many_queries_whatever_the_size(
    world: World, busy: dict[str, Organisation]
) -> None:
    client = english_client(world)
    address = "/activities/alpha/participation/?on=2025-01-01"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        organisation = known(f"More {number}")
        joined(world.alpha, organisation, date(2024, 3, 1))
        organised(world.alpha, date(2024, 6, 2), organisation)
        organised(world.alpha, date(2024, 7, 2), organisation)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(address)
    assert "All 21 that drift" in unescape(answer.content.decode())
    assert len(many) == len(few)


def test_the_pages_say_what_was_counted_and_files_hold_it(
    world: World, busy: dict[str, Organisation]
) -> None:
    client = english_client(world)
    page = client.get("/activities/alpha/participation/?on=2025-01-01").content.decode()
    assert "Often Works" in page
    assert "1 Jun 2025" in page
    file = client.get("/activities/alpha/participation/?on=2024-12-31&file=csv")
    assert "All members,,4,1,0.25" in file.content.decode("utf-8-sig")
    members = client.get(
        "/activities/alpha/participation/members/?on=2025-01-01&drift=drifts&file=csv"
    )
    assert members.content.decode("utf-8-sig").splitlines()[1:] == [
        "Often Works,4,2024-11-20,2025-06-01,2020-01-01"
    ]
    evidence = client.get(
        f"/activities/alpha/participation/{busy['often'].pk}/?on=2025-01-01"
    ).content.decode()
    assert "4 activities" in evidence
    assert evidence.count(f"An {busy['often'].pk}, Bo {busy['often'].pk}") == 4


def test_a_day_to_come_is_refused_in_words(world: World) -> None:
    client = english_client(world)
    for day in ("2090-01-01", "0001-01-01", "soon"):
        for place in ("", "members/", f"{world.company.pk}/"):
            answer = client.get(f"/activities/alpha/participation/{place}?on={day}")
            assert answer.status_code == 422


def test_without_members_the_page_says_so(world: World) -> None:
    client = english_client(world)
    page = client.get("/activities/alpha/participation/?on=2017-01-01")
    assert "No members on this day" in page.content.decode()


def test_a_joint_activity_counts_where_the_organisation_is_a_member(world: World) -> None:
    """Of both clusters, of one, of none; on the timeline of each that holds it."""
    both, one, none = (known(name) for name in ("Both Works", "One Works", "None Works"))
    joined(world.alpha, both, date(2020, 1, 1))
    joined(world.beta, both, date(2020, 1, 1))
    joined(world.beta, one, date(2020, 1, 1))
    for month in (3, 4):
        organised(world.beta, date(2024, month, 1), both, one, none, shared_with=world.alpha)
    found = {}
    for cluster in (world.alpha, world.beta):
        enter(cluster_seats(cluster))
        day = date(2024, 6, 1)
        members = members_on(cluster.pk, day).annotate(takes=participation_class(cluster.pk, day))
        found[cluster.pk] = {
            row.organisation_id for row in members if row.takes == Participation.TWO_OR_MORE
        }
        entries = timeline_entries(cluster.pk, both.pk, None, None, 10)
        assert len(entries) == 2
        assert {entry.url.split("/")[-3] for entry in entries} == {cluster.key}
    assert found == {world.alpha.pk: {both.pk}, world.beta.pk: {both.pk, one.pk}}
