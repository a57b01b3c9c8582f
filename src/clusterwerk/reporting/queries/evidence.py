"""The records behind a counted reading, as the reader may see them now."""

from dataclasses import dataclass
from decimal import Decimal

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.evidence import EvidenceLine, Indicator, digest, indicators
from clusterwerk.reporting.models import CountedReading

PAGE = 100


@dataclass(frozen=True, slots=True)
class Recount:
    """What the same indicator gives today for the same day, from the records as they are now."""

    number: Decimal | None
    records: int
    digest: str
    version: int

    def differs_from(self, reading: CountedReading) -> bool:
        return (self.digest, self.version) != (
            reading.evidence_digest,
            reading.definition_version,
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A counted reading with its indicator and its records.

    `indicator` is None when no room registers it any more. `withheld` says that the records are
    the cluster's alone, so that this reader sees the value without them. `recount` is None where
    nothing can be counted again: without the indicator, or when the records are withheld.
    """

    reading: CountedReading
    indicator: Indicator | None
    withheld: bool
    lines: tuple[EvidenceLine, ...] = ()
    recount: Recount | None = None


def evidence_of(reading: CountedReading, seats: Seats) -> Evidence:
    """Count again for the reading's day, as the acting seats see the records."""
    indicator = indicators().get(reading.indicator)
    if indicator is None or reading.cluster_id is None:
        return Evidence(reading, indicator, withheld=False)
    if indicator.private and reading.cluster_id not in seats.clusters:
        return Evidence(reading, indicator, withheld=True)
    records = list(indicator.records(reading.cluster_id, reading.day))
    return Evidence(
        reading,
        indicator,
        withheld=False,
        lines=tuple(indicator.line(record) for record in records),
        recount=Recount(
            number=indicator.value(records),
            records=len(records),
            digest=digest(indicator.identify(record) for record in records),
            version=indicator.version,
        ),
    )
