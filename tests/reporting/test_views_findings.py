"""Figures that disagree, over HTTP: every finding with both values and places, filter, JSON."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clusterwerk.reporting.models import PublishedReading
from factories.programme import ClientOf

SWAP = {"HX-Request": "true", "HX-Target": "findings"}
ADDRESS = "/programme/findings/"
QUERIES = 4  # three of them the transaction and its seats


@pytest.fixture
def public(client_of: ClientOf) -> Client:
    return client_of("anonymous")


def page(client: Client, query: str = "", **headers: str) -> str:
    return client.get(ADDRESS + query, headers=headers).content.decode()


def test_every_finding_stands_under_its_class_with_the_number_of_each(public: Client) -> None:
    shown = page(public)
    assert shown.count('<article class="finding"') == 32
    assert "32 of 32 findings" in shown
    for text in ("Impossible", "Incompatible, unless", "Explained"):
        assert f'<h2 id="h-{text.split(",", maxsplit=1)[0].lower()}">{text}</h2>' in shown
    assert "No reading of the two prints makes both true" in shown


def test_a_finding_has_its_sentence_reason_and_both_places(public: Client) -> None:
    shown = page(public, "?subject=offshore-energy")
    assert "the support ends on 20 February 2020 in table 3 and on 29 February 2020" in shown
    of_cluster = PublishedReading.objects.filter(
        subject="offshore-energy", indicator="agreement.end_date"
    )
    for reading in of_cluster:
        assert f'<a href="/programme/figures/{reading.pk}/">{reading.place}</a>' in shown
    assert of_cluster.count() == 2


def test_the_sentences_follow_the_language_of_the_reader(client_of: ClientOf) -> None:
    client = client_of("anonymous")
    client.cookies["django_language"] = "nl"
    shown = client.get(f"{ADDRESS}?subject=offshore-energy").content.decode()
    assert "de steun eindigt op 20 februari 2020 in tabel 3" in shown


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?verdict=impossible", 8),
        ("?verdict=explained", 5),
        ("?subject=programme", 20),
        ("?indicator=members.new", 1),
        ("?verdict=impossible&subject=bim", 1),
        ("?subject=nobody", 0),
    ],
)
def test_a_filter_leaves_the_findings_it_names(public: Client, query: str, number: int) -> None:
    shown = page(public, query)
    assert shown.count('<article class="finding"') == number
    assert f"{number} of 32 findings" in shown


def test_a_mean_outside_its_groups_is_drawn(public: Client) -> None:
    shown = page(public, "?indicator=survey.effects_contribution.mean")
    assert shown.count('<svg class="scale"') == 2
    assert '<text class="value" x="' in shown


def test_the_swap_is_the_part_of_the_page_that_it_replaces(public: Client) -> None:
    swapped = page(public, "?verdict=explained", **SWAP)
    assert swapped.startswith('<div id="findings"')
    assert swapped.strip() in page(public, "?verdict=explained")


def test_a_subject_leads_to_the_public_page_or_to_the_one_of_the_agency(
    client_of: ClientOf,
) -> None:
    inside = 'href="/programme/clusters/bim/"'
    assert inside in page(client_of("agency"))
    assert inside not in page(client_of("foreign_agency"))
    assert 'href="/clusters/bim/"' in page(client_of("anonymous"))


def test_the_page_asks_the_database_a_fixed_number_of_times(
    public: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(public)
    with django_assert_num_queries(QUERIES):
        page(public)


def test_the_file_holds_the_filtered_findings_in_both_languages(public: Client) -> None:
    response = public.get("/programme/findings.json?subject=bim")
    content = json.loads(response.content)
    assert [finding["class"] for finding in content["findings"]] == ["impossible"]
    assert sorted(content["findings"][0]["sentence"]) == ["en", "nl"]
    assert content["documents"][0]["key"] == "flanders-2020"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="findings-')
