"""One published reading with everything that stands around it."""

from dataclasses import dataclass

from clusterwerk.reporting.models import CountedReading, PublishedReading
from clusterwerk.reporting.queries.findings import FoundIn, found_in

NEIGHBOURS = 40


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """Prints of the same fact, figures beside it, what disagrees with it, and what was counted.

    `counted` is None when nothing was counted or the reader may not see it.
    """

    reading: PublishedReading
    elsewhere: tuple[PublishedReading, ...]
    beside: tuple[PublishedReading, ...]
    found: tuple[FoundIn, ...]
    counted: CountedReading | None


def reading_context(reading: PublishedReading) -> ReadingContext:
    """Four queries; the findings of the document are kept by the process."""
    return ReadingContext(
        reading=reading,
        elsewhere=tuple(_elsewhere(reading)),
        beside=tuple(_beside(reading)),
        found=tuple(each for each in found_in([reading.document]) if speaks_of(each, reading)),
        counted=latest_count(reading.cluster_id, reading.indicator) if _is_whole(reading) else None,
    )


def speaks_of(found: FoundIn, reading: PublishedReading) -> bool:
    """The finding rests on this print."""
    sides = (found.finding.printed, found.finding.against)
    return any(fact.key == reading.key for side in sides for fact in side.facts)


def _is_whole(reading: PublishedReading) -> bool:
    return not reading.dimension


def _elsewhere(reading: PublishedReading) -> list[PublishedReading]:
    """Other prints of the same indicator, subject and segment of the programme, targets too."""
    rows = PublishedReading.objects.filter(
        agency_id=reading.agency_id,
        indicator=reading.indicator,
        subject=reading.subject,
        dimension=reading.dimension,
        segment=reading.segment,
    )
    return list(rows.exclude(pk=reading.pk).select_related("document").order_by("position"))


def _beside(reading: PublishedReading) -> list[PublishedReading]:
    """Other figures of the same subject at the same place."""
    rows = PublishedReading.objects.filter(
        document_id=reading.document_id, subject=reading.subject, place=reading.place
    ).exclude(pk=reading.pk)
    return list(rows.select_related("document").order_by("position")[:NEIGHBOURS])


def latest_count(cluster: int | None, indicator: str) -> CountedReading | None:
    """What the cluster's records gave last, as far as the reader may see it."""
    if cluster is None:
        return None
    rows = CountedReading.objects.filter(cluster_id=cluster, indicator=indicator)
    return rows.order_by("-day", "-id").first()
