"""The few shapes that pages draw: exact coordinates for known figures."""

from decimal import Decimal
from fractions import Fraction

from clusterwerk.measure.concentration import lorenz
from clusterwerk.reporting.views.shapes import curve, hull_scale, round_ticks

HALF = Fraction(1, 2)


def test_the_curve_of_one_point_goes_through_the_point_and_the_corners() -> None:
    drawn = curve([(Fraction(4, 100), HALF)], 100, 50)
    assert drawn.line == "M0 50L4 25L100 0"
    assert drawn.area == "M0 50L4 25L100 0Z"
    assert drawn.even == "M0 50L100 0"
    assert drawn.dots == (("4", "25"),)


def test_coordinates_have_at_most_one_decimal() -> None:
    assert curve([(Fraction(1, 3), HALF)], 100, 50).dots == (("33.3", "25"),)


def test_a_lorenz_curve_draws_every_contributor() -> None:
    points = lorenz([Decimal(3), Decimal(1)])[1:-1]
    shares = [(point.share_of_contributors, point.share_of_total) for point in points]
    assert curve(shares, 100, 100).line == "M0 100L50 25L100 0"


def test_a_curve_without_points_is_the_diagonal() -> None:
    assert curve([], 10, 10).line == "M0 10L10 0"


def test_ticks_are_round_and_reach_around_the_values() -> None:
    assert [str(tick) for tick in round_ticks(Decimal("53.0"), Decimal("62.6"))] == [
        "52", "54", "56", "58", "60", "62", "64",
    ]  # fmt: skip
    assert [str(tick) for tick in round_ticks(Decimal("0.94"), Decimal("1.27"))] == [
        "0.9", "1.0", "1.1", "1.2", "1.3",
    ]  # fmt: skip


def test_ticks_around_one_value_stand_on_both_sides_of_it() -> None:
    assert [str(tick) for tick in round_ticks(Decimal(5), Decimal(5))] == ["4", "5", "6"]


def test_the_band_spans_the_group_means_and_the_whole_stands_outside_it() -> None:
    scale = hull_scale(
        [("first call", Decimal("60.8")), ("second call", Decimal("53.0"))],
        ("all", Decimal("62.6")),
        width=400,
    )
    assert [(mark.name, mark.value, mark.x) for mark in scale.groups] == [
        ("second call", Decimal("53.0"), "50"),
        ("first call", Decimal("60.8"), "284"),
    ]
    assert (scale.low, scale.high, scale.band) == ("50", "284", "234")
    assert (scale.whole.x, scale.whole.value) == ("338", Decimal("62.6"))
    assert (scale.ticks[0].x, scale.ticks[-1].x) == ("20", "380")


def test_texts_that_would_touch_stand_in_rows_of_their_own() -> None:
    near = hull_scale([("a", Decimal(1)), ("b", Decimal(2))], ("all", Decimal(3)))
    assert [mark.row for mark in near.groups] == [0, 1]
    assert near.whole.row == 0
    touching = hull_scale([("a", Decimal(1)), ("b", Decimal(9))], ("all", Decimal("9.5")))
    assert touching.whole.row == 2
