"""Hours of a team beside what its service offer promises."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.capacity import (
    CapacityError,
    KindOfWork,
    Promise,
    members_per_post,
    overhead_share,
    promised_hours,
    reach,
)

HOURS = st.decimals(min_value=0, max_value=10_000, places=2)
EVENTS, MATCHMAKING = KindOfWork.EVENTS, KindOfWork.MATCHMAKING
ADMINISTRATION = KindOfWork.ADMINISTRATION


def test_two_people_with_a_third_of_overhead_have_two_thirds_of_their_year() -> None:
    found = reach(Decimal(2), Fraction(1, 3), {EVENTS: Decimal(2000), MATCHMAKING: Decimal(400)})
    assert found.available == Decimal("2293.33")
    assert found.promised == Decimal(2400)
    assert found.missing == Decimal("106.67")
    assert found.is_too_much


def test_an_offer_that_exactly_fits_is_not_too_much() -> None:
    found = reach(Decimal(1), Fraction(1, 2), {EVENTS: Decimal(860)})
    assert found.load == 1
    assert not found.is_too_much


def test_without_hours_written_down_nothing_is_taken_off() -> None:
    assert overhead_share({}) is None
    assert reach(Decimal("0.5"), None, {}).available == Decimal(860)


def test_without_a_post_there_is_no_load_and_all_is_missing() -> None:
    found = reach(Decimal(0), None, {EVENTS: Decimal(10)})
    assert found.load is None
    assert found.missing == Decimal(10)
    assert members_per_post(12, Decimal(0)) is None


def test_promised_administration_is_overhead_and_not_promised_twice() -> None:
    assert reach(Decimal(1), Fraction(0), {ADMINISTRATION: Decimal(500)}).promised == 0


def test_promises_of_one_kind_are_added_over_categories() -> None:
    promises = [Promise(EVENTS, Decimal(2), 10), Promise(EVENTS, Decimal("0.5"), 30)]
    assert promised_hours(promises) == {EVENTS: Decimal(35)}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: overhead_share({EVENTS: Decimal(-1)}),
        lambda: members_per_post(-1, Decimal(1)),
        lambda: members_per_post(1, Decimal(-1)),
        lambda: promised_hours([Promise(EVENTS, Decimal(-1), 1)]),
        lambda: reach(Decimal(1), Fraction(3, 2), {}),
    ],
)
def test_what_cannot_be_is_refused(wrong: "object") -> None:
    assert callable(wrong)
    with pytest.raises(CapacityError):
        wrong()


@given(st.dictionaries(st.sampled_from(list(KindOfWork)), HOURS, min_size=1))
def test_a_share_of_overhead_is_between_nothing_and_everything(
    hours: dict[KindOfWork, Decimal],
) -> None:
    share = overhead_share(hours)
    assert share is None if not sum(hours.values()) else 0 <= share <= 1  # type: ignore[operator] # a share when hours are


@given(HOURS, HOURS)
def test_more_promised_is_never_less_load(one: Decimal, more: Decimal) -> None:
    light = reach(Decimal(1), None, {EVENTS: one})
    heavy = reach(Decimal(1), None, {EVENTS: one + more})
    assert light.load is not None
    assert heavy.load is not None
    assert heavy.load >= light.load
    assert heavy.missing >= light.missing
