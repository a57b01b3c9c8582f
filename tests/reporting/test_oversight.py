"""The portfolio as it is read: order, filter, sums, decisions and programme totals."""

from datetime import date
from decimal import Decimal

import pytest

from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.queries.findings import FoundIn, documents, found_in
from clusterwerk.reporting.queries.oversight import (
    SORTS,
    OversightRow,
    Selection,
    counted_sum,
    decisions,
    portfolio,
    programme_totals,
    published_sum,
    select,
)
from factories.programme import Programme
from factories.world import agency_seats

TODAY = date(2026, 3, 1)


@pytest.fixture
def found(programme: Programme) -> list[FoundIn]:
    enter(agency_seats(programme.agency))
    return found_in(documents([programme.agency.pk]))


@pytest.fixture
def rows(programme: Programme, found: list[FoundIn]) -> list[OversightRow]:
    return portfolio([programme.agency.pk], found)


def names(rows: list[OversightRow]) -> list[str]:
    return [row.profile.slug for row in rows]


def test_the_portfolio_holds_all_clusters_by_name(rows: list[OversightRow]) -> None:
    assert len(rows) == 26
    assert names(rows)[:3] == ["air-cargo-belgium", "b-hive", "bim"]


def test_published_and_counted_values_of_a_row_stay_apart(rows: list[OversightRow]) -> None:
    figure = rows[0].figure("members.paying")
    assert figure.published is not None
    assert figure.counted is not None
    assert (figure.published.number, figure.counted.number) == (Decimal(140), Decimal(2))
    assert figure.counted.includes_demo


def test_rows_without_the_value_come_last_in_both_directions(rows: list[OversightRow]) -> None:
    for descending in (True, False):
        ordered = select(rows, Selection(order="members", descending=descending))
        assert all(row.figure("members.paying").number is None for row in ordered[-6:])
    most = select(rows, Selection(order="members", descending=True))
    assert names(most)[:2] == ["euka", "air-cargo-belgium"]


@pytest.mark.parametrize("order", SORTS)
def test_every_column_orders_all_rows(rows: list[OversightRow], order: str) -> None:
    assert sorted(names(select(rows, Selection(order=order)))) == sorted(names(rows))


@pytest.mark.parametrize(
    ("selection", "number"),
    [
        (Selection(scheme="flanders-spc"), 6),
        (Selection(call="1"), 14),
        (Selection(call="2"), 6),
        (Selection(embedding="embedded"), 11),
        (Selection(words="cargo"), 1),
        (Selection(words="sirris"), 3),
        (Selection(words="CARGO acb"), 1),
        (Selection(call="9"), 0),
        (Selection(call="1", embedding="independent", words="vzw"), 7),
    ],
)
def test_a_filter_leaves_the_rows_it_names(
    rows: list[OversightRow], selection: Selection, number: int
) -> None:
    assert len(select(rows, selection)) == number


def test_a_warning_is_few_that_carry_it_or_figures_that_nothing_explains(
    rows: list[OversightRow],
) -> None:
    warned = {
        row.profile.slug: (row.few_carry, row.disagreements)
        for row in select(rows, Selection(only_warnings=True))
    }
    assert warned == {
        "air-cargo-belgium": (True, 0),
        "b-hive": (True, 0),
        "bim": (False, 1),
        "bouwindustrialisatie": (False, 2),
        "digitising-manufacturing": (False, 1),
        "euka": (True, 0),
        "flanders-bike-valley": (True, 1),
        "flanders-health": (False, 1),
        "innovatieve-coatings": (False, 2),
        "offshore-energy": (True, 1),
        "power-to-gas": (False, 1),
        "smart-digital-farming": (False, 1),
        "the-beacon": (False, 1),
    }


def test_a_sum_of_rows_leaves_targets_out_and_never_mixes_in_counted_values(
    rows: list[OversightRow],
) -> None:
    members = published_sum(rows, "members.paying")
    assert (members.number, members.rows) == (Decimal(1166), 17)
    counted = counted_sum(rows, "members.paying")
    assert (counted.number, counted.rows) == (Decimal(2), 1)
    assert published_sum(rows, "collaborations.started").number == Decimal(194)
    assert published_sum(rows, "members.new").rows == 0


def test_decisions_follow_from_the_figures_and_the_day(
    rows: list[OversightRow], found: list[FoundIn]
) -> None:
    asked = decisions(rows, found, TODAY)
    assert names(list(asked.few_carry)) == [
        "air-cargo-belgium", "b-hive", "euka", "flanders-bike-valley", "offshore-energy",
    ]  # fmt: skip
    assert names(list(asked.ending)) == ["catalisti", "flux50", "sim", "vil"]
    assert asked.disagreements == 27


@pytest.mark.parametrize(
    ("day", "ending"),
    [
        (date(2019, 4, 1), ["groen-licht-vlaanderen"]),
        (date(2019, 3, 30), []),
        (date(2020, 3, 31), ["groen-licht-vlaanderen"]),
        (date(2020, 4, 1), []),
        (date(2028, 1, 1), []),
    ],
)
def test_an_agreement_asks_for_a_decision_from_a_year_before_its_end_while_nobody_knows_more(
    rows: list[OversightRow], found: list[FoundIn], day: date, ending: list[str]
) -> None:
    assert names(list(decisions(rows, found, day).ending)) == ending


def test_programme_totals_stand_against_the_printed_targets(
    programme: Programme, found: list[FoundIn]
) -> None:
    totals = programme_totals([programme.agency.pk], found)
    printed = [
        (total.reported.number, total.target.number, round(total.share, 3), total.reported.place)
        for total in totals
        if total.reported and total.target and total.share
    ]
    assert printed == [
        (Decimal(1132), Decimal(1337), Decimal("0.847"), "table 5"),
        (Decimal(658), Decimal(690), Decimal("0.954"), "table 5"),
        (Decimal(176), Decimal(246), Decimal("0.715"), "table 5"),
    ]
    assert [total.disagreements for total in totals] == [5, 1, 3]


def test_another_agency_has_no_totals_and_no_rows(programme: Programme) -> None:
    nobody = programme.agency.pk + 1000
    assert portfolio([nobody]) == []
    assert [total.reported for total in programme_totals([nobody])] == [None, None, None]
