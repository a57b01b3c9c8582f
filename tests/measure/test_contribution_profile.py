import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clusterwerk
from clusterwerk.measure.concentration import concentration
from clusterwerk.measure.contribution_profile import (
    ContributionProfile,
    Feasible,
    Infeasible,
    find_contributions,
    profile_of,
)

TABLE_8 = Path(clusterwerk.__path__[0]) / "reporting/data/flanders-2020/contributions.csv"


def table_8() -> dict[str, ContributionProfile]:
    with TABLE_8.open(encoding="utf-8", newline="") as file:
        return {row["cluster"]: printed(row) for row in csv.DictReader(file)}


def printed(row: dict[str, str]) -> ContributionProfile:
    return ContributionProfile(
        contributors=int(row["contributors"]),
        maximum=Decimal(row["contribution_max_eur"]),
        minimum=Decimal(row["contribution_min_eur"]),
        median=Decimal(row["contribution_median_eur"]),
        contributors_at_maximum=int(row["contributors_at_max"]),
        contributors_to_half=int(row["contributors_to_half"]),
    )


NETWORKS = table_8()
BIM = NETWORKS["bim"]
GOOD = ContributionProfile(5, Decimal(1000), Decimal(100), Decimal(300), 1, 2)


def amounts_for(profile: ContributionProfile, unit: str = "1") -> tuple[Decimal, ...]:
    answer = find_contributions(profile, unit=Decimal(unit))
    assert isinstance(answer, Feasible), answer
    return answer.contributions


def refusal_of(profile: ContributionProfile, unit: str = "1") -> Infeasible:
    answer = find_contributions(profile, unit=Decimal(unit))
    assert isinstance(answer, Infeasible), answer
    return answer


def test_table_8_holds_seventeen_networks() -> None:
    assert len(NETWORKS) == 17


@pytest.mark.parametrize("network", sorted(set(NETWORKS) - {"bim"}))
def test_a_published_network_gets_a_list_with_exactly_its_figures(network: str) -> None:
    wanted, amounts = NETWORKS[network], amounts_for(NETWORKS[network])
    found = concentration(amounts)
    assert found.contributors == wanted.contributors
    assert found.maximum == wanted.maximum
    assert found.minimum == wanted.minimum
    assert found.median == wanted.median
    assert found.contributors_at_maximum == wanted.contributors_at_maximum
    assert found.contributors_to_half == wanted.contributors_to_half


@pytest.mark.parametrize("network", sorted(set(NETWORKS) - {"bim"}))
def test_a_published_network_gets_amounts_as_people_set_them(network: str) -> None:
    assert {amount % 5 for amount in amounts_for(NETWORKS[network])} == {0}


def test_a_list_is_spread_over_its_range_not_over_two_amounts() -> None:
    assert len(set(amounts_for(NETWORKS["air-cargo-belgium"]))) == 59
    assert amounts_for(NETWORKS["digitising-manufacturing"])[:7] == tuple(
        Decimal(amount) for amount in (8000, 5000, 4000, 3500, 3250, 3000, 3000)
    )


def test_twenty_seven_of_fifty_five_equal_contributions_cannot_be_half() -> None:
    assert refusal_of(BIM) == Infeasible(
        "27 contributors cannot be the fewest who bring at least half: in the most concentrated "
        "list with the other figures, the 27 largest bring 78300 of 159500 euro, less than half. "
        "Only 28 is possible.",
        replace(BIM, contributors_to_half=28),
    )
    assert amounts_for(replace(BIM, contributors_to_half=28)) == (Decimal(2900),) * 55


def test_too_many_for_half_are_refused_with_the_list_that_comes_closest() -> None:
    refused = refusal_of(replace(GOOD, contributors_to_half=4))
    assert refused.reason == (
        "4 contributors cannot be the fewest who bring at least half: in the least concentrated "
        "list with the other figures, the 3 largest bring 1600 of 2000 euro, half or more. "
        "Possible: 1 to 2."
    )
    assert refused.nearest == GOOD


