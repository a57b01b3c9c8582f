"""Whom a network reaches: each organisation once, the unknown always counted."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.reach import Flow, Spread, Tally, flows, reach

DAY = date(2020, 1, 31)
Numbers = dict[int | None, int]
MEMBERS = Tally(
    total=5,
    headcounts={9: 1, 49: 1, 250: 1, 0: 1, None: 1},
    ages={3: 1, 11: 1, 120: 1, None: 2},
    provinces={"Limburg": 1, "Antwerpen": 2, "": 2},
    municipalities={"Lier": 1, "Boom": 1, "Genk": 1, "Brussel": 1, "": 1},
    memberships={3: 1, 1: 3, 2: 1},
)
NOBODY_KNOWS = Tally(1, {None: 1}, {None: 1}, {"": 1}, {"": 1}, {1: 1})


def test_members_are_counted_by_size_age_place_and_memberships() -> None:
    found = reach(MEMBERS, DAY)
    assert found.total == 5
    assert found.sizes == Spread((("micro", 2), ("small", 1), ("medium", 0), ("large", 1)), 1)
    assert found.evaluation_sizes == Spread((("small", 3), ("medium_or_large", 1)), 1)
    assert found.ages == Spread(
        (("0-4", 1), ("5-10", 0), ("11-20", 1), ("21-50", 0), ("51+", 1)), 2
    )
    assert found.mean_age == Fraction(3 + 11 + 120, 3)
    assert found.provinces == Spread((("Antwerpen", 2), ("Limburg", 1)), 2)
    assert [name for name, _number in found.municipalities.groups] == [
        "Boom", "Brussel", "Genk", "Lier",
    ]  # fmt: skip
    assert found.memberships == Spread((("1", 3), ("2", 1), ("3", 1)))


def test_a_share_leaves_the_unknown_out_and_is_unknown_when_all_are() -> None:
    found = reach(MEMBERS, DAY)
    assert found.sizes.share("micro", "small") == Fraction(3, 4)
    nothing = reach(NOBODY_KNOWS, DAY)
    assert (nothing.sizes.share("micro"), nothing.mean_age) == (None, None)


def test_a_tally_of_which_a_part_counts_somebody_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        reach(replace(NOBODY_KNOWS, provinces={"Limburg": 1, "": 1}), DAY)


def test_who_joined_and_left_is_seen_from_day_to_day() -> None:
    days = [date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1)]
    assert flows({(0, 3): 1, (0, 1): 1, (2, 3): 1}, days) == [
        Flow(days[0], days[1], joined=0, left=1),
        Flow(days[1], days[2], joined=1, left=0),
    ]


NUMBERS = st.dictionaries(st.none() | st.integers(0, 5000), st.integers(1, 9), max_size=9)


@given(NUMBERS, NUMBERS)
def test_every_spread_counts_everybody(headcounts: Numbers, ages: Numbers) -> None:
    more = sum(ages.values()) - sum(headcounts.values())
    headcounts[None] = headcounts.get(None, 0) + max(more, 0)
    ages[None] = ages.get(None, 0) + max(-more, 0)
    total = sum(ages.values())
    found = reach(Tally(total, headcounts, ages, {"": total}, {"": total}, {1: total}), DAY)
    assert {spread.total for spread in (found.sizes, found.evaluation_sizes, found.ages)} == {total}
