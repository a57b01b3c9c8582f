"""Counted readings: the value, the evidence it opens to, and who may record and read it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from clusterwerk.members.models import Membership
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.evidence import count, indicators
from clusterwerk.reporting.actions import record_counts
from clusterwerk.reporting.models import CountedReading
from clusterwerk.reporting.queries.readings import figures_of_clusters
from factories.world import World, agency_seats, cluster_seats

DAY = date(2020, 6, 30)


def counted(world: World, indicator: str, day: date = DAY) -> Decimal | None:
    return count(indicators()[indicator], world.alpha.pk, day).number


def test_a_paying_member_is_counted_while_its_membership_lasts(world: World) -> None:
    enter(cluster_seats(world.alpha))
    assert counted(world, "members.paying") == 1
    assert counted(world, "members.paying", date(2017, 12, 31)) == 0
    assert counted(world, "members.paying", date(2018, 1, 1)) == 1


def test_a_member_that_does_not_pay_is_not_counted(world: World) -> None:
    enter(cluster_seats(world.alpha))
    Membership.objects.update(is_paying=False)
    assert counted(world, "members.paying") == 0


def test_a_new_member_joined_on_or_after_the_first_day_of_the_agreement(world: World) -> None:
    enter(cluster_seats(world.alpha))
    assert counted(world, "members.new") == 0
    Membership.objects.update(period=("2018-01-02", None))
    assert counted(world, "members.new") == 1


@pytest.mark.parametrize("joined", ["2018-01-01", "2018-01-02", "2020-07-01"])
def test_a_figure_without_its_records_is_the_same(world: World, joined: str) -> None:
    enter(cluster_seats(world.alpha))
    Membership.objects.update(period=(joined, None))
    told = {key: each.counted for key, each in indicators().items() if each.counted}
    assert set(told) == {"members.paying", "members.new"}
    for key, figure in told.items():
        assert figure(world.alpha.pk, DAY) == counted(world, key)


def test_the_digest_changes_with_the_records_and_only_with_them(world: World) -> None:
    enter(cluster_seats(world.alpha))
    indicator = indicators()["members.paying"]
    before = count(indicator, world.alpha.pk, DAY).evidence_digest
    assert count(indicator, world.alpha.pk, date(2020, 6, 29)).evidence_digest == before
    Membership.objects.update(period=("2018-01-02", None))
    assert count(indicator, world.alpha.pk, DAY).evidence_digest != before


def test_the_cluster_records_and_its_agency_reads_the_figures_of_amounts(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    record_counts(seats=seats, cluster=world.alpha, day=date(2018, 6, 30))
    enter(agency_seats(world.agency))
    figures = figures_of_clusters([world.alpha.pk])[world.alpha.pk]
    assert figures["contributions.maximum"].counted is not None
    assert figures["contributions.maximum"].counted.number == Decimal(500)
    assert count(indicators()["contributions.maximum"], world.alpha.pk, DAY).number is None


def test_a_second_count_of_the_same_records_adds_no_reading(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    assert len(record_counts(seats=seats, cluster=world.alpha, day=DAY)) == len(indicators())
    assert record_counts(seats=seats, cluster=world.alpha, day=DAY) == []


@pytest.mark.parametrize("who", ["agency", "observer", "other cluster"])
def test_nobody_else_records_for_a_cluster(world: World, who: str) -> None:
    seats = {
        "agency": agency_seats(world.agency),
        "observer": cluster_seats(world.alpha, SeatRole.OBSERVER),
        "other cluster": cluster_seats(world.beta),
    }[who]
    enter(cluster_seats(world.alpha))
    before = CountedReading.objects.count()
    enter(seats)
    english = translation.override("en")
    with english, pytest.raises(PermissionDenied, match="Only the cluster itself"):
        record_counts(seats=seats, cluster=world.alpha, day=DAY)
    enter(cluster_seats(world.alpha))
    assert CountedReading.objects.count() == before


def test_published_and_counted_stand_side_by_side_and_the_later_count_wins(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    record_counts(seats=seats, cluster=world.alpha, day=DAY)
    figure = figures_of_clusters([world.alpha.pk])[world.alpha.pk]["members.paying"]
    assert figure.published is not None
    assert figure.counted is not None
    assert (figure.published.number, figure.counted.number) == (Decimal(40), Decimal(1))
    assert figure.counted.day == DAY
    assert figure.number == Decimal(40)
