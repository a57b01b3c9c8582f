from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from math import ceil
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterwerk.measure.concentration import (
    HALF,
    Concentration,
    ContributionError,
    LorenzPoint,
    Remainder,
    concentration,
    fewest_to_share,
    gini,
    herfindahl,
    lorenz,
    remaining_after,
)

cents = st.decimals(min_value=0, max_value=50_000, places=2)
coarse = st.sampled_from([Decimal(0), Decimal(250), Decimal(500), Decimal(1000)])
amount_lists = st.lists(cents, max_size=25) | st.lists(coarse, max_size=25)
paying_lists = amount_lists.filter(any)
shares = st.fractions(min_value=0, max_value=1, max_denominator=60)


def euros(*amounts: int) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


def test_thirty_one_equal_contributions_need_sixteen_for_half() -> None:
    found = concentration(euros(5000) * 31)
    assert found.contributors_to_half == 16
    assert found.contributors_at_maximum == 31
    assert found.total == 155_000
    assert found.gini == 0
    assert found.herfindahl == Fraction(1, 31)


def test_fifty_five_equal_contributions_need_twenty_eight_not_the_printed_twenty_seven() -> None:
    fees = euros(2900) * 55
    assert concentration(fees).contributors_to_half == 28
    assert sum(fees[:27]) == 78_300
    assert sum(fees) / 2 == 79_750


def test_a_mixed_list_gives_every_figure_exactly() -> None:
    assert concentration(euros(250, 1000, 500, 250)) == Concentration(
        contributors=4,
        total=Decimal(2000),
        maximum=Decimal(1000),
        minimum=Decimal(250),
        median=Decimal(375),
        contributors_at_maximum=1,
        contributors_to_half=1,
        gini=Fraction(5, 16),
        herfindahl=Fraction(11, 32),
        lorenz=(
            LorenzPoint(0, Fraction(0), Fraction(0)),
            LorenzPoint(1, Fraction(1, 4), Fraction(1, 2)),
            LorenzPoint(2, Fraction(1, 2), Fraction(3, 4)),
            LorenzPoint(3, Fraction(3, 4), Fraction(7, 8)),
            LorenzPoint(4, Fraction(1), Fraction(1)),
        ),
    )


def test_an_empty_list_has_no_contributors_and_no_figures() -> None:
    assert concentration([]) == Concentration(
        contributors=0,
        total=Decimal(0),
        maximum=None,
        minimum=None,
        median=None,
        contributors_at_maximum=0,
        contributors_to_half=0,
        gini=None,
        herfindahl=None,
        lorenz=(),
    )


def test_nobody_is_needed_for_half_of_nothing() -> None:
    assert concentration(euros(0, 0, 0)) == Concentration(
        contributors=3,
        total=Decimal(0),
        maximum=Decimal(0),
        minimum=Decimal(0),
        median=Decimal(0),
        contributors_at_maximum=3,
        contributors_to_half=0,
        gini=None,
        herfindahl=None,
        lorenz=(),
    )


def test_a_single_contributor_brings_everything_without_inequality() -> None:
    found = concentration(euros(750))
    assert found.contributors_to_half == 1
    assert found.gini == 0
    assert found.herfindahl == 1
    assert found.lorenz == (
        LorenzPoint(0, Fraction(0), Fraction(0)),
        LorenzPoint(1, Fraction(1), Fraction(1)),
    )


def test_contributors_who_pay_nothing_count_as_contributors() -> None:
    found = concentration(euros(100, 0, 0, 0))
    assert found.contributors == 4
    assert found.minimum == found.median == Decimal(0)
    assert found.gini == Fraction(3, 4)


def test_exactly_the_share_is_enough_and_a_cent_less_is_not() -> None:
    assert fewest_to_share(euros(500, 300, 200), HALF) == 1
    assert fewest_to_share([Decimal("499.99"), Decimal("300.01"), Decimal(200)], HALF) == 2


def test_a_third_is_compared_without_rounding() -> None:
    thirds = [Decimal("0.1")] * 3
    assert fewest_to_share(thirds, Fraction(1, 3)) == 1
    assert fewest_to_share(thirds, Fraction(2, 3)) == 2
    assert fewest_to_share(thirds, Fraction(334, 1000)) == 2


def test_no_share_needs_nobody_and_the_whole_needs_all_who_pay() -> None:
    assert fewest_to_share(euros(3, 2, 1, 0), Decimal(0)) == 0
    assert fewest_to_share(euros(3, 2, 1, 0), Decimal(1)) == 3


@pytest.mark.parametrize("leaving", [0, 1, 2, 3])
def test_what_remains_loses_the_largest_first(leaving: int) -> None:
    left = {0: 1000, 1: 500, 2: 200, 3: 0}[leaving]
    expected = Remainder(leaving, Decimal(left), Fraction(left, 1000))
    assert remaining_after(euros(200, 500, 300), leaving) == expected


def test_what_remains_of_nothing_has_no_share() -> None:
    assert remaining_after(euros(0, 0), 1) == Remainder(1, Decimal(0), None)
    assert remaining_after([], 0) == Remainder(0, Decimal(0), None)