@pytest.mark.parametrize(("to_half", "nearest"), [(6, 2), (-1, 1)])
def test_a_number_outside_the_list_is_refused_with_the_nearest_inside(
    to_half: int, nearest: int
) -> None:
    refused = refusal_of(replace(GOOD, contributors_to_half=to_half))
    assert refused.reason == (
        f"{to_half} contributors cannot be the fewest who bring at least half: there are 5. "
        "Possible: 1 to 2."
    )
    assert refused.nearest == replace(GOOD, contributors_to_half=nearest)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"contributors": 0}, "There are 0 contributors: there must be at least one."),
        (
            {"contributors_at_maximum": 6},
            "6 of 5 contributors are said to pay the maximum: it must be from 1 to 5.",
        ),
        (
            {"contributors_at_maximum": 0},
            "0 of 5 contributors are said to pay the maximum: it must be from 1 to 5.",
        ),
        (
            {"minimum": Decimal(2000)},
            "The minimum, 2000 euro, is above the maximum, 1000 euro.",
        ),
        (
            {"contributors_at_maximum": 5},
            "All 5 contributors pay the maximum, 1000 euro, so the minimum cannot be 100 euro.",
        ),
        (
            {"minimum": Decimal(1000)},
            "Maximum and minimum are both 1000 euro, so all 5 contributors pay the maximum, not 1.",
        ),
        (
            {"minimum": Decimal(-1)},
            "The minimum is -1: give an amount in euro, zero or more.",
        ),
        (
            {"median": Decimal("NaN")},
            "The median is NaN: give an amount in euro, zero or more.",
        ),
        (
            {"median": Decimal(50)},
            (
                "The median is 50 euro, but with 1 of 5 contributors at 1000 euro and a minimum "
                "of 100 euro it lies from 100 to 999 euro."
            ),
        ),
        (
            {"contributors_at_maximum": 3},
            (
                "The median is 300 euro, but with 3 of 5 contributors at 1000 euro and a minimum "
                "of 100 euro it is 1000 euro."
            ),
        ),
        (
            {"contributors": 4, "contributors_at_maximum": 2},
            (
                "The median is 300 euro, but with 2 of 4 contributors at 1000 euro and a minimum "
                "of 100 euro it lies from 550 to 999.5 euro."
            ),
        ),
        (
            {"median": Decimal("300.5")},
            (
                "The median, 300.5 euro, is not a multiple of 1 euro, although it is the middle "
                "one of 5 amounts."
            ),
        ),
        (
            {"contributors": 6, "median": Decimal("300.25")},
            "The median, 300.25 euro, is not a multiple of 0.5 euro.",
        ),
        (
            {"maximum": Decimal("1000.10")},
            "The maximum, 1000.10 euro, is not a multiple of 1 euro.",
        ),
    ],
)
def test_figures_that_exclude_each_other_are_named(changes: dict[str, Any], reason: str) -> None:
    assert refusal_of(replace(GOOD, **changes)) == Infeasible(reason, None)


@pytest.mark.parametrize("unit", ["0", "-5", "NaN", "Infinity"])
def test_a_unit_that_is_no_positive_amount_is_refused(unit: str) -> None:
    with pytest.raises(ValueError, match="give a positive amount in euro"):
        find_contributions(GOOD, unit=Decimal(unit))


def test_an_empty_list_has_no_profile() -> None:
    with pytest.raises(ValueError, match="An empty list has no profile"):
        profile_of([])


def test_a_coarser_unit_can_exclude_what_whole_euros_allow() -> None:
    iot = NETWORKS["iot-for-society"]
    assert refusal_of(iot, unit="25").reason == (
        "The minimum, 135 euro, is not a multiple of 25 euro."
    )
    assert {amount % 5 for amount in amounts_for(iot, unit="5")} == {0}


def test_a_unit_of_a_cent_solves_amounts_with_cents() -> None:
    profile = ContributionProfile(4, Decimal("12.10"), Decimal("0.05"), Decimal("3.015"), 1, 1)
    assert profile_of(amounts_for(profile, unit="0.01")) == profile


def test_nobody_is_needed_when_nobody_pays() -> None:
    nothing = ContributionProfile(3, Decimal(0), Decimal(0), Decimal(0), 3, 0)
    assert amounts_for(nothing) == (Decimal(0),) * 3
    assert refusal_of(replace(nothing, contributors_to_half=1)).nearest == nothing


def test_the_same_question_has_the_same_answer() -> None:
    assert amounts_for(NETWORKS["euka"]) == amounts_for(replace(NETWORKS["euka"]))


