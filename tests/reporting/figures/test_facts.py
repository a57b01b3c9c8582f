"""Every published figure as one fact with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clusterwerk.measure.consistency import Fact
from clusterwerk.reporting.figures import FigureErrors, facts, read_figures
from clusterwerk.reporting.figures.facts import split_where
from published import FOLDER, published_rows


@pytest.fixture(name="printed", scope="module")
def _printed() -> list[Fact]:
    return facts(read_figures(FOLDER))


def of(printed: list[Fact], indicator: str, subject: str = "programme") -> list[Fact]:
    return [f for f in printed if (f.indicator, f.subject) == (indicator, subject)]


def test_every_key_is_unique(printed: list[Fact]) -> None:
    assert len({fact.key for fact in printed}) == len(printed)


def test_every_figure_of_every_file_is_a_fact(printed: list[Fact]) -> None:
    clusters = published_rows("clusters")
    of_clusters = sum(
        bool(row[column])
        for row in clusters
        for column in (
            "name",
            "start_date",
            "end_date_table3",
            "end_date_table7",
            "members",
            "collaborations",
            "intercluster_applications",
            "outlook",
        )
    )
    participations = sum(
        len(row["clusters"].split(";")) for row in published_rows("intercluster_applications")
    )
    expected = {
        "clusters": of_clusters,
        "contributions": 8 * len(published_rows("contributions")),
        "kpis": 3 * len(published_rows("programme_kpis")),
        "by embedding": len(published_rows("programme_kpis_by_embedding")),
        "calls": 7 + 2,
        "applications": len(published_rows("intercluster_applications")) + participations,
        "collaborations": len(published_rows("collaborations")) + 3,
        "printed again": len(published_rows("printed_again")),
        "reach, two of which are printed again": len(published_rows("member_reach")) - 2,
        "fieldwork": len(published_rows("survey_fieldwork")),
        "cofinancing": len(published_rows("cofinancing_totals")),
        "means": len(published_rows("survey_published_means")),
    }
    assert len(printed) == sum(expected.values())


def test_a_count_of_a_cluster_carries_its_place_basis_and_attributes(printed: list[Fact]) -> None:
    assert of(printed, "members.paying", "the-beacon") == [
        Fact(
            indicator="members.paying",
            subject="the-beacon",
            value=Decimal(57),
            unit="count",
            place="table 7",
            document="flanders-2020",
            basis="target",
            attributes={
                "name": "The Beacon (IoT Value Chain)",
                "scheme": "IBN",
                "call": "2",
                "embedding": "embedded",
            },
        )
    ]


def test_an_end_date_is_a_fact_of_each_table_that_prints_it(printed: list[Fact]) -> None:
    assert [(f.value, f.place) for f in of(printed, "agreement.end_date", "offshore-energy")] == [
        (date(2020, 2, 20), "table 3"),
        (date(2020, 2, 29), "table 7"),
    ]


def test_a_programme_indicator_is_a_fact_of_each_place_and_basis(printed: list[Fact]) -> None:
    assert [
        (f.value, f.place, f.basis, f.segment, f.qualifier, f.as_of)
        for f in of(printed, "members.paying")
    ] == [
        (Decimal(1132), "table 5", "reported", "", "", "2020-01"),
        (Decimal(1337), "table 5", "target", "", "", "after three years"),
        (
            Decimal(692),
            "section 3.1",
            "reported",
            "independent",
            "",
            "end of the second working year",
        ),
        (Decimal(447), "section 3.1", "reported", "embedded", "", "end of the second working year"),
        (Decimal(1200), "section 4 (2.1)", "reported", "", "almost", ""),
        (Decimal(662), "section 3.1", "reported", "above_400000", "", "end of 2018"),
        (Decimal(504), "section 3.1", "reported", "up_to_400000", "", "end of 2018"),
    ]


def test_a_mean_keeps_its_printed_decimals_and_the_basis_of_its_label(printed: list[Fact]) -> None:
    second = next(
        f
        for f in of(printed, "survey.effects_contribution.mean")
        if (f.dimension, f.segment) == ("call", "2")
    )
    assert str(second.value) == "53.0"
    assert second.place == "annex, question 6"
    assert second.attributes == {"scale": "0-100", "label_basis": "printed"}


def test_the_remark_behind_a_place_is_kept_apart_from_it(printed: list[Fact]) -> None:
    (target,) = of(printed, "collaborations.target_or_count")
    assert target.place == "section 3.1"
    assert target.attributes == {"note": "target or count is not clear from the sentence"}


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("section 1.2", ("section 1.2", "")),
        ("section 3.1: more than half (11)", ("section 3.1", "more than half (11)")),
        (
            "section 3.1 before table 9; the table holds five",
            ("section 3.1 before table 9", "the table holds five"),
        ),
    ],
)
def test_a_place_ends_at_the_first_colon_or_semicolon(where: str, parts: tuple[str, str]) -> None:
    assert split_where(where) == parts


def test_an_application_says_which_schemes_take_part(printed: list[Fact]) -> None:
    rail = next(f for f in printed if f.value == "FutureProofRail" and f.subject == "programme")
    assert rail.attributes["schemes"] == "IBN+SPC"
    assert rail.attributes["clusters"] == "composieten;catalisti"


def test_one_print_with_two_values_is_refused() -> None:
    figures = read_figures(FOLDER)
    reach = tuple(
        replace(row, value=Decimal(1300)) if row.fact == "enterprises_involved" else row
        for row in figures.reach
    )
    with pytest.raises(FigureErrors) as caught:
        facts(replace(figures, reach=reach))
    assert [str(error) for error in caught.value.errors] == [
        (
            "all files together: found almost 1300 for "
            "flanders-2020|members.paying|programme|reported|section 4 (2.1); "
            "expected almost 1200, as another row says of the same place"
        )
    ]
