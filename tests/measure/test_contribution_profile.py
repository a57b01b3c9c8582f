import csv
from collections import Counter, defaultdict
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


def wished(profile: ContributionProfile, total: Decimal, unit: str = "1") -> Feasible:
    answer = find_contributions(profile, unit=Decimal(unit), total=total)
    assert isinstance(answer, Feasible), answer
    assert profile_of(answer.contributions) == profile
    assert answer.total == sum(answer.contributions)
    return answer


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
    assert len(set(amounts_for(NETWORKS["air-cargo-belgium"]))) == 40
    assert Counter(map(int, amounts_for(NETWORKS["digitising-manufacturing"]))) == {
        8000: 1, 4000: 1, 3500: 2, 3200: 5, 3000: 10
    }  # fmt: skip


def test_a_list_with_a_wished_total_reads_as_a_list_of_fees() -> None:
    offshore = wished(NETWORKS["offshore-energy"], Decimal(100_000))
    assert offshore.total == 100_000
    assert Counter(map(int, offshore.contributions)) == {
        12000: 3, 9000: 1, 7000: 1, 5000: 1, 4500: 1, 4000: 1, 3500: 1, 3000: 1, 2500: 1,
        2250: 1, 2000: 2, 1750: 1, 1500: 2, 1250: 2, 1200: 1, 1000: 1, 900: 1, 800: 1,
        700: 2, 600: 3, 500: 3, 450: 4, 400: 4,
    }  # fmt: skip


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


@pytest.mark.parametrize("total", ["-0.01", "NaN", "Infinity"])
def test_a_total_that_is_no_amount_is_refused(total: str) -> None:
    with pytest.raises(ValueError, match="give an amount in euro, zero or more"):
        find_contributions(GOOD, total=Decimal(total))


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


@pytest.mark.parametrize(
    ("wish", "total"),
    [("0", 2001), ("2000", 2001), ("2345", 2345), ("2345.5", 2345), ("3000", 2699)],
)
def test_a_total_is_met_or_the_nearest_possible_one_is_used(wish: str, total: int) -> None:
    assert wished(GOOD, Decimal(wish)).total == total


@pytest.mark.parametrize(("wish", "total"), [("2001", 2005), ("2346", 2345), ("2699", 2695)])
def test_a_total_is_a_multiple_of_the_unit(wish: str, total: int) -> None:
    assert wished(GOOD, Decimal(wish), "5").total == total


def test_a_total_in_a_gap_gives_the_smaller_of_the_two_beside_it() -> None:
    """3, 1, 1, 1, 1, 1, 1 is 9; 3, 2, 2, 1, 1, 1, 1 is 11; for 10, two would bring half."""
    gap = ContributionProfile(7, Decimal(3), Decimal(1), Decimal(1), 1, 3)
    totals = {wish: int(wished(gap, Decimal(wish)).total) for wish in ("9", "10", "10.5", "11")}
    assert totals == {"9": 9, "10": 9, "10.5": 11, "11": 11}


def test_a_total_changes_nothing_about_a_refusal() -> None:
    assert find_contributions(BIM, total=Decimal(150_000)) == refusal_of(BIM)


def test_nobody_brings_a_total_when_nobody_pays() -> None:
    nothing = ContributionProfile(3, Decimal(0), Decimal(0), Decimal(0), 3, 0)
    assert wished(nothing, Decimal(500)).contributions == (Decimal(0),) * 3


def possible_totals(people: int, highest: int) -> dict[ContributionProfile, dict[int, int]]:
    """Every total of each profile, with the largest number of different amounts that gives it."""
    found: defaultdict[ContributionProfile, dict[int, int]] = defaultdict(dict)
    for ranked in ranked_lists(people, highest):
        totals = found[profile_of([Decimal(amount) for amount in ranked])]
        totals[sum(ranked)] = max(len(set(ranked)), totals.get(sum(ranked), 0))
    return found


@pytest.mark.parametrize(
    ("people", "highest"),
    [(1, 5), (2, 5), (3, 4), (4, 4), (5, 4), (6, 3), (7, 3), (8, 3), (9, 2), (12, 2)],
)
def test_the_total_is_the_nearest_of_all_lists(people: int, highest: int) -> None:
    for profile, totals in possible_totals(people, highest).items():
        for halves in range(2 * people * highest + 4):
            wish = Decimal(halves) / 2
            nearest = min(totals, key=lambda total: (abs(total - wish), total))
            answer = wished(profile, wish)
            assert answer.total == nearest, (profile, wish)
            assert len(set(answer.contributions)) >= min(totals[nearest], 3), (profile, wish)


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


@settings(deadline=None, max_examples=150)
@given(
    units=(few_tiers | any_amounts | skewed).filter(bool),
    unit=st.sampled_from(["1", "5", "0.01"]),
    wish=st.decimals(0, 1_000_000, places=2),
)
def test_any_wish_keeps_the_figures_and_a_known_total_is_reached(
    units: list[int], unit: str, wish: Decimal
) -> None:
    amounts = [Decimal(unit) * amount for amount in units]
    profile = profile_of(amounts)
    assert wished(profile, sum(amounts, Decimal(0)), unit).total == sum(amounts)
    found = wished(profile, wish, unit)
    assert abs(found.total - wish) <= abs(sum(amounts) - wish)
    assert list(found.contributions) == sorted(found.contributions, reverse=True)
    assert {amount % Decimal(unit) for amount in found.contributions} == {0}
    assert wished(profile, found.total, unit).total == found.total
