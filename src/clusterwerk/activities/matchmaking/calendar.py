"""A personal timetable as a calendar file: an event for each meeting (RFC 5545, 3.6.1)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from icalendar import Event

from clusterwerk.activities.calendars.files import events_file, years_around
from clusterwerk.activities.calendars.parts import clean, host, where
from clusterwerk.activities.models import MatchRound, PublishedActivity
from clusterwerk.activities.queries.matchmaking import Line


def timetable_file(
    person: int,
    own: MatchRound,
    shown: PublishedActivity,
    lines: Sequence[Line],
    *,
    now: datetime,
    was_told: bool,
) -> bytes:
    """The version rises with each publication, so that a calendar takes over what changed.

    Slots that became free are struck out, for whom an earlier timetable was sent to.
    """
    parts = [
        _event(person, own, shown, line, now).to_ical()
        for line in lines
        if line.meeting is not None or was_told
    ]
    zone = shown.time_zone
    day = own.starts_at.astimezone(shown.zone).date()
    return events_file({zone: years_around(day, day)}, parts)


def _event(
    person: int, own: MatchRound, shown: PublishedActivity, line: Line, now: datetime
) -> Event:
    event = Event()
    event.add("uid", f"meeting-{person}-{line.slot}-{shown.uid}@{host()}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", own.version)
    event.add("dtstart", line.starts_at.astimezone(shown.zone))
    event.add("dtend", line.ends_at.astimezone(shown.zone))
    event.add("summary", clean(_summary(line)))
    place = where(shown)
    if line.meeting is not None:
        table = _("table %(number)s") % {"number": line.table}
        event.add("location", clean(f"{table}, {place}" if place else table))
    event.add("description", clean(shown.name))
    event.add("status", "CONFIRMED" if line.meeting is not None else "CANCELLED")
    return event


def _summary(line: Line) -> str:
    if line.other is None:
        return _("No meeting")
    name = line.other.name
    return f"{name} ({line.other.organisation})" if line.other.organisation else name
