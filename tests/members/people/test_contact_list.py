"""The list of contacts: facets, words, columns, files, the panel, and things done with many."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clusterwerk.members.lists import ContactScope, contact_listing
from clusterwerk.members.models import Consent, Contact, CustomField, CustomValue, Position, Task
from clusterwerk.members.queries.contact_rows import ContactRow
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.ui.lists import Read, asked_of, read_list
from factories.world import World, cluster_seats

LIST, BULK = "/members/alpha/contacts/", "/members/alpha/contacts/bulk/"


def contact(world: World, name: str, **facts: Any) -> Contact:
    enter(cluster_seats(world.alpha))
    return Contact.objects.create(cluster=world.alpha, last_name=name, source="test", **facts)


def at(world: World, person: Contact, organisation: Any, **facts: Any) -> Position:
    period = facts.pop("period", DateRange(date(2020, 1, 1), None))
    return Position.objects.create(
        cluster=world.alpha, contact=person, organisation=organisation, period=period, **facts
    )


def says(world: World, person: Contact, answer: str) -> Consent:
    purpose, state = answer.split(":")
    return Consent.objects.create(
        cluster=world.alpha,
        contact=person,
        purpose=purpose,
        state=state,
        said_on=date(2024, 1, 1),
        way="spoken",
    )


@pytest.fixture
def crowd(world: World) -> World:
    """Four people besides the one of the world, each with another gap."""
    anna = contact(world, "Aerts", email="anna@example.be", language="fr")
    at(world, anna, world.rival, role="finance")
    at(world, anna, world.rival, role="technical")
    says(world, anna, "newsletter:given")
    bounced = contact(world, "Boon", email="boon@example.be", bounced_on=date(2025, 1, 1))
    at(world, bounced, world.rival, period=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
    says(world, bounced, "newsletter:withdrawn")
    contact(world, "Claes")
    contact(world, "Dewit", email="dewit@example.be", archived_on=date(2025, 1, 1))
    return world


def listed(world: World, query: str = "", size: int = 50) -> Read[ContactRow]:
    enter(cluster_seats(world.alpha))
    listing = contact_listing(ContactScope(world.alpha, timezone.localdate()))
    return read_list(listing, asked_of(QueryDict(query), listing), size=size)


def names(world: World, query: str = "") -> list[str]:
    return [row.contact.last_name for row in listed(world, query).page.rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aerts", "Boon", "Claes", "Écluse"]),
        ("kept=archived", ["Dewit"]),
        ("role=finance", ["Aerts"]),
        ("role=none", ["Boon", "Claes"]),
        ("role=none&mail=bounced", ["Boon"]),
        ("mail=missing", ["Claes"]),
        ("language=fr", ["Aerts"]),
        ("consent=newsletter%3Awithdrawn", ["Boon"]),
        ("find=aerts", ["Aerts"]),
        ("find=boon%40example", ["Boon"]),
        ("order=email&mail=reachable&down=1&find=example", ["Écluse", "Aerts"]),
    ],
)
def test_words_and_facets_leave_whom_they_ask_for(
    crowd: World, query: str, found: list[str]
) -> None:
    assert names(crowd, query) == found


def test_somebody_is_found_by_where_they_work(crowd: World) -> None:
    assert "Aerts" in names(crowd, f"find={crowd.rival.name.split()[0]}")
    assert "Boon" not in names(crowd, f"find={crowd.rival.name.split()[0]}")


def test_two_positions_of_one_kind_count_one_person(crowd: World) -> None:
    counts = listed(crowd).counts
    assert counts.total == 4
    assert counts.values["kind"][crowd.rival.kind] in {1, 2}
    assert sum(counts.values["kind"].values()) == 4
    assert counts.values["role"]["none"] == 2
    assert counts.values["role"]["finance"] == 1


def test_pages_by_key_go_on_where_the_last_ended(crowd: World) -> None:
    first = listed(crowd, "order=organisation", size=3)
    second = listed(crowd, f"order=organisation&after={first.page.next}", size=3)
    shown = [row.contact.pk for row in (*first.page.rows, *second.page.rows)]
    assert len(shown) == len(set(shown)) == 4
    assert second.page.next == ""


def test_the_number_of_queries_does_not_depend_on_the_rows(
    crowd: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    query = "&".join(
        f"columns={key}" for key in ("organisation", "talked", "consent-newsletter", "role")
    )
    enter(cluster_seats(crowd.alpha))
    listing = contact_listing(ContactScope(crowd.alpha, timezone.localdate()))
    asked = asked_of(QueryDict(query), listing)
    with django_assert_num_queries(5):
        read_list(listing, asked)
    for number in range(10):
        at(crowd, contact(crowd, f"Further {number}"), crowd.rival)
    with django_assert_num_queries(5):
        assert len(read_list(listing, asked).page.rows) == 14


def open_as(world: World, who: str = "staff") -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people[who])
    client.cookies["django_language"] = "en"
    return client


def test_an_own_field_is_a_column_that_is_chosen(crowd: World) -> None:
    enter(cluster_seats(crowd.alpha))
    field = CustomField.objects.create(
        cluster=crowd.alpha, subject="contact", key="shoe", label="Shoe size", kind="number"
    )
    anna = Contact.objects.get(last_name="Aerts")
    CustomValue.objects.create(cluster=crowd.alpha, field=field, contact=anna, value="38.5")
    answer = open_as(crowd).get(f"{LIST}?columns=own-{field.pk}&file=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Name", "Shoe size")
    assert ("Aerts", 38.5) in [row[:2] for row in rows]


def test_the_panel_tells_who_it_is_and_leads_to_the_page(crowd: World) -> None:
    enter(cluster_seats(crowd.alpha))
    boon = Contact.objects.get(last_name="Boon")
    headers = {"HX-Request": "true", "HX-Target": "panel"}
    page = open_as(crowd).get(f"{LIST}?open={boon.pk}", headers=headers).content.decode()
    assert page.lstrip().startswith('<aside class="panel"')
    assert "mail came back on" in page
    assert f'href="{LIST}{boon.pk}/"' in page
    gone = open_as(crowd).get(f"{LIST}?open=999999")
    assert "data-panel" not in gone.content.decode()


def test_another_clusters_contact_opens_no_panel(crowd: World) -> None:
    enter(cluster_seats(crowd.beta))
    other = Contact.objects.create(cluster=crowd.beta, last_name="Elders", source="test")
    page = open_as(crowd).get(f"{LIST}?open={other.pk}&find=elders").content.decode()
    assert "data-panel" not in page
    assert f"{LIST}{other.pk}/" not in page


def test_addresses_leave_out_whose_mail_came_back(crowd: World) -> None:
    sent = {"action": "addresses", "all": "1"}
    page = open_as(crowd).post(f"{BULK}?find=example.be", sent).content.decode()
    assert "anna@example.be" in page
    assert "boon@example.be" not in page
    assert "dewit@example.be" not in page


def test_each_contact_gets_a_task_about_where_they_work(crowd: World) -> None:
    enter(cluster_seats(crowd.alpha))
    rows = list(Contact.objects.filter(last_name__in=["Aerts", "Claes"]).order_by("last_name"))
    sent = {
        "action": "task",
        "row": [one.pk for one in rows],
        "confirmed": "2",
        "title": "Ask for a number",
    }
    assert open_as(crowd).post(BULK, sent).headers["Location"] == LIST
    enter(cluster_seats(crowd.alpha))
    tasks = Task.objects.filter(title="Ask for a number").order_by("contact__last_name")
    assert [(task.contact, task.organisation) for task in tasks] == [
        (rows[0], crowd.rival),
        (rows[1], None),
    ]


def test_an_answer_is_recorded_for_all_and_a_later_one_stays(crowd: World) -> None:
    sent = {
        "action": "consent",
        "all": "1",
        "confirmed": "2",
        "purpose": "newsletter",
        "state": "given",
        "said_on": "2023-06-01",
        "way": "written",
    }
    address = f"{BULK}?mail=bounced&mail=missing"
    page = open_as(crowd).post(address, sent, follow=True).content.decode()
    assert "1 answer was recorded. 1 stayed as it was." in page
    enter(cluster_seats(crowd.alpha))
    kept = Consent.objects.filter(purpose="newsletter")
    states = dict(kept.values_list("contact__last_name", "state"))
    assert (states["Boon"], states["Claes"]) == ("withdrawn", "given")


def test_an_answer_of_tomorrow_is_refused_with_everything_typed(crowd: World) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    sent = {
        "action": "consent",
        "all": "1",
        "confirmed": "4",
        "purpose": "photos",
        "state": "refused",
        "said_on": tomorrow,
        "way": "spoken",
        "source": "Fair",
    }
    answer = open_as(crowd).post(BULK, sent)
    assert answer.status_code == 422
    assert 'value="Fair"' in answer.content.decode()


def test_who_only_reads_is_offered_nothing_to_do(crowd: World) -> None:
    page = open_as(crowd, "observer").get(LIST).content.decode()
    assert 'id="bulk"' not in page
    assert open_as(crowd, "observer").post(BULK, {"action": "task", "all": "1"}).status_code == 404


@pytest.mark.parametrize("who", ["other_manager", "programme_manager", "member", "steward"])
def test_nobody_else_does_anything_with_contacts(crowd: World, who: str) -> None:
    answer = open_as(crowd, who).post(BULK, {"action": "addresses", "all": "1"})
    assert answer.status_code in {403, 404}
