"""Where a figure stands on its way to a target."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.trajectory import Standing, TrajectoryError, expected_after, standing

TARGET = Decimal(150)


@pytest.mark.parametrize(
    ("passed", "expected"),
    [(-3, 0), (0, 0), (12, 50), (29, Fraction(725, 6)), (36, 150), (40, 150)],
)
def test_the_expected_value_grows_evenly_and_stops_at_the_target(
    passed: int, expected: Fraction
) -> None:
    assert expected_after(TARGET, passed, 36) == expected


@pytest.mark.parametrize(
    ("value", "passed", "word"),
    [
        ("150", 1, Standing.REACHED),
        ("42.5", 12, Standing.ON_PATH),
        ("42.4", 12, Standing.BEHIND),
        ("57.5", 12, Standing.ON_PATH),
        ("57.6", 12, Standing.AHEAD),
        ("149.99", 35, Standing.ON_PATH),
        ("149.99", 36, Standing.MISSED),
        ("0", 0, Standing.ON_PATH),
    ],
)
def test_the_word_follows_from_the_distance_to_the_line(
    value: str, passed: int, word: Standing
) -> None:
    assert standing(Decimal(value), TARGET, passed, 36) == word


def test_without_figure_or_target_nothing_is_said() -> None:
    assert standing(None, TARGET, 12, 36) == Standing.UNKNOWN
    assert standing(Decimal(1), None, 12, 36) == Standing.UNKNOWN


def test_a_target_of_zero_is_reached_by_nothing() -> None:
    assert standing(Decimal(0), Decimal(0), 0, 36) == Standing.REACHED


@pytest.mark.parametrize(("target", "months"), [(Decimal(-1), 36), (TARGET, 0)])
def test_a_path_that_cannot_be_is_refused_with_the_value(target: Decimal, months: int) -> None:
    with pytest.raises(TrajectoryError, match=r"-1|0 months"):
        expected_after(target, 1, months)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 60))
def test_more_is_never_worse(value: int, target: int, passed: int) -> None:
    rank = [
        Standing.MISSED,
        Standing.BEHIND,
        Standing.ON_PATH,
        Standing.AHEAD,
        Standing.REACHED,
    ]
    words = [standing(Decimal(each), Decimal(target), passed, 36) for each in (value, value + 1)]
    assert rank.index(words[0]) <= rank.index(words[1])
