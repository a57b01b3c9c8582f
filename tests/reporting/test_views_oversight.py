"""The portfolio over HTTP: what stands in the table, the swap, the files."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pytest_django import DjangoAssertNumQueries

from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter
from clusterwerk.programme.models import Agreement
from clusterwerk.reporting.models import CountedReading, PublishedReading
from factories.programme import ClientOf, Programme, with_members

SWAP = {"HX-Request": "true", "HX-Target": "portfolio"}
QUERIES = 9  # eight of them the transaction, the session and the seats


@pytest.fixture
def agency(client_of: ClientOf) -> Client:
    return client_of("agency")


def page(client: Client, query: str = "", **headers: str) -> str:
    return client.get(f"/programme/{query}", headers=headers).content.decode()


def test_the_page_shows_totals_decisions_all_clusters_and_the_curves(agency: Client) -> None:
    shown = page(agency)
    for text in ("1,132", "1,337", "658", "690", "176", "246", "26 of 26 clusters"):
        assert text in shown
    assert "Few members carry 5 networks" in shown
    assert "27 figures disagree" in shown
    assert shown.count('class="curve') == 1 + 17 * 5
    assert shown.count('scope="row"') == 26 + 1


def test_each_value_leads_to_its_place_or_its_records(agency: Client, programme: Programme) -> None:
    enter(seats_of_command(agency=programme.agency.pk))
    facts = {"cluster": programme.managed, "indicator": "members.paying"}
    published = PublishedReading.objects.get(**facts)
    counted = CountedReading.objects.get(**facts)
    shown = page(agency)
    assert f'<a href="/programme/figures/{published.pk}/">140</a>' in shown
    assert f'<a href="/programme/evidence/{counted.pk}/">2</a>' in shown
    assert '<small class="counted is-demo">' in shown


def test_unknown_is_said_and_is_never_zero(agency: Client) -> None:
    shown = page(agency, "?find=catalisti")
    assert '<td class="unknown" colspan="8">not reported</td>' in shown
    assert "1 of 26 clusters" in shown


def test_a_target_and_a_report_after_one_year_are_marked(agency: Client) -> None:
    assert "<small>target</small>" in page(agency, "?find=beacon")
    assert "<small>after 1 year</small>" in page(agency, "?find=maas")


def test_the_swap_is_the_part_of_the_page_that_it_replaces(agency: Client) -> None:
    query = "?call=1&order=members&down=1"
    swapped = page(agency, query, **SWAP)
    assert swapped.startswith('<div id="portfolio">')
    assert swapped.strip() in page(agency, query)


def test_a_page_restored_from_history_is_whole(agency: Client) -> None:
    restored = page(agency, "", **SWAP, **{"HX-History-Restore-Request": "true"})
    assert restored.startswith("<!doctype html>")


def test_a_filter_that_fits_nothing_says_how_to_go_on(agency: Client) -> None:
    shown = page(agency, "?find=zzz")
    assert "No cluster fits this filter" in shown
    assert 'href="/programme/">Show all clusters' in shown


def test_the_filter_stays_in_the_form_and_in_the_links(agency: Client) -> None:
    shown = page(agency, "?find=vzw&call=1&warning=1&order=members&down=1")
    assert 'value="vzw"' in shown
    assert '<option value="1" selected>' in shown
    assert "checked" in shown
    assert 'name="order" value="members" form="filter"' in shown
    assert "/programme/clusters.xlsx?find=vzw&amp;call=1&amp;warning=1" in shown


@pytest.mark.parametrize("query", ["?order=nothing", "?call=x&down=7", "?find=%00", "?after=%F0"])
def test_a_query_that_makes_no_sense_is_answered_with_a_page(agency: Client, query: str) -> None:
    assert agency.get(f"/programme/{query}").status_code == 200


def test_the_page_asks_the_database_a_fixed_number_of_times(
    agency: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(agency)
    with django_assert_num_queries(QUERIES):
        page(agency)


def test_a_change_of_an_agreement_shows_at_once(agency: Client, programme: Programme) -> None:
    assert "independent on own income" in page(agency, "?find=cargo")
    enter(seats_of_command(agency=programme.agency.pk))
    Agreement.objects.filter(cluster=programme.managed).update(outlook="moves to the moon")
    assert "moves to the moon" in page(agency)
    Agreement.objects.filter(cluster=programme.managed).update(outlook="stays here")
    assert "stays here" in page(agency)


def test_a_new_count_shows_at_once(agency: Client, programme: Programme) -> None:
    assert "€3,000" in page(agency)
    with_members(programme.managed, {"Demo Rijk": Decimal(77777)}, day=date(2020, 4, 1))
    shown = page(agency)
    assert "€77,777" in shown
    assert "last on 1 Apr 2020" in shown


def test_what_is_kept_for_one_agency_never_shows_to_another(
    agency: Client, client_of: ClientOf
) -> None:
    assert "Air Cargo Belgium" in page(agency)
    assert "Air Cargo Belgium" not in page(client_of("foreign_agency"))
    assert "Air Cargo Belgium" in page(client_of("account_manager"))


def test_the_page_follows_the_language_of_each_reader(agency: Client) -> None:
    assert "Paying members" in page(agency)
    agency.cookies["django_language"] = "nl"
    agency.post("/preferences/language/", {"language": "nl", "next": "/"})
    assert "Betalende leden" in page(agency)


def workbook(agency: Client, query: str = "") -> Workbook:
    content = agency.get(f"/programme/clusters.xlsx{query}").content
    book = load_workbook(BytesIO(content))
    assert isinstance(book, Workbook)
    return book


def lines(agency: Client, query: str = "") -> list[dict[str, str]]:
    content = agency.get(f"/programme/clusters.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content)))


def test_the_file_holds_the_rows_of_the_page_in_its_order(agency: Client) -> None:
    names = [line["Cluster"] for line in lines(agency, "?call=2&order=members&down=1")]
    assert names == [
        "Flanders.health",
        "The Beacon (IoT Value Chain)",
        "Smart Buildings in Use",
        "Mobility as a Service (MaaS)",
        "Space 4.0",
        "Smart Cities Vlaanderen (IoT for Society)",
    ]


def test_a_line_tells_published_place_basis_counted_and_demo(agency: Client) -> None:
    line = lines(agency, "?find=cargo")[0]
    assert {part: line[f"Paying members: {part}"] for part in (
        "published", "place", "basis", "counted", "counted on", "demo data",
    )} == {
        "published": "140",
        "place": "table 7",
        "basis": "reported",
        "counted": "2",
        "counted on": "2020-03-01",
        "demo data": "yes",
    }  # fmt: skip
    assert line["Start is computed"] == "yes"


def test_what_is_not_reported_is_empty_in_the_file(agency: Client) -> None:
    line = lines(agency, "?find=catalisti")[0]
    assert line["Paying members: published"] == ""
    assert line["Share of the contributors that bring half (published)"] == ""


def test_the_workbook_holds_numbers_days_and_says_where_they_come_from(agency: Client) -> None:
    book = workbook(agency, "?find=cargo&warning=1")
    sheet = book.worksheets[0]
    head = [str(cell.value) for cell in sheet[1]]
    row = [cell.value for cell in sheet[2]]
    by_name = dict(zip(head, row, strict=True))
    assert sheet.max_row == 2
    assert by_name["Paying members: published"] == 140
    assert by_name["Ends"] == datetime(2019, 9, 30)  # noqa: DTZ001 - workbooks know no time zones
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=3)}
    assert about["Filter"] == "Cluster or organisation: cargo; With a warning: yes"
    assert str(about["Source"]).endswith("counted from records on 2020-03-01 (demo data)")
    assert about["Rows"] == 1
