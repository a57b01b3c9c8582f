"""The public page of one cluster."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clusterwerk.reporting.models import PublishedReading
from portal.conftest import Import

pytestmark = pytest.mark.usefixtures("figures")


def page(visitor: Client, slug: str) -> str:
    response = visitor.get(f"/clusters/{slug}/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def link(slug: str, indicator: str, text: str, **more: Any) -> str:
    reading = PublishedReading.objects.get(subject=slug, indicator=indicator, **more)
    return f'<a href="{reverse("reporting:reading_detail", args=[reading.pk])}">{text}</a>'


def section(text: str, title: str) -> str:
    return text.split(f">{title}</h2>", maxsplit=1)[1].split("</section>", maxsplit=1)[0]


def test_a_network_shows_type_call_embedding_names_hosts_and_theme(visitor: Client) -> None:
    text = page(visitor, "bim")
    badges = re.findall(r'<span class="badge[^"]*">([^<]+)</span>', text)[:3]
    assert badges == ["Innovative business network", "Call 1", "Embedded"]
    assert '<h1 class="title-xl">BIM (Bouw Informatie Modellen)</h1>' in text
    assert "Also called Cluster BIM" in text
    assert '<dt>Run by</dt><dd lang="nl">WTCB</dd>' in text
    assert '<a href="/?theme=construction#clusters">Construction</a>' in text
    assert '<a class="chip" href="/?find=ontwerpfase#clusters">ontwerpfase</a>' in text


@pytest.mark.parametrize(
    ("indicator", "shown", "label"),
    [
        ("members.paying", "196", "paying members"),
        ("collaborations.started", "20", "started collaborations of three or more"),
        ("applications.participations", "2", "applications with other clusters"),
        ("contributions.contributors", "105", "members that contribute"),
        ("contributions.median", "€100", "median yearly contribution"),
    ],
)
def test_each_figure_leads_to_its_place(
    visitor: Client, indicator: str, shown: str, label: str
) -> None:
    figure = f"<div><dt>{label}</dt><dd>{link('euka', indicator, shown)}</dd></div>"
    assert figure in page(visitor, "euka")


def test_a_start_that_is_not_printed_is_computed_and_says_so(visitor: Client) -> None:
    text = page(visitor, "euka")
    assert "<dt>Start</dt><dd>1 January 2017 <small" in text
    assert "not printed; computed from 36 months of support" in text
    assert link("euka", "agreement.end_date", "31 December 2019", place="table 3") in text


def test_a_printed_start_is_shown_as_printed(visitor: Client) -> None:
    text = page(visitor, "vil")
    assert f"<dt>Start</dt><dd>{link('vil', 'agreement.start_date', '1 January 2017')}</dd>" in text
    assert "computed" not in text


def test_two_printed_last_days_both_stand_with_their_place(visitor: Client) -> None:
    text = page(visitor, "flanders-health")
    for shown, place in (("31 August 2021", "table 3"), ("30 November 2021", "table 7")):
        printed = link("flanders-health", "agreement.end_date", shown, place=place)
        assert f'<div>{printed} <small class="quiet">{place}</small></div>' in text


def test_what_comes_after_the_support_is_said_in_the_readers_language(visitor: Client) -> None:
    for language, words in (("en", "Integration in Flanders Make"), ("nl", "Flanders Make")):
        visitor.cookies["django_language"] = language
        assert words in visitor.get("/clusters/euka/").content.decode()


def test_targets_and_reports_after_one_year_are_marked(visitor: Client) -> None:
    assert "<dt>paying members (target)</dt>" in page(visitor, "smart-buildings-in-use")
    assert "<dt>paying members (after 1 year)</dt>" in page(visitor, "space-4-0")


def test_projects_name_partners_other_clusters_and_what_is_known_of_approval(
    visitor: Client,
) -> None:
    projects = section(page(visitor, "euka"), "Projects").split("<article")[1:]
    assert [re.findall(r"<h3[^>]*>([^<]+)</h3>", one)[0] for one in projects] == [
        "Drones als hulpmiddel in de bouw (haalbaarheidsstudie)",
        "Proeftuin drones in de bouw en landbouw",
        "Drones als hulpmiddel: nieuwe werkprocessen op de bouwwerf",
        "Optimalisatie van drone-scanning in de bouwsector",
    ]
    assert '<li class="chip" lang="nl">BAM Contractors</li>' in projects[0]
    assert "Probably approved" in projects[2]
    assert re.findall(r'href="/clusters/([^/]+)/"', projects[2]) == ["bouwindustrialisatie", "bim"]
    assert "does not tell which applications were approved" in projects[3]
    composites = section(page(visitor, "composieten"), "Projects")
    assert '<span class="badge is-ok">Approved</span>' in composites


def test_neighbours_are_those_it_applied_with_most_often_first(visitor: Client) -> None:
    found = section(page(visitor, "bim"), "Clusters it applied with")
    assert re.findall(r'<div><a href="/clusters/([^/]+)/"', found) == [
        "bouwindustrialisatie",
        "euka",
        "digitising-manufacturing",
        "smart-buildings-in-use",
    ]
    assert re.findall(r"(\d) applications?</span>", found) == ["2", "2", "1", "1"]


def test_how_contributions_are_spread_is_said_in_a_sentence(visitor: Client) -> None:
    assert "Of 105 contributing members 4 bring half of the money." in page(visitor, "euka")
    assert "All 31 contributing members give the same." in page(visitor, "power-to-gas")


def test_what_disagrees_about_a_cluster_is_counted_and_linked(visitor: Client) -> None:
    text = page(visitor, "bim")
    assert "1 pair of published figures about this cluster does not agree" in text
    assert 'href="/programme/findings/?subject=bim"' in text
    assert "does not agree" not in page(visitor, "euka")


def test_a_spearhead_cluster_without_figures_has_a_useful_page(visitor: Client) -> None:
    text = page(visitor, "vil")
    assert "No figures are printed of this cluster" in text
    assert "Datasharing in luchtvrachtlogistiek" in section(text, "Projects")
    assert 'href="/clusters/air-cargo-belgium/"' in section(text, "Clusters it applied with")
    assert "What members contribute" not in text
    assert "Call 1" not in text


def test_a_cluster_that_applied_with_nobody_leads_to_its_theme(visitor: Client) -> None:
    found = section(page(visitor, "blauwe-cluster"), "Clusters it applied with")
    assert "No joint application is printed" in found
    assert 'href="/?theme=energy-and-sea#clusters"' in found


def test_words_of_the_report_are_said_in_the_readers_language() -> None:
    dutch = Client(HTTP_ACCEPT_LANGUAGE="nl")
    text = page(dutch, "vil")
    assert "<dd>vroegere competentiepool of lichte structuur</dd>" in text
    assert "1 januari 2017" in text


@pytest.mark.parametrize("slug", ["nope", "EUKA", "1", "x" * 500])
def test_an_address_without_a_published_cluster_is_not_found(visitor: Client, slug: str) -> None:
    assert visitor.get(f"/clusters/{slug}/").status_code == 404


def test_a_page_asks_few_queries(
    visitor: Client, import_with: Import, django_assert_max_num_queries: Any
) -> None:
    page(visitor, "euka")
    import_with("clusters.csv", "196", "195")
    page(visitor, "bim")
    # savepoint and its end, who acts, version; profile, hosts, readings, call, three of projects,
    # documents, activities to come
    with django_assert_max_num_queries(13):
        page(visitor, "euka")
