"""Geometry of the small drawings that pages make themselves: pure, in the units of their box."""

from clusterwerk.platform.ui.charts.box import Box, Spot
from clusterwerk.platform.ui.charts.curve import CurveChart, curve_chart
from clusterwerk.platform.ui.charts.trace import Tick, TraceChart, trace_chart

__all__ = [
    "Box",
    "CurveChart",
    "Spot",
    "Tick",
    "TraceChart",
    "curve_chart",
    "trace_chart",
]
