"""Finding enterprises: by number, beginning of a name, words in any order."""

from pathlib import Path

import polars as pl
import pytest

from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.queries.register import labels_of, search_register
from clusterwerk.directory.register.folding import folded
from clusterwerk.directory.register.words import search_name, search_words
from factories.register_extracts import CommandSteps, enterprise, exact, name, plain, seat

NAMES = {
    1: "Bakkerij De Zon NV",
    2: "De Zon Energie BV",
    3: "N.V. Électricité générale",
    4: "Zonnepanelen Gent comm. v",
    5: "BV",
    6: "A.B.C. Bouw bvba",
    7: "Müller & Söhne GmbH",
}


@pytest.fixture
def register(db: None, tmp_path: Path) -> None:
    rows = {
        "enterprise": [enterprise(index) for index in NAMES],
        "denomination": [
            *(name(index, text) for index, text in NAMES.items()),
            name(1, "Boulangerie du Soleil SA", "1"),
        ],
        "address": [seat(1)],
    }
    load_register(steps=CommandSteps(), path=exact(tmp_path / "full.zip", rows))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("de zon", [2, 1]),
        ("zon de", [2, 1]),
        ("DE ZÖN nv", [2, 1]),
        ("zon bak", [1]),
        ("soleil", [1]),
        ("electricite", [3]),
        ("générale él", [3]),
        ("nv elec", [3]),
        ("zonnepanelen comm.v", [4]),
        ("bv", [5]),
        ("abc bouw", [6]),
        ("a.b.c.", [6]),
        ("muller sohne", [7]),
        ("zon xyz", []),
        ("", []),
        ("' ; drop & | ! :*", []),
        ("%", []),
    ],
)
def test_words_find_names(register: None, typed: str, found: list[int]) -> None:
    numbers = [entry.number for entry in search_register(typed)]
    assert numbers == [plain(index) for index in found]


def test_a_number_is_found_however_it_is_written(register: None) -> None:
    number = plain(3)
    dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}"
    for typed in (number, dotted, f"BE {number}", f"be{dotted}", dotted[:11]):
        assert number in [entry.number for entry in search_register(typed)]
    assert search_register("0403.019.261") == []


def test_no_more_than_asked_for_come(register: None) -> None:
    assert len(search_register("zon", limit=2)) == 2
    assert len(search_register(plain(1)[:4], limit=3)) == 3


def test_a_search_without_an_edition_finds_nothing(db: None) -> None:
    assert search_register("zon") == []


def test_labels_come_in_the_language_of_the_reader(register: None) -> None:
    assert labels_of("JuridicalForm", ["610", "014", "999"]) == {
        "610": "Besloten vennootschap",
        "014": "Naamloze vennootschap",
    }


NAMES_OF_ALL_KINDS = [
    *NAMES.values(), "Straße ÅÄÖ œuvre", "  d'Hondt-Van den Berg  ", "s. comm. va", "12 3d/4",
    "comm v", "nv sa", "E.E.S.V. Rhein-Maas", "L\N{RIGHT SINGLE QUOTATION MARK}Été", "İzmir",
    "Zoë's Café", "ﬁrma", "Ĳsselmeer", "comm v bouw", "Bouw comm v", "comm comm v", "nv s comm v",
    "bv nv bakker", "de zon  bv", " bv zon", "_under_score_", "S.A. Zon", "zon.be", "ann.b.",
    "℡ nv", "žnv nvž", "nvø", "Ελλάς SA", "Zon\N{NO-BREAK SPACE}BV", "Zon\tNV", "a\N{EN DASH}b",
]  # fmt: skip


def test_columns_and_single_names_are_folded_by_the_same_rules() -> None:
    found = folded(pl.Series(NAMES_OF_ALL_KINDS)).to_list()
    assert found == [search_name(each) for each in NAMES_OF_ALL_KINDS]


def test_legal_forms_do_not_count_unless_they_are_all_there_is() -> None:
    assert search_words("N.V. De Zon, bvba") == ["de", "zon"]
    assert search_words("NV SA") == ["nv", "sa"]
