"""The records behind a counted value, as each reader may see them, and later changes."""

from datetime import date
from decimal import Decimal

import pytest

from clusterwerk.members.models import Contribution, Membership
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.models import CountedReading
from factories.programme import ClientOf, Programme
from factories.world import cluster_seats


@pytest.fixture
def counted(programme: Programme) -> dict[str, CountedReading]:
    enter(seats_of_command(agency=programme.agency.pk))
    rows = CountedReading.objects.filter(cluster=programme.managed)
    found = {row.indicator: row for row in rows}
    enter(NOBODY)
    return found


def page(client_of: ClientOf, who: str, reading: CountedReading, query: str = "") -> str:
    return client_of(who).get(f"/programme/evidence/{reading.pk}/{query}").content.decode()


def test_the_cluster_sees_value_definition_digest_and_each_record_with_its_mark(
    client_of: ClientOf, counted: dict[str, CountedReading]
) -> None:
    reading = counted["contributions.maximum"]
    shown = page(client_of, "manager", reading)
    for text in ("€3,000", "1 March 2020", "version 1", reading.evidence_digest, "Demo Vracht"):
        assert text in shown
    assert "The largest yearly contribution promised by one member." in shown
    assert shown.count("Demo data</span>") == 2 + 1
    assert "Counting the same day again now gives the same records." in shown


def test_the_agency_sees_the_records_of_memberships(
    client_of: ClientOf, counted: dict[str, CountedReading]
) -> None:
    shown = page(client_of, "agency", counted["members.paying"])
    assert "Demo Vracht" in shown
    assert "Demo Lucht" in shown
    assert "gives the same records" in shown


@pytest.mark.parametrize("who", ["agency", "account_manager"])
def test_the_agency_sees_a_value_out_of_amounts_without_the_records(
    client_of: ClientOf, counted: dict[str, CountedReading], who: str
) -> None:
    shown = page(client_of, who, counted["contributions.maximum"])
    assert "€3,000" in shown
    assert "The records are the cluster" in shown
    assert "Demo Vracht" not in shown
    assert "have changed since" not in shown


def test_a_later_change_shows_as_a_difference_and_leaves_the_recorded_value(
    client_of: ClientOf, programme: Programme, counted: dict[str, CountedReading]
) -> None:
    enter(cluster_seats(programme.managed))
    Contribution.objects.filter(amount=3000).update(amount=Decimal("2500.50"))
    shown = page(client_of, "manager", counted["contributions.maximum"])
    assert "The records have changed since" in shown
    assert '<p class="kpi-value">€3,000</p>' in shown
    assert "<b>€2,500.50</b>" in shown


def test_a_member_that_left_before_the_day_shows_as_a_difference_to_the_agency(
    client_of: ClientOf, programme: Programme, counted: dict[str, CountedReading]
) -> None:
    enter(cluster_seats(programme.managed))
    leaving = Membership.objects.get(organisation__name="Demo Lucht", cluster=programme.managed)
    Membership.objects.filter(pk=leaving.pk).update(period=(date(2017, 1, 1), date(2020, 2, 1)))
    shown = page(client_of, "agency", counted["members.paying"])
    assert "the recorded value is 2, from 2 records" in shown
    assert "from 1 records, gives: <b>1</b>" in shown
    assert "Demo Lucht" not in shown


@pytest.mark.parametrize("query", ["?after=1", "?after=x", "?after=-1", "?after=99999999999999"])
def test_records_begin_where_the_key_says_and_else_at_the_first(
    client_of: ClientOf, counted: dict[str, CountedReading], query: str
) -> None:
    shown = page(client_of, "manager", counted["members.paying"], query)
    names = [name for name in ("Demo Lucht", "Demo Vracht") if name in shown]
    assert names == (["Demo Vracht"] if query == "?after=1" else ["Demo Lucht", "Demo Vracht"])
