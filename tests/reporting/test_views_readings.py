"""Published figures over HTTP: the list with its filter and pages, the file, one figure."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clusterwerk.reporting.models import PublishedReading
from factories.programme import ClientOf

ADDRESS = "/programme/figures/"
SWAP = {"HX-Request": "true", "HX-Target": "readings"}
QUERIES = 8  # three of them the transaction and its seats


@pytest.fixture
def public(client_of: ClientOf) -> Client:
    return client_of("anonymous")


def page(client: Client, query: str = "", **headers: str) -> str:
    return client.get(ADDRESS + query, headers=headers).content.decode()


def keys(shown: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/programme/figures/(\d+)/">', shown)


def test_the_pages_hold_every_figure_once(public: Client) -> None:
    query, found, pages = "", [], 0
    while True:
        shown = page(public, query)
        found += keys(shown)
        pages += 1
        after = re.search(r'href="(\?after=[\d.]+)" rel="next">Next page', shown)
        if after is None:
            break
        query = after[1]
    total = PublishedReading.objects.count()
    assert (len(found), len(set(found))) == (total, total)
    assert pages == -(-total // 50)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?indicator=members.paying&subject=programme&place=table 5", 2),
        ("?subject=euka&place=table 8", 8),
        ("?find=raised", 1),
        ("?find=cofinanciering", 1),
        ("?find=BEACON+betalende", 1),
        ("?find=tabel+mediaan&subject=euka", 1),
        ("?indicator=nothing", 0),
    ],
)
def test_a_filter_leaves_the_figures_it_names(public: Client, query: str, number: int) -> None:
    assert len(keys(page(public, query))) == number


def test_an_empty_answer_says_how_to_go_on(public: Client) -> None:
    assert 'href="/programme/figures/">Show all figures' in page(public, "?find=zzz")


@pytest.mark.parametrize("after", ["x", "1.2", "1.2.99999999999", "-1.0.0", "1.2.3.4"])
def test_a_key_that_is_none_begins_at_the_first_page(public: Client, after: str) -> None:
    assert keys(page(public, f"?after={after}")) == keys(page(public))


def test_the_swap_is_the_part_of_the_page_that_it_replaces(public: Client) -> None:
    swapped = page(public, "?subject=euka", **SWAP)
    assert swapped.startswith('<div id="readings">')
    assert swapped.strip() in page(public, "?subject=euka")


def test_the_page_asks_the_database_a_fixed_number_of_times(
    public: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(public)
    with django_assert_num_queries(QUERIES):
        page(public)


def test_the_file_holds_all_figures_of_the_filter_with_their_places(public: Client) -> None:
    content = public.get("/programme/figures.csv?subject=euka&place=table 8").content
    lines = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert len(lines) == 8
    line = next(line for line in lines if line["Figure"] == "Largest contribution")
    assert (line["About"], line["Number"], line["Unit"], line["Place"]) == (
        "EUKA", "20000", "euro", "table 8",
    )  # fmt: skip


def one(client: Client, **facts: str) -> str:
    reading = PublishedReading.objects.get(**facts)
    return client.get(f"{ADDRESS}{reading.pk}/").content.decode()


def test_a_figure_shows_its_value_words_document_and_place(public: Client) -> None:
    shown = one(public, indicator="members.paying", subject="programme", place="section 4 (2.1)")
    assert "almost 1,200" in shown
    for text in ("section 4 (2.1)", "IDEA Consult, Technopolis", "14 May 2020", "reported"):
        assert text in shown


def test_a_figure_shows_where_else_the_fact_is_printed_and_what_disagrees(public: Client) -> None:
    shown = one(public, indicator="agreement.end_date", subject="the-beacon", place="table 3")
    assert "The same fact elsewhere" in shown
    assert "30 September 2021" in shown
    assert "The Beacon (IoT Value Chain): the support ends on 31 December 2021" in shown


def test_a_figure_that_nothing_disagrees_with_says_nothing_of_it(public: Client) -> None:
    shown = one(public, indicator="members.known_headcount")
    assert "What disagrees with it" not in shown
    assert "710" in shown


def test_a_signed_in_person_keeps_the_own_menus(client_of: ClientOf) -> None:
    assert '<div class="sidebar">' in page(client_of("manager"))
    assert '<header class="site-header">' in page(client_of("anonymous"))
