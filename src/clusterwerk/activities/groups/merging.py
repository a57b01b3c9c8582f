"""What becomes of mandates when two contacts turn out to be one person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from clusterwerk.activities.models import Mandate
from clusterwerk.directory.duplicates import Clash


def _overlapping(row: Mandate, kept: "QuerySet[Mandate]") -> Iterable[Mandate]:
    """All that one period from the first to the last of them would overlap."""
    found: dict[int, Mandate] = {}
    period = row.period
    rows = kept.filter(group_id=row.group_id)
    while more := list(rows.filter(period__overlap=period).exclude(pk__in=found)):
        found.update({other.pk: other for other in more})
        period = _one_period([row, *found.values()])
    return found.values()


def _one_period(rows: Sequence[Mandate]) -> DateRange:
    """From the first day of any to the last of any; open where one is open."""
    last = [row.period.upper for row in rows]
    return DateRange(min(row.period.lower for row in rows), None if None in last else max(last))


def _one_mandate(kept: Mandate, taken: Sequence[Mandate]) -> Mapping[str, Any]:
    return {"period": _one_period([kept, *taken])}


SAT_ONCE = Clash(finds=_overlapping, combined=_one_mandate)
