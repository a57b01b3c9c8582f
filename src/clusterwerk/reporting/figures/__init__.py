"""Published figures out of a folder of CSV files: read, checked, and as facts with their place."""

from clusterwerk.reporting.figures.errors import FigureError, FigureErrors
from clusterwerk.reporting.figures.facts import facts
from clusterwerk.reporting.figures.reading import Figures, read_figures

__all__ = ["FigureError", "FigureErrors", "Figures", "facts", "read_figures"]
