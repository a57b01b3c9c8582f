"""Each way in which a file can be wrong, and the message it gives."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwerk.measure.consistency import Fact
from clusterwerk.reporting.figures import FigureError, FigureErrors, facts, read_figures
from published import FOLDER


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "flanders-2020"))


@pytest.fixture(name="damaged", scope="module")
def _damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path_factory.mktemp("damaged") / "flanders-2020"))


def messages(folder: Path) -> list[str]:
    with pytest.raises(FigureErrors) as caught:
        read_figures(folder)
    return [str(error) for error in caught.value.errors]


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_published_figures_are_read_as_typed_rows() -> None:
    figures = read_figures(FOLDER)
    assert figures.document == "flanders-2020"
    assert len(figures.clusters) == 26
    health = next(row for row in figures.clusters if row.key == "flanders-health")
    assert health.executing_organisations == ("FlandersBio", "DSP Valley", "Medtech vzw")
    assert (health.end_date_table3, health.end_date_table7) == (
        date(2021, 8, 31),
        date(2021, 11, 30),
    )
    assert (health.members, health.members_basis) == (86, "target")
    assert figures.contributions[0].subsidy_eur == Decimal(450_000)
    assert str(figures.survey_means[8].mean) == "53.0"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(folder: Path) -> None:
    plain = read_figures(folder)
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_figures(folder) == plain


def test_columns_may_stand_in_another_order_and_lines_may_be_empty(folder: Path) -> None:
    plain = read_figures(folder)
    (folder / "programme_kpis_by_embedding.csv").write_text(
        "reported,kpi,as_of,embedding\n\n"
        + "".join(
            f"{row.reported},{row.kpi},{row.as_of},{row.embedding}\n\n"
            for row in plain.kpis_by_embedding
        ),
        encoding="utf-8",
    )
    assert read_figures(folder) == plain


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "member_reach.csv").unlink()
    assert messages(folder) == [
        "member_reach.csv: found no such file; expected a file member_reach.csv in flanders-2020"
    ]


def test_an_empty_file_shows_the_header_it_should_have(folder: Path) -> None:
    (folder / "member_reach.csv").write_bytes(b"")
    assert messages(folder) == [
        "member_reach.csv: found an empty file; expected a header line: fact,value,qualifier,where"
    ]


def test_missing_unknown_and_repeated_columns_are_named_together(folder: Path) -> None:
    change(folder, "member_reach.csv", "fact,value,qualifier,where", "fact,value,word,value")
    assert messages(folder) == [
        "member_reach.csv, line 1, column qualifier: found no such column; expected this column",
        (
            "member_reach.csv, line 1, column value: found the column 2 times; "
            "expected each column once"
        ),
        "member_reach.csv, line 1, column where: found no such column; expected this column",
        (
            "member_reach.csv, line 1, column word: found an unknown column; "
            "expected one of fact, value, qualifier, where"
        ),
    ]


def test_a_file_that_is_not_utf_8_names_the_line(folder: Path) -> None:
    path = folder / "clusters.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    assert messages(folder) == [
        (
            "clusters.csv, line 2: found a byte that is not UTF-8 (0xeb); "
            "expected a file saved as CSV UTF-8"
        )
    ]


def test_a_row_with_too_few_cells_is_named_by_its_line(folder: Path) -> None:
    change(folder, "member_reach.csv", "share_sme_pct,80,,chapter 2", "share_sme_pct,80,chapter 2")
    assert messages(folder) == [
        "member_reach.csv, line 4: found 3 cells; expected 4 cells, as in the header"
    ]


def test_an_open_quote_is_no_csv(folder: Path) -> None:
    change(folder, "member_reach.csv", "share_sme_pct", '"share_sme_pct')
    (message,) = messages(folder)
    assert message.startswith("member_reach.csv, line 4: found a line that is not CSV (")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "programme_kpis.csv",
            "1132",
            "1.132",
            (
                'programme_kpis.csv, line 2, column reported: found "1.132"; '
                "expected a whole number from 0, digits only (1132, not 1.132 or 1,132)"
            ),
        ),
        (
            "programme_kpis.csv",
            "1132",
            "-1132",
            (
                'programme_kpis.csv, line 2, column reported: found "-1132"; '
                "expected a whole number from 0, digits only (1132, not 1.132 or 1,132)"
            ),
        ),
        (
            "programme_kpis.csv",
            "1132",
            "",
            (
                "programme_kpis.csv, line 2, column reported: found an empty cell; "
                "expected a value; this column may not be empty"
            ),
        ),
        (
            "contributions.csv",
            "450000",
            "450000.005",
            (
                'contributions.csv, line 2, column subsidy_eur: found "450000.005"; '
                "expected an amount in euro with at most two decimals"
            ),
        ),
        (
            "contributions.csv",
            "82,11",
            "82,111",
            (
                'contributions.csv, line 2, column printed_share_pct: found "111"; '
                "expected a percentage from 0 to 100"
            ),
        ),
        (
            "contributions.csv",
            "35000,175,",
            "35000,35001,",
            (
                "contributions.csv, line 2, column contribution_min_eur: found 35001; "
                "expected at most the maximum, 35000"
            ),
        ),
        (
            "contributions.csv",
            "power-to-gas",
            "power-2-gas",
            (
                'contributions.csv, line 3, column cluster: found "power-2-gas"; '
                "expected the key of a cluster in clusters.csv"
            ),
        ),
        (
            "contributions.csv",
            "power-to-gas",
            "air-cargo-belgium",
            (
                'contributions.csv, line 3, column cluster: found "air-cargo-belgium"; '
                "expected another key; line 2 has it"
            ),
        ),
        (
            "clusters.csv",
            "2019-09-30",
            "30/09/2019",
            (
                'clusters.csv, line 2, column end_date_table3: found "30/09/2019"; '
                "expected a date as year-month-day (2020-02-29)"
            ),
        ),
        (
            "clusters.csv",
            "2019-09-30",
            "2019-09-31",
            (
                'clusters.csv, line 2, column end_date_table3: found "2019-09-31"; '
                "expected a day that exists, as year-month-day (2020-02-29)"
            ),
        ),
        (
            "clusters.csv",
            ",IBN,1,luchtvracht",
            ",ibn,1,luchtvracht",
            'clusters.csv, line 2, column scheme: found "ibn"; expected one of IBN, SPC',
        ),
        (
            "clusters.csv",
            "ACB vzw,independent",
            "ACB vzw,",
            (
                "clusters.csv, line 2, column embedding: found an empty cell; "
                "expected a value; every network (IBN) has one"
            ),
        ),
        (
            "clusters.csv",
            "2026-12-31,,,",
            "2026-12-31,,40,",
            (
                "clusters.csv, line 22, column members: found a value; "
                "expected an empty cell; only networks (IBN) have one"
            ),
        ),
        (
            "clusters.csv",
            "2026-12-31",
            "2016-12-31",
            (
                "clusters.csv, line 22, column end_date_table3: found 2016-12-31; "
                "expected a day after the start, 2017-01-01"
            ),
        ),
        (
            "clusters.csv",
            "Air Cargo Belgium,",
            "=1+1,",
            (
                'clusters.csv, line 2, column name: found "=1+1"; '
                "expected a text; a spreadsheet would read this as a formula"
            ),
        ),
        (
            "clusters.csv",
            "luchtvracht;ketenbenadering",
            "luchtvracht;@sum",
            (
                "clusters.csv, line 2, column theme_keywords: found "
                '"luchtvracht;@sum;efficiëntie"; '
                "expected a text; a spreadsheet would read this as a formula"
            ),
        ),
        (
            "clusters.csv",
            "luchtvracht;ketenbenadering",
            "luchtvracht;;ketenbenadering",
            (
                "clusters.csv, line 2, column theme_keywords: found "
                '"luchtvracht;;ketenbenadering;efficiëntie"; '
                "expected texts separated by single semicolons, none of them empty"
            ),
        ),
        (
            "intercluster_applications.csv",
            "bim;digitising-manufacturing",
            "bim;bim",
            (
                'intercluster_applications.csv, line 3, column clusters: found "bim;bim"; '
                "expected texts separated by semicolons, each once"
            ),
        ),
        (
            "intercluster_calls.csv",
            "1,2017,",
            "1,,",
            (
                "intercluster_calls.csv, line 2, column year: found an empty cell; "
                "expected the year of the call"
            ),
        ),
        (
            "member_reach.csv",
            "almost",
            "nearly",
            (
                'member_reach.csv, line 3, column qualifier: found "nearly"; '
                "expected one of almost, about, rounded, more than, more than a third, a third"
            ),
        ),
        (
            "survey_fieldwork.csv",
            "1065",
            "1065.5",
            "survey_fieldwork.csv, line 2, column value: found 1065.5; expected a whole number",
        ),
        (
            "survey_fieldwork.csv",
            "30.8",
            "308",
            (
                "survey_fieldwork.csv, line 6, column value: found 308; "
                "expected a percentage from 0 to 100"
            ),
        ),
        (
            "survey_published_means.csv",
            "all,all,0.69",
            "all,some,0.69",
            'survey_published_means.csv, line 2, column segment: found "some"; expected one of all',
        ),
        (
            "survey_published_means.csv",
            "all,all,0.69",
            "all,all,69",
            (
                "survey_published_means.csv, line 2, column mean: found 69; "
                "expected a mean from 0 to 2"
            ),
        ),
    ],
)
def test_a_wrong_cell_says_where_it_is_and_what_belongs_there(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    change(folder, file, old, new)
    assert messages(folder) == [message]


def test_an_unknown_figure_lists_the_known_ones(folder: Path) -> None:
    change(folder, "member_reach.csv", "mean_age_years", "mean_age")
    (message,) = messages(folder)
    assert message.startswith('member_reach.csv, line 5, column fact: found "mean_age"; expected ')
    assert "mean_age_years" in message


def test_the_mistakes_of_all_files_come_together_in_order(folder: Path) -> None:
    change(folder, "programme_kpis.csv", "1132", "many")
    change(folder, "contributions.csv", "450000", "x")
    change(folder, "contributions.csv", "298059", "y")
    (folder / "collaborations.csv").unlink()
    with pytest.raises(FigureErrors) as caught:
        read_figures(folder)
    assert [(error.file, error.line, error.column) for error in caught.value.errors] == [
        ("collaborations.csv", 0, ""),
        ("contributions.csv", 2, "subsidy_eur"),
        ("contributions.csv", 3, "subsidy_eur"),
        ("programme_kpis.csv", 2, "reported"),
    ]


def test_a_broken_list_of_clusters_does_not_blame_the_files_that_refer_to_it(folder: Path) -> None:
    change(folder, "clusters.csv", ",IBN,1,luchtvracht", ",ibn,1,luchtvracht")
    assert [message for message in messages(folder) if "contributions.csv" in message] == []


def test_a_folder_that_does_not_exist_names_every_file(tmp_path: Path) -> None:
    assert len(messages(tmp_path / "nowhere")) == 13


NAMES = sorted(path.name for path in FOLDER.glob("*.csv"))


@given(
    name=st.sampled_from(NAMES),
    where=st.floats(0, 1),
    length=st.integers(0, 30),
    put=st.binary(max_size=8)
    | st.sampled_from([b",", b"\n", b'"', b";", b"\x00", b"9" * 40, b"="]),
)
@settings(max_examples=150)
def test_damage_anywhere_gives_figures_or_named_mistakes_and_nothing_else(
    damaged: Path, name: str, where: float, length: int, put: bytes
) -> None:
    sound = (FOLDER / name).read_bytes()
    start = int(where * len(sound))
    (damaged / name).write_bytes(sound[:start] + put + sound[start + length :])
    found, mistakes = outcome(damaged)
    (damaged / name).write_bytes(sound)
    assert bool(found) != bool(mistakes)
    assert all(error.file and error.found and error.expected for error in mistakes)


def outcome(folder: Path) -> tuple[list[Fact], tuple[FigureError, ...]]:
    try:
        return facts(read_figures(folder)), ()
    except FigureErrors as caught:
        return [], caught.errors
