"""Finding a cluster in the portal, with nobody's seats."""

import pytest

from clusterwerk.clusters import actions
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.clusters.queries import other_searches, search_profiles
from clusterwerk.clusters.search import Published, search_text, words_of
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter

CLUSTERS = [
    ("power-to-gas", "Power to Gas", ["Power 2 Gas"], ["waterstof", "energieopslag"]),
    ("air-cargo", "Air Cargo Belgium", [], ["luchtvracht", "efficiëntie"]),
    ("bouwindustrialisatie", "Bouwindustrialisatie", [], ["prefab"]),
    ("bim", "BIM (Bouw Informatie Modellen)", ["Cluster BIM"], ["ontwerpfase"]),
    ("waterstofwerk", "Waterstofwerk", [], ["demonstratie"]),
]
THEMES = {"power-to-gas": "energy-and-sea", "air-cargo": "mobility-and-aerospace"}


@pytest.fixture
def portal(db: None) -> None:
    """Five published clusters; nobody is signed in."""
    steward = seats_of_command()
    enter(steward)
    agency = actions.register_agency(seats=steward, key="here", name="Agency of Here")
    for key, name, aliases, keywords in CLUSTERS:
        _publish(agency, key, name, aliases, keywords)
    enter(NOBODY)


def _publish(
    agency: Agency, key: str, name: str, aliases: list[str], keywords: list[str]
) -> Cluster:
    seats = seats_of_command(agency=agency.pk)
    enter(seats)
    cluster = actions.found_cluster(
        seats=seats, agency=agency, key=key, name=name, aliases=aliases, theme_keywords=keywords
    )
    theme = THEMES.get(key, "construction")
    actions.publish_profile(seats=seats, cluster=cluster, theme=theme, scheme="flanders-ibn")
    return cluster


def found(typed: str, language: str = "nl") -> list[tuple[str, list[str]]]:
    return [
        (hit.profile.slug, [str(reason) for reason in hit.reasons])
        for hit in search_profiles(typed, language)
    ]


@pytest.mark.usefixtures("portal")
def test_nothing_typed_gives_every_cluster_by_name() -> None:
    assert [slug for slug, _ in found("  ")] == [
        "air-cargo",
        "bim",
        "bouwindustrialisatie",
        "power-to-gas",
        "waterstofwerk",
    ]


@pytest.mark.usefixtures("portal")
def test_the_beginning_of_a_word_finds_and_its_middle_does_not() -> None:
    assert found("carg") == [("air-cargo", ["Air Cargo Belgium"])]
    assert found("argo") == []


@pytest.mark.usefixtures("portal")
def test_accents_and_case_do_not_matter() -> None:
    assert found("EFFICIENTIE") == found("efficiëntie") == [("air-cargo", ["efficiëntie"])]


@pytest.mark.usefixtures("portal")
def test_an_english_word_finds_the_dutch_keyword_and_says_why() -> None:
    assert found("hydrog") == [("power-to-gas", ["hydrogen = waterstof"])]


@pytest.mark.usefixtures("portal")
def test_a_keyword_is_explained_in_the_language_of_the_reader() -> None:
    assert found("luchtvracht", "nl") == [("air-cargo", ["luchtvracht"])]
    assert found("luchtvracht", "en") == [("air-cargo", ["luchtvracht = air cargo"])]


@pytest.mark.usefixtures("portal")
def test_clusters_found_by_name_stand_before_those_found_by_keyword() -> None:
    assert [slug for slug, _ in found("waterstof")] == ["waterstofwerk", "power-to-gas"]


@pytest.mark.usefixtures("portal")
def test_every_word_must_match() -> None:
    assert found("power gas") == [("power-to-gas", ["Power to Gas"])]
    assert found("power hydrogen") == [("power-to-gas", ["Power to Gas", "hydrogen = waterstof"])]
    assert found("power cargo") == []


@pytest.mark.usefixtures("portal")
def test_a_theme_group_finds_its_clusters_in_both_languages() -> None:
    assert found("energie en zee") == [("power-to-gas", ["Energie en zee"])]
    assert found("aerospace") == [("air-cargo", ["Mobility and aerospace"])]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "%%%", "' or 1=1 --"])
@pytest.mark.usefixtures("portal")
def test_signs_that_the_database_would_read_as_wildcards_find_nothing(typed: str) -> None:
    assert found(typed) == []


def test_words_are_cut_at_every_sign_and_folded() -> None:
    assert words_of("Flanders' FOOD_4.0 — Énergie") == ("flanders", "food", "4", "0", "energie")


def test_each_word_stands_once_behind_a_space() -> None:
    assert (
        search_text(Published("Bouw", ("Bouw 4.0",), (), (), ("ACB vzw",))) == " bouw 4 0 acb vzw"
    )


@pytest.mark.usefixtures("portal")
def test_small_words_do_not_count_beside_others() -> None:
    assert found("iets met prefab") == []
    assert found("met de prefab") == [("bouwindustrialisatie", ["prefab"])]


@pytest.mark.usefixtures("portal")
def test_small_words_alone_are_searched() -> None:
    assert found("to") == [("power-to-gas", ["Power to Gas"])]


@pytest.mark.usefixtures("portal")
def test_only_the_first_letters_and_words_are_read() -> None:
    assert found("prefab " + "x" * 10) == []
    assert [slug for slug, _ in found("prefab " * 40 + "zzz")] == ["bouwindustrialisatie"]


@pytest.mark.usefixtures("portal")
def test_for_words_that_find_nothing_together_each_or_the_nearest_is_offered() -> None:
    assert other_searches("prefab hydrogn", 4) == [("prefab", 1), ("hydrogen", 1)]
    assert other_searches("opslag", 4) == [("energieopslag", 1)]
    assert other_searches("qqqq", 4) == []
    assert len(other_searches("bo wa po ca ai", 2)) == 2
