"""Whom a network reaches: each organisation once, the unknown always counted."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.reach import Flow, Reached, Spread, flows, reach

DAY = date(2020, 1, 31)
MEMBERS = [
    Reached(1, 9, date(2016, 2, 1), "Antwerpen", "Boom", 1),
    Reached(2, 49, date(2009, 1, 31), "Antwerpen", "Lier", 2),
    Reached(3, 250, date(1900, 1, 1), "Limburg", "Genk", 1),
    Reached(4, None, None, "", "", 1),
    Reached(5, 0, date(2020, 2, 1), "", "Brussel", 3),
]


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
    assert found.memberships == Spread((("1", 3), ("2", 1), ("3", 1)))


def test_a_share_leaves_the_unknown_out_and_is_unknown_when_all_are() -> None:
    found = reach(MEMBERS, DAY)
    assert found.sizes.share("micro", "small") == Fraction(3, 4)
    assert reach([Reached(1)], DAY).sizes.share("micro") is None


def test_an_organisation_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        reach([Reached(1), Reached(1)], DAY)


def test_who_joined_and_left_is_seen_from_day_to_day() -> None:
    periods = [
        (1, date(2018, 1, 1), None),
        (2, date(2018, 1, 1), date(2018, 7, 1)),
        (3, date(2018, 3, 1), date(2018, 9, 1)),
        (2, date(2019, 2, 1), None),
    ]
    days = [date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1)]
    assert flows(periods, days) == [
        Flow(days[0], days[1], joined=0, left=1),
        Flow(days[1], days[2], joined=1, left=0),
    ]


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 5000),
            st.none() | st.dates(),
            st.sampled_from(["", "Limburg"]),
        )
    )
)
def test_every_spread_counts_everybody(facts: list[tuple[int | None, date | None, str]]) -> None:
    found = reach((Reached(n, *fact) for n, fact in enumerate(facts)), DAY)
    spreads = (found.sizes, found.evaluation_sizes, found.ages, found.provinces, found.memberships)
    assert {spread.total for spread in spreads} == {len(facts)}
