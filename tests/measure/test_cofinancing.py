"""What members must bring beside a subsidy."""

from decimal import Decimal

import pytest

from clusterwerk.measure.cofinancing import CofinancingError, yearly_requirement


@pytest.mark.parametrize(
    ("subsidy", "rate", "months", "euro"),
    [
        (450000, 50, 36, "150000.00"),
        (449969, 50, 36, "149989.67"),
        (300000, 75, 36, "33333.34"),
        (100000, 100, 12, "0.00"),
        (0, 50, 36, "0.00"),
        (50000, 50, 6, "100000.00"),
    ],
)
def test_others_bring_the_rest_of_the_cost_each_year(
    subsidy: int, rate: int, months: int, euro: str
) -> None:
    assert yearly_requirement(Decimal(subsidy), Decimal(rate), months) == Decimal(euro)


@pytest.mark.parametrize(
    ("subsidy", "rate", "months", "words"),
    [
        (-1, 50, 36, "subsidy is -1"),
        (1, 0, 36, "rate is 0"),
        (1, 101, 36, "101"),
        (1, 50, 0, "0 m"),
    ],
)
def test_a_value_out_of_its_range_is_named(
    subsidy: int, rate: int, months: int, words: str
) -> None:
    with pytest.raises(CofinancingError, match=words):
        yearly_requirement(Decimal(subsidy), Decimal(rate), months)
