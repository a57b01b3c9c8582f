"""Recording what the indicators of a cluster count on a day."""

from datetime import date

from django.db import transaction

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.evidence import Indicator, count, indicators
from clusterwerk.reporting import access
from clusterwerk.reporting.models import CountedReading


@transaction.atomic
def record_counts(*, seats: Seats, cluster: Cluster, day: date) -> list[CountedReading]:
    """Count every indicator of the cluster on the day; returns the readings that are new.

    The cluster counts, because it alone sees all records. A count that gives the same value over
    the same records as the reading it would follow adds nothing; who counts at the same moment
    waits for the other.
    """
    access.may_record_counts(seats, cluster.pk).require()
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    fresh = [_reading(indicator, cluster, day, seats) for indicator in indicators().values()]
    new = [reading for reading in fresh if not _stands_already(reading)]
    with unlocked(seats, "reporting"):
        return CountedReading.objects.bulk_create(new)


def _reading(indicator: Indicator, cluster: Cluster, day: date, seats: Seats) -> CountedReading:
    found = count(indicator, cluster.pk, day)
    return CountedReading(
        agency_id=cluster.agency_id,
        cluster=cluster,
        indicator=indicator.key,
        definition_version=indicator.version,
        day=day,
        number=found.number,
        unit=indicator.unit,
        evidence_digest=found.evidence_digest,
        evidence_count=found.evidence_count,
        includes_demo=found.includes_demo,
        recorded_by_id=seats.actor,
    )


def _stands_already(reading: CountedReading) -> bool:
    last = (
        CountedReading.objects.filter(
            cluster=reading.cluster, indicator=reading.indicator, day=reading.day
        )
        .order_by("-id")
        .first()
    )
    return last is not None and (
        last.number,
        last.evidence_digest,
        last.definition_version,
    ) == (reading.number, reading.evidence_digest, reading.definition_version)
