"""Whole iCalendar files: one activity for a mail or a download, or many for who follows them.

Written piece by piece, so that a long calendar is held as its text and never as a tree.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from icalendar import Calendar

from clusterwerk.activities.calendars.parts import (
    Invited,
    Party,
    Told,
    clean,
    event_part,
    hours,
)
from clusterwerk.activities.calendars.zones import zone_part

__all__ = ["Invited", "Method", "Party", "calendar_file", "events_file", "feed_file", "file_of"]

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Clusterwerk//Agenda//EN"
REFRESHED = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"
Years = tuple[int, int]


class Method(StrEnum):
    """What a calendar is asked to do (RFC 5546, 1.4)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def calendar_file(
    activity: Told,
    method: Method = Method.PUBLISH,
    *,
    invited: Invited | None = None,
    holders: Sequence[str] = (),
    online_url: str = "",
    stamp: datetime | None = None,
) -> bytes:
    """One activity, to download or to go with a mail; in a mail name the method in its type too.

    An invitation and its withdrawal name who invites whom (RFC 5546, 3.2.2 and 3.2.5).
    """
    if method != Method.PUBLISH and invited is None:
        raise ValueError(f"{method} needs an organizer and an attendee.")
    part = event_part(
        activity,
        stamp or timezone.now(),
        holders=holders,
        online_url=online_url,
        invited=invited,
    )
    if method == Method.CANCEL:
        part["status"] = "CANCELLED"
    return file_of(_head(method), {activity.time_zone: _years(activity)}, [part.to_ical()])


def feed_file(name: str, zones: dict[str, Years], parts: Iterable[bytes]) -> bytes:
    """A calendar to follow, with the name that the calendar programme shows."""
    head = _head(Method.PUBLISH)
    for key in ("name", "x-wr-calname"):
        head.add(key, " ".join(clean(name).split()))
    head.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", "PT6H")
    return file_of(head, zones, parts)


def events_file(zones: dict[str, Years], parts: Iterable[bytes]) -> bytes:
    """Several events to take over once; what comes later under the same names changes them."""
    return file_of(_head(Method.PUBLISH), zones, parts)


def file_of(head: Calendar, zones: dict[str, Years], parts: Iterable[bytes]) -> bytes:
    opened = head.to_ical().removesuffix(_END)
    rules = (zone_part(name, *zones[name]) for name in sorted(zones) if name != "UTC")
    return b"".join((opened, *rules, *parts, _END))


def _head(method: Method) -> Calendar:
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", PRODUCT)
    head.add("calscale", "GREGORIAN")
    head.add("method", method.value)
    return head


def _years(activity: Told) -> Years:
    starts, ends = hours(activity)
    return years_around(starts, ends)


def years_around(starts: date, ends: date) -> Years:
    """With a year on both sides, for a day begins elsewhere in the year before."""
    return starts.year - 1, ends.year + 1
