"""What all parts of the timeline share: days as moments, the newest of few, whom it is about."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.utils import timezone

from clusterwerk.members.timeline import TimelineEntry

Entries = Sequence[TimelineEntry]
NEVER = datetime.max.replace(tzinfo=UTC)  # later than all that happens


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def newest(entries: Iterable[TimelineEntry], before: datetime | None, limit: int) -> Entries:
    """Of few entries those before the moment, newest first."""
    earlier = [entry for entry in entries if before is None or entry.at < before]
    return sorted(earlier, key=lambda entry: entry.at, reverse=True)[:limit]


def subject_of(organisation: int | None, contact: int | None) -> tuple[str, int]:
    """Whom the timeline is about: the column that names them, and their key."""
    if contact is not None:
        return "contact_id", contact
    assert organisation is not None
    return "organisation_id", organisation
