"""Every change to readings: the import of published figures, and the counts recorded on a day."""

from clusterwerk.reporting.actions.counting import record_counts
from clusterwerk.reporting.actions.publishing import ImportOutcome, import_figures

__all__ = ["ImportOutcome", "import_figures", "record_counts"]
