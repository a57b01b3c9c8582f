"""Figures that a cluster states itself for earlier years."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import changed, created_many
from clusterwerk.reporting import access
from clusterwerk.reporting.models import StatedReading


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of one year, as the cluster says it."""

    name: str
    year: int
    source: str
    indicator: str = ""
    number: Decimal | None = None
    target: Decimal | None = None
    text: str = ""
    said_by: str = ""
    is_demo: bool = False


def state_readings(*, seats: Seats, cluster: Cluster, stated: Sequence[Stated]) -> int:
    """Write down what differs; a later statement of a year replaces the one before."""
    access.may_record_counts(seats, cluster.pk).require()
    kept = {(row.name, row.year): row for row in StatedReading.objects.filter(cluster=cluster)}
    fresh, number = [], 0
    for each in stated:
        facts: dict[str, Any] = {
            "indicator": each.indicator,
            "number": each.number,
            "target": each.target,
            "text": each.text,
            "said_by": each.said_by,
            "source": each.source,
        }
        row = kept.get((each.name, each.year))
        if row is None:
            fresh.append(
                StatedReading(
                    cluster=cluster, name=each.name, year=each.year, is_demo=each.is_demo, **facts
                )
            )
        else:
            number += changed(row, **facts)
    return number + len(created_many(fresh))
