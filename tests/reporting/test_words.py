"""Every indicator and every word of the shipped figures is said in both languages."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from clusterwerk.measure.consistency import Fact
from clusterwerk.reporting.figures import facts, read_figures
from clusterwerk.reporting.figures.words import (
    said,
    said_number,
    said_place,
    said_segment,
    said_value,
    words,
)
from clusterwerk.reporting.indicators import indicator_name, labels
from factories.programme import SHIPPED

SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def shipped() -> list[Fact]:
    return facts(read_figures(SHIPPED))


def test_every_indicator_of_the_shipped_figures_has_a_label_with_its_unit(
    shipped: list[Fact],
) -> None:
    units = {fact.indicator: fact.unit for fact in shipped}
    assert {key: labels()[key].unit for key in units if key in labels()} == units


def test_every_label_is_used_and_named_in_both_languages(shipped: list[Fact]) -> None:
    used = {fact.indicator for fact in shipped}
    assert set(labels()) == used
    assert all(label.name_nl and label.name_en for label in labels().values())


@pytest.mark.parametrize(
    ("kind", "field"), [("qualifier", "qualifier"), ("basis", "basis"), ("moment", "as_of")]
)
def test_every_word_of_a_shipped_figure_is_said_in_dutch(
    shipped: list[Fact], kind: str, field: str
) -> None:
    used = {getattr(fact, field) for fact in shipped} - {""}
    assert {word for word in used if not word.isdigit()} <= set(words()[kind]["nl"])


def test_every_remark_and_segment_of_a_shipped_figure_is_said_in_dutch(
    shipped: list[Fact],
) -> None:
    notes = {fact.attributes["note"] for fact in shipped if "note" in fact.attributes}
    assert notes <= set(words()["note"]["nl"])
    listed = {"application", "example"}
    parts = {
        f"{fact.dimension}={fact.segment}"
        for fact in shipped
        if fact.dimension not in {"", *listed}
    }
    assert parts == set(words()["segment"]["nl"]) == set(words()["segment"]["en"])


def test_every_outlook_and_origin_of_a_shipped_cluster_is_said_in_dutch() -> None:
    clusters = read_figures(SHIPPED).clusters
    outlooks = {row.outlook for row in clusters} | {row.outlook_elsewhere for row in clusters}
    assert outlooks - {""} == set(words()["outlook"]["nl"])
    assert {row.origin for row in clusters} - {""} == set(words()["origin"]["nl"])


def test_a_place_is_said_word_by_word() -> None:
    with override("nl"):
        assert said_place("section 3.1 before table 9") == "punt 3.1 vóór tabel 9"
        assert said_place("annex, questions 3 and 4") == "bijlage, vragen 3 en 4"
    with override("en"):
        assert said_place("table 7") == "table 7"


def test_a_word_without_translation_is_said_as_it_is() -> None:
    with override("nl"):
        assert said("basis", "guessed") == "guessed"
        assert said("nothing", "at all") == "at all"
        assert said_segment("application", "CompositeLoop") == "CompositeLoop"
        assert indicator_name("nobody.knows") == "nobody.knows"


def test_an_indicator_is_named_in_the_language_of_the_reader() -> None:
    with override("nl"):
        assert indicator_name("members.paying") == "Betalende leden"
    with override("en"):
        assert indicator_name("members.paying") == "Paying members"


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (Decimal(1132), "count", "1.132", "1,132"),
        (Decimal("62.6"), "score", "62,6", "62.6"),
        (Decimal("3.00"), "score", "3,00", "3.00"),
        (Decimal(4700000), "euro", f"€{SPACE}4.700.000", "€4,700,000"),
        (Decimal(85), "percent", f"85{SPACE}%", f"85{SPACE}%"),
        (Decimal("22.5"), "years", "22,5 jaar", "22.5 years"),
        (Decimal(8), "minutes", "8 minuten", "8 minutes"),
        (date(2020, 2, 29), "date", "29 februari 2020", "29 February 2020"),
        ("CompositeLoop", "entry", "CompositeLoop", "CompositeLoop"),
    ],
)
def test_a_value_is_written_as_the_reader_writes_numbers(
    value: Decimal, unit: str, dutch: str, english: str
) -> None:
    with override("nl"):
        assert said_value(value, unit) == dutch
    with override("en"):
        assert said_value(value, unit) == english


def test_a_counted_number_drops_the_zeros_of_its_column_and_keeps_cents() -> None:
    with override("en"):
        assert said_number(Decimal("550.0000"), "euro") == "€550"
        assert said_number(Decimal("12.5000"), "euro") == "€12.50"
        assert said_number(Decimal("12.5000"), "count") == "12.5"
        assert said_number(None, "count") == ""
