"""Where the parts of the small drawings fall."""

from decimal import Decimal
from fractions import Fraction

from clusterwerk.platform.ui.charts import Box, Spot, curve_chart, trace_chart

BOX = Box(width=120, height=60, left=10, right=10, top=5, bottom=15)  # 100 by 40


def test_shares_fall_inside_the_margins_and_up_is_up() -> None:
    assert BOX.spot(0, 0) == Spot("10.0", "45.0")
    assert BOX.spot(1, 1) == Spot("110.0", "5.0")
    assert BOX.spot(Fraction(1, 3), 0.5) == Spot("43.3", "25.0")


def test_shares_beyond_the_area_stay_on_its_edge() -> None:
    assert BOX.spot(-1, 2) == Spot("10.0", "5.0")


def test_a_trace_below_its_target_is_scaled_by_the_target() -> None:
    chart = trace_chart([(0, 0), (0.5, 20)], Decimal(40), ticks=[(0, "a"), (1, "b")], box=BOX)
    assert chart.line == "10.0,45.0 60.0,25.0"
    assert (chart.dots, chart.now) == ((Spot("10.0", "45.0"),), Spot("60.0", "25.0"))
    assert chart.aim == (Spot("10.0", "45.0"), Spot("110.0", "5.0"))
    assert [(tick.label, tick.anchor, tick.spot.x) for tick in chart.ticks] == [
        ("a", "start", "10.0"),
        ("b", "end", "110.0"),
    ]


def test_a_trace_above_its_target_keeps_the_target_below_the_top() -> None:
    chart = trace_chart([(0, 10), (1, 80)], Decimal(40), due=0.5, box=BOX)
    assert chart.now == Spot("110.0", "5.0")
    assert chart.aim[1] == Spot("60.0", "25.0")
    assert chart.target_spot == Spot("10", "25.0")


def test_a_trace_without_counts_shows_the_aim_alone() -> None:
    chart = trace_chart([], Decimal(0), box=BOX)
    assert (chart.line, chart.dots, chart.now) == ("", (), None)
    assert chart.aim == (Spot("10.0", "45.0"), Spot("110.0", "45.0"))


def test_a_curve_runs_from_corner_to_corner_with_its_mark() -> None:
    halfway = (Fraction(1, 2), Fraction(3, 4))
    chart = curve_chart([(0, 0), halfway, (1, 1)], mark=1, box=BOX)
    assert chart.line == "10.0,45.0 60.0,15.0 110.0,5.0"
    assert chart.area == f"{chart.line} 110.0,45.0 10.0,45.0"
    assert (chart.mark, chart.foot) == (Spot("60.0", "15.0"), Spot("60.0", "45.0"))


def test_a_long_curve_is_thinned_but_keeps_its_ends_and_its_mark() -> None:
    points = [(Fraction(index, 1000), Fraction(index, 1000)) for index in range(1001)]
    chart = curve_chart(points, mark=7)
    spots = chart.line.split()
    assert len(spots) == 114
    assert (spots[0], spots[-1]) == (str(chart.even[0]), str(chart.even[1]))
    assert str(chart.mark) in spots


def test_an_empty_curve_has_no_line() -> None:
    assert curve_chart([]).line == ""