def test_whole_euros_are_used_when_no_round_amounts_will_do() -> None:
    profile = ContributionProfile(39, Decimal(50), Decimal(0), Decimal(0), 9, 10)
    amounts = amounts_for(profile)
    assert profile_of(amounts) == profile
    assert any(amount % 5 for amount in amounts)


def test_few_amounts_for_many_people_need_one_change_at_a_time() -> None:
    coarse = ContributionProfile(9, Decimal(2), Decimal(0), Decimal(1), 1, 3)
    assert profile_of(amounts_for(coarse)) == coarse


def ranked_lists(people: int, highest: int) -> Iterator[Sequence[int]]:
    return combinations_with_replacement(range(highest, -1, -1), people)


def possible_to_half(people: int, highest: int) -> dict[ContributionProfile, set[int]]:
    """Every combination of the five other figures that occurs, with every fewest-to-half."""
    found: defaultdict[ContributionProfile, set[int]] = defaultdict(set)
    for ranked in ranked_lists(people, highest):
        profile = profile_of([Decimal(amount) for amount in ranked])
        found[replace(profile, contributors_to_half=0)].add(profile.contributors_to_half)
    return found


def all_profiles(people: int, highest: int) -> Iterator[ContributionProfile]:
    amounts = range(highest + 1)
    doubled_medians = range(2 * highest + 1)
    for maximum, minimum, doubled, at_maximum in product(
        amounts, amounts, doubled_medians, range(people + 2)
    ):
        yield ContributionProfile(
            people, Decimal(maximum), Decimal(minimum), Decimal(doubled) / 2, at_maximum, 0
        )


@pytest.mark.parametrize(
    ("people", "highest"),
    [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 5), (7, 4), (8, 3), (9, 2), (12, 2)],
)
def test_the_solver_agrees_with_trying_every_list(people: int, highest: int) -> None:
    possible = possible_to_half(people, highest)
    for others in all_profiles(people, highest):
        allowed = possible.get(others, set())
        for to_half in range(people + 2):
            check_against(allowed, replace(others, contributors_to_half=to_half))


def check_against(allowed: set[int], profile: ContributionProfile) -> None:
    answer = find_contributions(profile)
    if profile.contributors_to_half in allowed:
        assert isinstance(answer, Feasible), profile
        assert profile_of(answer.contributions) == profile
        return
    assert isinstance(answer, Infeasible), profile
    nearest = min(
        allowed, key=lambda count: abs(count - profile.contributors_to_half), default=None
    )
    if nearest is None:
        assert answer.nearest is None, profile
    else:
        assert answer.nearest == replace(profile, contributors_to_half=nearest)


few_tiers = st.lists(st.sampled_from([0, 1, 50, 135, 500, 501, 2_500, 20_000]), max_size=40)
any_amounts = st.lists(st.integers(0, 40_000), max_size=40)
skewed = st.lists(st.integers(0, 200).map(lambda root: root * root), max_size=40)


@settings(deadline=None, max_examples=150)
@given(
    units=(few_tiers | any_amounts | skewed).filter(bool),
    unit=st.sampled_from(["1", "5", "25", "0.01", "4"]),
)
def test_the_profile_of_any_list_is_found_again(units: list[int], unit: str) -> None:
    amounts = [Decimal(unit) * amount for amount in units]
    profile = profile_of(amounts)
    found = amounts_for(profile, unit)
    assert profile_of(found) == profile
    assert list(found) == sorted(found, reverse=True)
    assert {amount % Decimal(unit) for amount in found} == {0}


@settings(deadline=None, max_examples=60)
@given(units=(few_tiers | any_amounts | skewed).filter(bool))
def test_what_can_be_is_one_unbroken_interval_and_each_of_it_is_found(units: list[int]) -> None:
    known = profile_of([Decimal(amount) for amount in units])
    solved = []
    for to_half in range(known.contributors + 1):
        profile = replace(known, contributors_to_half=to_half)
        answer = find_contributions(profile)
        if isinstance(answer, Feasible):
            assert profile_of(answer.contributions) == profile
            solved.append(to_half)
        else:
            assert answer.nearest is not None
    assert known.contributors_to_half in solved
    assert solved == list(range(solved[0], solved[-1] + 1))
