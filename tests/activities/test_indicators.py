"""The figures of participation open to the members and activities that they count."""

from datetime import date, timedelta
from decimal import Decimal

from django.test import Client

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.evidence import count, indicators
from clusterwerk.reporting.actions import record_counts
from clusterwerk.reporting.models import CountedReading
from factories.world import World, agency_seats, cluster_seats

DAY = date(2020, 6, 30)
NUMBER, SHARE = "members.participating", "members.participating_share"


def was_at(world: World, day: date, name: str = "Evening") -> Activity:
    enter(cluster_seats(world.alpha))
    own = Activity.objects.create(cluster=world.alpha, name=name, day=day, source="test")
    for person in ("An", "Bo"):
        Attendance.objects.create(
            cluster=world.alpha,
            activity=own,
            organisation=world.company,
            printed_name=person,
            source="test",
        )
    return own


def test_two_activities_make_a_member_count_on_their_days(world: World) -> None:
    number, share = indicators()[NUMBER], indicators()[SHARE]
    enter(cluster_seats(world.alpha))
    before = count(number, world.alpha.pk, DAY)
    assert (before.number, before.evidence_count) == (Decimal(0), 0)
    assert count(share, world.alpha.pk, DAY).number == Decimal("0.0")
    was_at(world, DAY)
    found = count(number, world.alpha.pk, DAY)
    assert (found.number, found.evidence_count) == (Decimal(1), 1)
    assert count(share, world.alpha.pk, DAY).number == Decimal("100.0")
    assert count(number, world.alpha.pk, DAY - timedelta(days=1)).number == 0
    assert count(number, world.alpha.pk, date(2010, 1, 1)).number == 0
    assert count(share, world.alpha.pk, date(2010, 1, 1)).number is None


def test_another_activity_changes_the_evidence_and_not_the_number(world: World) -> None:
    was_at(world, DAY)
    first = count(indicators()[NUMBER], world.alpha.pk, DAY)
    was_at(world, DAY, "Another")
    second = count(indicators()[NUMBER], world.alpha.pk, DAY)
    assert first.number == second.number == 1
    assert first.evidence_digest != second.evidence_digest


def test_the_reading_opens_to_the_member_and_on_to_who_came(world: World) -> None:
    was_at(world, DAY)
    seats = cluster_seats(world.alpha)
    record_counts(seats=seats, cluster=world.alpha, day=DAY)
    reading = CountedReading.objects.get(indicator=NUMBER, day=DAY)
    keeper = Client(HTTP_ACCEPT_LANGUAGE="en")
    keeper.force_login(world.people["manager"])
    page = keeper.get(f"/programme/evidence/{reading.pk}/").content.decode()
    address = f"/activities/alpha/participation/{world.company.pk}/?on=2020-06-30"
    assert address in page
    assert "Evening" in keeper.get(address).content.decode()


def test_the_agency_reads_the_figure_and_not_who_was_there(world: World) -> None:
    was_at(world, DAY)
    record_counts(seats=cluster_seats(world.alpha), cluster=world.alpha, day=DAY)
    enter(agency_seats(world.agency))
    reading = CountedReading.objects.get(cluster=world.alpha, indicator=NUMBER, day=DAY)
    assert reading.number == 1
    agent = Client(HTTP_ACCEPT_LANGUAGE="en")
    agent.force_login(world.people["programme_manager"])
    page = agent.get(f"/programme/evidence/{reading.pk}/").content.decode()
    assert "/participation/" not in page
    assert "Éclair Works" not in page
