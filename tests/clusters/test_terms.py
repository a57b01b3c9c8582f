"""The term list and the theme groups, as data."""

from clusterwerk.clusters.terms import in_language, read_terms, reviewed_terms, synonyms
from clusterwerk.clusters.themes import theme_of, themes
from clusterwerk.platform.text import folded
from published import published_rows


def test_every_published_theme_keyword_has_a_reviewed_translation() -> None:
    keywords = {
        folded(keyword)
        for row in published_rows("clusters")
        for keyword in row["theme_keywords"].split(";")
    }
    assert len(keywords) == 60
    assert keywords - set(reviewed_terms()) == set()


def test_no_pair_of_words_stands_twice_in_the_list() -> None:
    pairs = [(term.concept, folded(term.dutch), folded(term.english)) for term in read_terms()]
    assert len(pairs) >= 120
    assert len(pairs) == len(set(pairs))


def test_a_keyword_has_the_words_of_its_concept_in_both_languages() -> None:
    assert synonyms("Waterstof") == (
        "hydrogen",
        "groene waterstof",
        "green hydrogen",
        "elektrolyse",
        "electrolysis",
        "brandstofcel",
        "fuel cell",
    )


def test_a_row_that_nobody_reviewed_is_not_searched() -> None:
    assert "platform economy" not in synonyms("netwerkeconomie")


def test_a_keyword_is_told_in_the_language_of_the_reader() -> None:
    assert in_language("efficiëntie", "en") == "efficiency"
    assert in_language("human centric lighting", "nl") == "mensgerichte verlichting"
    assert in_language("unlisted word", "en") == "unlisted word"


def test_each_published_cluster_stands_in_exactly_one_theme_group() -> None:
    placed = [key for theme in themes() for key in theme.clusters]
    assert sorted(placed) == sorted(row["key"] for row in published_rows("clusters"))
    assert len(themes()) == 6


def test_a_cluster_outside_the_list_has_no_theme_group() -> None:
    assert theme_of("bim") == "construction"
    assert theme_of("unknown") == ""


def test_a_theme_group_has_a_name_in_the_language_of_the_reader() -> None:
    assert themes()[1].name("nl-BE") == "Bouw"
    assert themes()[1].name("fr") == "Construction"
