"""Headcount classes."""

import pytest

from clusterwerk.measure.headcount import (
    HeadcountClass,
    HeadcountError,
    headcount_class,
    headcounts_of,
)


@pytest.mark.parametrize("number", [0, 9, 10, 49, 50, 249, 250, 100_000])
def test_every_number_lies_in_the_numbers_of_its_class(number: int) -> None:
    numbers = headcounts_of(headcount_class(number))
    assert number in numbers if numbers is not None else number >= 250


def test_classes_follow_each_other_without_gap() -> None:
    ranges = [headcounts_of(size) for size in HeadcountClass]
    assert ranges == [range(10), range(10, 50), range(50, 250), None]


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(HeadcountError, match="-1"):
        headcount_class(-1)
