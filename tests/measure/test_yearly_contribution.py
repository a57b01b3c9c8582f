"""What the rule of a category asks of an organisation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.yearly_contribution import (
    ContributionError,
    Difference,
    Gap,
    Payer,
    Proposal,
    Rule,
    proposed,
)

BY_SIZE = Rule(
    Difference.HEADCOUNT_CLASS,
    {"micro": Decimal(500), "small": Decimal(1500), "": Decimal(4000)},
    first_year_percent=Decimal(50),
)


def test_a_fixed_amount_asks_nothing_of_the_organisation() -> None:
    rule = Rule(Difference.FIXED, {"": Decimal(1000)})
    assert proposed(rule, Payer("enterprise")).amount == 1000


def test_the_size_decides_and_the_first_year_is_reduced() -> None:
    found = proposed(BY_SIZE, Payer("enterprise", headcount=20, is_first_year=True))
    assert found == Proposal("small", Decimal(1500), Decimal(50), Decimal("750.00"))


def test_a_size_without_its_own_amount_takes_that_of_everybody_else() -> None:
    found = proposed(BY_SIZE, Payer("enterprise", headcount=300))
    assert (found.key, found.amount) == ("large", Decimal(4000))


def test_an_unknown_headcount_gives_no_amount_and_says_so() -> None:
    found = proposed(BY_SIZE, Payer("enterprise"))
    assert (found.amount, found.gap) == (None, Gap.HEADCOUNT)


def test_the_evaluations_size_has_one_cut_at_fifty() -> None:
    rates = {"small": Decimal(1), "medium_or_large": Decimal(2)}
    rule = Rule(Difference.EVALUATION_SIZE, rates)
    found = [proposed(rule, Payer("enterprise", headcount=number)).amount for number in (49, 50)]
    assert found == [1, 2]


def test_a_kind_that_the_rule_does_not_name_gives_no_amount() -> None:
    rule = Rule(Difference.ORGANISATION_KIND, {"enterprise": Decimal(1000)})
    assert proposed(rule, Payer("enterprise")).amount == 1000
    assert proposed(rule, Payer("federation")).gap == Gap.RATE


def test_half_a_cent_is_rounded_up() -> None:
    rule = Rule(Difference.FIXED, {"": Decimal("0.01")}, first_year_percent=Decimal(50))
    assert proposed(rule, Payer("enterprise", is_first_year=True)).amount == Decimal("0.01")


def test_negative_amounts_and_impossible_percentages_are_refused() -> None:
    with pytest.raises(ContributionError, match="everybody is -1"):
        Rule(Difference.FIXED, {"": Decimal(-1)})
    with pytest.raises(ContributionError, match="101 percent"):
        Rule(Difference.FIXED, {}, first_year_percent=Decimal(101))


@given(st.decimals(0, 100000, places=2), st.decimals(0, 100, places=2), st.integers(0, 1000))
def test_the_first_year_is_never_dearer_and_within_half_a_cent(
    full: Decimal, percent: Decimal, headcount: int
) -> None:
    rule = Rule(Difference.HEADCOUNT_CLASS, {"": full}, first_year_percent=percent)
    first = proposed(rule, Payer("x", headcount=headcount, is_first_year=True)).amount
    later = proposed(rule, Payer("x", headcount=headcount)).amount
    assert first is not None
    assert later == full
    assert first <= full
    assert abs(first - full * percent / 100) <= Decimal("0.005")
