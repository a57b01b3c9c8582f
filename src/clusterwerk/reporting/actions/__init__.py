"""Every change to readings: the import of published figures, and the counts recorded on a day."""

from clusterwerk.reporting.actions.counting import record_counts
from clusterwerk.reporting.actions.publishing import ImportOutcome, import_figures
from clusterwerk.reporting.actions.stating import Stated, state_readings

__all__ = ["ImportOutcome", "Stated", "import_figures", "record_counts", "state_readings"]
