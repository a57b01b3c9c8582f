"""Figures that cannot all be true: checks declared as data, over printed facts.

The facts are of any origin; the checks, their sentences and the words of the document are a
file (``load_checks``). ``run_checks`` is silent where figures agree.
"""

from clusterwerk.measure.consistency.declared import Check, ChecksError, load_checks
from clusterwerk.measure.consistency.engine import idle_checks, run_checks
from clusterwerk.measure.consistency.facts import Fact, Value
from clusterwerk.measure.consistency.findings import Finding, Side, Verdict

__all__ = [
    "Check",
    "ChecksError",
    "Fact",
    "Finding",
    "Side",
    "Value",
    "Verdict",
    "idle_checks",
    "load_checks",
    "run_checks",
]
