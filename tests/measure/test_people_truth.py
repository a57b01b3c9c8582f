"""How well contacts that stand twice are found, held to floors on a generated truth set."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # benchmarks are no installed package

from bench.contacts import TruthSet, found_among, truth_set

from clusterwerk.measure.duplicates import LIKELY, SURE

MADE = 10_000
# Of a hundred. Who moved to another organisation and kept no number looks like a namesake.
FLOORS = {
    "slip": 90, "initial": 90, "plain_letters": 95, "other_surname": 95, "double_surname": 90,
    "swapped": 95, "nickname": 90, "moved": 40, "address_alone": 95,
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> TruthSet:
    return truth_set(MADE)


@pytest.fixture(scope="module")
def found(made: TruthSet) -> dict[tuple[int, int], int]:
    return found_among(made.rows)


def test_precision_and_recall_of_contacts_keep_their_floors(
    made: TruthSet, found: dict[tuple[int, int], int]
) -> None:
    right = made.truth.keys() & found.keys()
    assert min(found.values()) >= LIKELY
    assert len(right) / len(made.truth) >= 0.9
    assert len(right) / len(found) >= 0.8
    sure = [pair for pair, points in found.items() if points >= SURE]
    assert len(sure) >= len(made.truth) // 3
    assert sum(pair in made.truth for pair in sure) / len(sure) >= 0.97


def test_each_way_of_writing_a_person_otherwise_is_found(
    made: TruthSet, found: dict[tuple[int, int], int]
) -> None:
    number = Counter(made.truth.values())
    hit = Counter(made.truth[pair] for pair in made.truth.keys() & found.keys())
    assert set(number) == set(FLOORS)
    assert {way: hit[way] for way in FLOORS if hit[way] * 100 < FLOORS[way] * number[way]} == {}


def test_father_and_son_and_who_share_a_mailbox_of_the_office_are_left_alone(
    made: TruthSet, found: dict[tuple[int, int], int]
) -> None:
    number = Counter(made.others.values())
    asked = Counter(made.others[pair] for pair in made.others.keys() & found.keys())
    assert number["father_and_son"] >= 100
    assert asked["father_and_son"] <= 2
    assert number["behind_info"] >= 50
    assert asked["behind_info"] == 0
