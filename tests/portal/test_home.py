"""The front page: finding a cluster, the list, the map of ties, and the programme's figures."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clusterwerk.clusters.queries import search_profiles
from clusterwerk.portal.queries.needs import needs
from clusterwerk.reporting.models import PublishedReading

pytestmark = pytest.mark.usefixtures("figures")
CARD = re.compile(r'class="card is-link cluster-card"><h4><a href="/clusters/([a-z0-9-]+)/"')


def page(visitor: Client, **asked: str) -> str:
    response = visitor.get("/", asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def found(visitor: Client, words: str) -> list[str]:
    return CARD.findall(page(visitor, find=words))


def test_nobody_needs_a_seat_to_see_every_cluster_under_its_theme(visitor: Client) -> None:
    text = page(visitor)
    assert "26 clusters</h2>" in text
    assert len(CARD.findall(text)) == 26
    construction = text[text.index(">Construction</h3>") : text.index(">Digital</h3>")]
    assert CARD.findall(construction) == ["bouwindustrialisatie", "bim", "smart-buildings-in-use"]


def test_a_card_says_members_as_printed_or_aimed_at_and_the_end_of_support(
    visitor: Client,
) -> None:
    text = page(visitor)
    assert "196 members</small><small>until Dec 2019" in text
    assert "46 members (target)</small><small>until Oct 2021" in text
    assert '2017\N{EN DASH}2026</small><span class="badge is-accent">Spearhead cluster' in text


def test_months_are_written_as_the_language_writes_them() -> None:
    text = page(Client(HTTP_ACCEPT_LANGUAGE="nl"))
    assert re.search(r"</small><small>[a-z]+ mrt 2020</small>", text)


@pytest.mark.parametrize(
    ("indicator", "place", "shown"),
    [
        ("members.paying", "table 5", "1,132"),
        ("members.new", "table 5", "658"),
        ("collaborations.started", "table 5", "176"),
        ("cofinancing.raised", "section 4 (2.1)", "€6.2 m"),
        ("members.sme_pct", "chapter 2", "80\N{NARROW NO-BREAK SPACE}%"),
        ("members.of_several_clusters", "chapter 2", "50"),
    ],
)
def test_each_headline_leads_to_where_it_is_printed(
    visitor: Client, indicator: str, place: str, shown: str
) -> None:
    reading = PublishedReading.objects.exclude(basis="target").get(
        subject="programme", indicator=indicator, place=place, dimension=""
    )
    address = reverse("reporting:reading_detail", args=[reading.pk])
    assert f'<dd><a href="{address}">{shown}</a></dd>' in page(visitor)


def test_a_figure_carries_the_words_printed_beside_it(visitor: Client) -> None:
    text = page(visitor)
    assert "raised by the members themselves (rounded)" in text
    assert "organisations in several clusters (about)" in text


def test_closed_calls_show_granted_of_applied_as_printed(visitor: Client) -> None:
    told = re.findall(r'aria-label="(\d+ of \d+ applications granted)"', page(visitor))
    assert told == [
        "14 of 25 applications granted",
        "6 of 12 applications granted",
        "8 of 11 applications granted",
        "2 of 4 applications granted",
    ]


def test_the_beginning_of_a_word_finds_without_regard_to_accents_and_case(
    visitor: Client,
) -> None:
    assert found(visitor, "LUCHTVAA")[0] == "flag"
    assert found(visitor, "efficientie") == found(visitor, "EFFICIËNTIE") == ["air-cargo-belgium"]
    assert found(visitor, "uchtvaart") == []


def test_dutch_and_english_words_find_and_say_why(visitor: Client) -> None:
    assert found(visitor, "waterstof")[-1] == "power-to-gas"
    text = page(visitor, find="hydrogen")
    assert "1 cluster for “hydrogen”" in text
    assert CARD.findall(text) == ["power-to-gas"]
    assert "<span>Theme:</span> <mark>hydrogen = waterstof</mark>" in text


def test_an_alias_finds_and_says_so(visitor: Client) -> None:
    text = page(visitor, find="Power 2 Gas")
    assert CARD.findall(text) == ["power-to-gas"]
    assert "<span>Also called:</span> <mark>Power 2 Gas</mark>" in text


def test_all_words_must_match_and_small_ones_do_not_count(visitor: Client) -> None:
    assert found(visitor, "drones users") == ["euka"]
    assert found(visitor, "we want to work with the drones") == found(visitor, "work drones")
    assert found(visitor, "drones for the users") == ["euka"]
    assert found(visitor, "drones hydrogen") == []


def test_the_best_match_stands_first(visitor: Client) -> None:
    assert found(visitor, "digital")[0] == "smart-digital-farming"


@pytest.mark.parametrize(
    "typed",
    ["%", "_", "\\", "'", "😀", "\u202eenord", "<script>", "\x00", "-- ;", "x" * 10_000],
)
def test_odd_input_finds_nothing_and_breaks_nothing(visitor: Client, typed: str) -> None:
    text = visitor.get("/", {"find": typed}).content.decode()
    assert "0 clusters for" in text
    assert "<script>" not in text
    assert "Show all clusters" in text


def test_ten_thousand_words_are_searched_as_few(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        text = page(visitor, find="drones " * 10_000)
    assert CARD.findall(text) == ["euka"]


def test_the_query_stays_in_the_field_and_is_escaped(visitor: Client) -> None:
    text = visitor.get("/", {"find": '"><b>drones'}).content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;drones"' in text


def test_where_nothing_is_found_other_words_that_do_are_offered(visitor: Client) -> None:
    text = page(visitor, find="drones hydrogn")
    assert "No cluster answers to all of these words" in text
    assert 'href="/?find=drones#clusters">drones <span class="num">1</span>' in text
    assert 'href="/?find=hydrogen#clusters">hydrogen <span class="num">1</span>' in text


def test_a_part_inside_a_word_leads_to_that_word(visitor: Client) -> None:
    assert 'href="/?find=energieopslag#clusters"' in page(visitor, find="opslag")


def test_filters_narrow_by_type_and_theme_and_count_within_each_other(visitor: Client) -> None:
    text = page(visitor, scheme="flanders-spc", theme="energy-and-sea")
    assert sorted(CARD.findall(text)) == ["blauwe-cluster", "flux50"]
    assert 'aria-current="true">Spearhead cluster <span class="num">2</span>' in text
    assert 'aria-current="true">Energy and sea <span class="num">2</span>' in text
    assert (
        '<a class="chip" href="/?scheme=flanders-spc&theme=making-and-materials#clusters">'
        'Making and materials <span class="num">2</span>'
    ) in text


def test_a_filter_works_on_what_was_found(visitor: Client) -> None:
    text = page(visitor, find="digital", theme="digital")
    assert "3 clusters for “digital”" in text


def test_a_filter_that_does_not_exist_is_left_out(visitor: Client) -> None:
    assert len(CARD.findall(page(visitor, scheme="nope", theme="'", view="x"))) == 26


def test_filters_that_leave_nothing_say_how_to_take_them_away(visitor: Client) -> None:
    text = page(visitor, scheme="flanders-spc", theme="construction")
    assert "No cluster is of both this type and this theme" in text
    assert 'href="/#clusters">Take the filters away' in text


def test_the_map_links_every_cluster_and_tells_its_ties_as_sentence_and_table(
    visitor: Client,
) -> None:
    text = page(visitor, view="map")
    drawing = text[text.index('class="big-ring"') :]
    assert len(re.findall(r'<a href="/clusters/[a-z0-9-]+/" aria-label=', drawing)) == 26
    sentence = re.search(r'role="group" aria-label="([^"]+)"', drawing)
    assert sentence
    told = sentence[1].split(". ")
    assert told[0] == "Ring of 26 clusters; 15 pairs of clusters applied together"
    assert told[1] == "BIM (Bouw Informatie Modellen) and Bouwindustrialisatie did so 2 times"
    assert len(told) == 4
    rows = re.findall(
        r'<tr><th scope="row"><a href="/clusters/([^/]+)/">.*?href="/clusters/([^/]+)/">'
        r'.*?class="num">(\d+)</td>',
        drawing,
    )
    assert len(rows) == 15
    assert ("bim", "bouwindustrialisatie", "2") in rows


def test_numbers_in_a_drawing_have_a_point_in_every_language(visitor: Client) -> None:
    visitor.cookies["django_language"] = "nl"
    assert re.findall(r'\b(?:cx|cy|x|y|r)="[^"]*,', page(visitor, view="map")) == []


def test_what_htmx_gets_is_what_the_page_holds(visitor: Client) -> None:
    whole = visitor.get("/", {"find": "drones"})
    part = visitor.get("/", {"find": "drones"}, headers={"HX-Request": "true"})
    answer, status = part.content.decode().split('<div hx-swap-oob="innerHTML:#found-status">')
    assert answer in whole.content.decode()
    assert status.startswith("1 cluster found")
    assert "<html" not in answer
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_need_finds_at_least_two_clusters(language: str) -> None:
    counts = {
        need.label: len(search_profiles(need.selection.words, language)) for need in needs(language)
    }
    assert len(counts) == 6
    assert {label: count for label, count in counts.items() if count < 2} == {}


def test_a_search_asks_few_queries(visitor: Client, django_assert_max_num_queries: Any) -> None:
    visitor.get("/")
    # savepoint and its end, who acts, version, clusters, hosts, readings
    with django_assert_max_num_queries(7):
        visitor.get("/", {"find": "digital"})


def test_a_search_in_vain_asks_few_queries_too(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    visitor.get("/")
    with django_assert_max_num_queries(7):
        visitor.get("/", {"find": "qwe rty uio pas dfg"})
