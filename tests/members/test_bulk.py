"""Things done with many members at once, over HTTP."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from clusterwerk.members.models import (
    Contact,
    Contribution,
    Membership,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.session import enter
from clusterwerk.programme.models import Agreement
from factories.world import World, agency_seats, cluster_seats

BULK = "/members/alpha/bulk/"


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    return client


def test_the_number_is_told_before_anything_is_done(manager: Client, world: World) -> None:
    asked = manager.post(BULK, {"action": "tag", "row": world.membership.pk})
    assert asked.status_code == 200
    assert "For 1 row of the list." in asked.content.decode()
    enter(cluster_seats(world.alpha))
    assert not Tag.objects.filter(name="port").exists()


def test_what_was_confirmed_is_done_for_every_row_that_matches(
    manager: Client, world: World
) -> None:
    sent = {"action": "tag", "all": "1", "confirmed": "1", "new": "port"}
    done = manager.post(f"{BULK}?find=eclair", sent)
    assert done.headers["Location"] == "/members/alpha/?find=eclair"
    enter(cluster_seats(world.alpha))
    assert TagUse.objects.get(tag__name="port").organisation_id == world.company.pk


def test_another_number_than_confirmed_asks_again(manager: Client, world: World) -> None:
    sent = {"action": "tag", "all": "1", "confirmed": "2", "new": "port"}
    answer = manager.post(BULK, sent)
    assert answer.status_code == 409
    assert "The number changed meanwhile." in answer.content.decode()
    assert 'name="confirmed" value="1"' in answer.content.decode()
    enter(cluster_seats(world.alpha))
    assert not Tag.objects.filter(name="port").exists()


def test_a_form_with_a_gap_keeps_what_was_typed(manager: Client, world: World) -> None:
    sent = {"action": "task", "row": world.membership.pk, "confirmed": "1", "due_on": "2030-01-01"}
    answer = manager.post(BULK, sent)
    assert answer.status_code == 422
    assert 'value="2030-01-01"' in answer.content.decode()
    enter(cluster_seats(world.alpha))
    before = Task.objects.count()
    done = manager.post(BULK, {**sent, "title": "Call them", "owner": world.people["staff"].pk})
    assert done.status_code == 302
    enter(cluster_seats(world.alpha))
    assert Task.objects.count() == before + 1
    task = Task.objects.get(title="Call them")
    assert (task.owner_id, task.due_on) == (world.people["staff"].pk, date(2030, 1, 1))


def test_addresses_are_those_of_the_main_contacts(manager: Client, world: World) -> None:
    enter(cluster_seats(world.alpha))
    Position.objects.all().delete()
    for name, is_main in (("An", True), ("Bo", False)):
        contact = Contact.objects.create(
            cluster=world.alpha, first_name=name, email=f"{name.lower()}@example.org", source="test"
        )
        Position.objects.create(
            cluster=world.alpha,
            contact=contact,
            organisation=world.company,
            is_main=is_main,
            period=DateRange(date(2018, 1, 1), None),
        )
    page = manager.post(BULK, {"action": "addresses", "row": world.membership.pk})
    assert "an@example.org" in page.content.decode()
    assert "bo@example.org" not in page.content.decode()


def test_memberships_with_an_end_are_renewed_and_open_ones_need_it_not(
    manager: Client, world: World
) -> None:
    sent = {"action": "renew", "all": "1", "confirmed": "1", "until": "2031-01-01"}
    refused = manager.post(f"{BULK}?view=all", sent)
    assert refused.status_code == 409
    assert "None of these memberships has an end" in refused.content.decode()
    enter(cluster_seats(world.alpha))
    Membership.objects.filter(pk=world.membership.pk).update(
        period=DateRange(date(2018, 1, 1), date(2030, 1, 1))
    )
    assert manager.post(BULK, sent).status_code == 302
    enter(cluster_seats(world.alpha))
    world.membership.refresh_from_db()
    assert world.membership.period.upper == date(2031, 1, 1)


def test_a_renewal_promises_what_the_rule_asks_of_who_pays_and_says_of_whom_not(
    manager: Client, world: World
) -> None:
    enter(agency_seats(world.agency))
    Agreement.objects.filter(cluster=world.alpha).update(
        starts_on=date(2029, 1, 1), ends_on=date(2032, 1, 1)
    )
    enter(cluster_seats(world.alpha))
    ends = DateRange(date(2018, 1, 1), date(2030, 1, 1))
    Membership.objects.filter(pk=world.membership.pk).update(period=ends)
    Membership.objects.create(
        agency=world.agency,
        cluster=world.alpha,
        organisation=world.rival,
        category=world.membership.category,
        period=ends,
        is_paying=False,
        source="test",
    )
    sent = {"action": "renew", "all": "1", "confirmed": "2", "until": "2031-01-01"}
    done = manager.post(f"{BULK}?view=all", {**sent, "promises": "on"}, follow=True)
    page = done.content.decode()
    assert "2 memberships were renewed. 1 promised nothing: it does not pay" in page
    enter(cluster_seats(world.alpha))
    (promise,) = Contribution.objects.filter(cluster=world.alpha, working_year=2)
    assert (promise.membership, promise.amount) == (world.membership, Decimal(500))


@pytest.mark.parametrize("rows", [[], ["x"], ["9" * 30], ["999999"]])
def test_nothing_ticked_is_said_and_changes_nothing(
    manager: Client, world: World, rows: list[str]
) -> None:
    answer = manager.post(BULK, {"action": "tag", "row": rows}, follow=True)
    assert "Select one row or more" in answer.content.decode()


def test_rows_of_another_cluster_are_nobodys(manager: Client, world: World) -> None:
    sent = {"action": "tag", "row": world.rival_membership.pk, "confirmed": "1", "new": "port"}
    assert manager.post(BULK, sent).status_code == 302
    enter(cluster_seats(world.alpha))
    assert not Tag.objects.filter(name="port").exists()


def test_who_only_reads_is_offered_no_action(client: Client, world: World) -> None:
    client.force_login(world.people["observer"])
    assert 'id="bulk"' not in client.get("/members/alpha/").content.decode()
    sent = {"action": "tag", "row": world.membership.pk, "confirmed": "1", "new": "port"}
    assert client.post(BULK, sent).status_code == 404
    enter(cluster_seats(world.alpha))
    assert Membership.objects.filter(cluster=world.alpha).count() == 1
    assert not Tag.objects.filter(name="port").exists()