@pytest.mark.parametrize("leaving", [-1, 3])
def test_more_leavers_than_contributors_are_refused(leaving: int) -> None:
    with pytest.raises(ContributionError, match=r"there are 2\. Give a number from 0 to 2"):
        remaining_after(euros(1, 2), leaving)


@pytest.mark.parametrize("measure", [concentration, gini, herfindahl, lorenz])
def test_a_negative_amount_is_refused_with_its_place(measure: Any) -> None:
    with pytest.raises(ContributionError, match="Contribution 2 is -5 euro"):
        measure(euros(10, -5))


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 0.5, 7])
def test_an_amount_that_is_no_finite_decimal_is_refused(amount: Any) -> None:
    with pytest.raises(ContributionError, match="Contribution 1 is"):
        concentration([amount])


@pytest.mark.parametrize("share", [0.5, Decimal("NaN"), Decimal("1.01"), Fraction(-1, 2)])
def test_a_share_that_is_inexact_or_out_of_range_is_refused(share: Any) -> None:
    with pytest.raises(ContributionError, match="The share is"):
        fewest_to_share(euros(1, 2), share)


@given(amounts=amount_lists, data=st.data())
def test_the_order_of_the_list_does_not_matter(amounts: list[Decimal], data: st.DataObject) -> None:
    assert concentration(data.draw(st.permutations(amounts))) == concentration(amounts)


@given(amounts=amount_lists, factor=st.integers(1, 1000))
def test_shares_and_indices_do_not_depend_on_the_unit(amounts: list[Decimal], factor: int) -> None:
    before = concentration(amounts)
    after = concentration([amount * factor for amount in amounts])
    assert after.total == before.total * factor
    assert (after.gini, after.herfindahl, after.lorenz, after.contributors_to_half) == (
        before.gini,
        before.herfindahl,
        before.lorenz,
        before.contributors_to_half,
    )


@given(amounts=paying_lists)
def test_indices_stay_within_their_limits(amounts: list[Decimal]) -> None:
    people, unequal, squares = len(amounts), gini(amounts), herfindahl(amounts)
    assert unequal is not None
    assert squares is not None
    assert 0 <= unequal <= 1 - Fraction(1, people) < 1
    assert Fraction(1, people) <= squares <= 1


@given(amounts=paying_lists)
def test_gini_is_half_the_relative_mean_difference_of_all_pairs(amounts: list[Decimal]) -> None:
    exact = [Fraction(amount) for amount in amounts]
    differences = sum(abs(one - other) for one, other in product(exact, exact))
    assert gini(amounts) == differences / (2 * len(exact) * sum(exact))


@given(amounts=paying_lists)
def test_gini_is_twice_the_area_between_curve_and_diagonal(amounts: list[Decimal]) -> None:
    curve = lorenz(amounts)
    doubled_area = sum(
        (right.share_of_contributors - left.share_of_contributors)
        * (right.share_of_total + left.share_of_total)
        for left, right in pairwise(curve)
    )
    assert gini(amounts) == doubled_area - 1


@given(amounts=paying_lists)
def test_the_lorenz_curve_rises_ever_slower_from_nothing_to_all(amounts: list[Decimal]) -> None:
    curve = lorenz(amounts)
    heights = [point.share_of_total for point in curve]
    steps = [after - before for before, after in pairwise(heights)]
    assert curve[0] == LorenzPoint(0, Fraction(0), Fraction(0))
    assert curve[-1] == LorenzPoint(len(amounts), Fraction(1), Fraction(1))
    assert steps == sorted(steps, reverse=True)
    assert all(point.share_of_total >= point.share_of_contributors for point in curve)


@given(amounts=amount_lists, share=shares)
def test_the_fewest_reach_the_share_and_one_fewer_does_not(
    amounts: list[Decimal], share: Fraction
) -> None:
    ranked = [Fraction(amount) for amount in sorted(amounts, reverse=True)]
    wanted, count = share * sum(ranked), fewest_to_share(amounts, share)
    assert sum(ranked[:count]) >= wanted
    assert count == 0 or sum(ranked[: count - 1]) < wanted


@given(amounts=amount_lists, one=shares, other=shares)
def test_a_larger_share_never_needs_fewer(
    amounts: list[Decimal], one: Fraction, other: Fraction
) -> None:
    smaller, larger = sorted([one, other])
    assert fewest_to_share(amounts, smaller) <= fewest_to_share(amounts, larger)


@given(amounts=amount_lists, share=shares)
def test_never_more_are_needed_than_among_equals(amounts: list[Decimal], share: Fraction) -> None:
    assert fewest_to_share(amounts, share) <= ceil(share * len(amounts))


@given(amount=cents, people=st.integers(1, 80), share=shares)
def test_equals_need_their_own_share_of_the_contributors(
    amount: Decimal, people: int, share: Fraction
) -> None:
    assume(amount > 0)
    assert fewest_to_share([amount] * people, share) == ceil(share * people)
    assert concentration([amount] * people).contributors_to_half == (people + 1) // 2


@given(amounts=paying_lists, data=st.data())
def test_what_stays_and_what_leaves_make_the_whole(
    amounts: list[Decimal], data: st.DataObject
) -> None:
    leaving = data.draw(st.integers(0, len(amounts)))
    share = remaining_after(amounts, leaving).share
    assert share is not None
    assert share + lorenz(amounts)[leaving].share_of_total == 1
