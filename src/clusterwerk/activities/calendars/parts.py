"""One activity as a VEVENT (RFC 5545, 3.6.1), in its own language and by the clock of its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Event, vCalAddress

from clusterwerk.activities.models import Activity, ActivityState, PublishedActivity
from clusterwerk.platform.site import public_address

Told = Activity | PublishedActivity
# Everything that ends a line or steers a screen, besides the line feed that the format can write.
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_STEERING = re.compile(r"[\x00-\x09\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invited:
    """Who invites whom; a calendar answers to nobody else (RFC 5546, 3.2.2)."""

    organizer: Party
    attendee: Party


def event_part(
    activity: Told,
    stamp: datetime,
    *,
    holders: Sequence[str] = (),
    online_url: str = "",
    invited: Invited | None = None,
) -> Event:
    """`stamp` is the moment of writing, by which calendars prefer the later of two equal versions.

    The address of the online meeting is written for those alone who may have it.
    """
    event = Event()
    event.add("uid", f"{activity.uid}@{host()}")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("sequence", activity.sequence)
    _add_hours(event, activity)
    with override(activity.language):
        for name, value in _words(activity, holders, online_url).items():
            if value:
                event.add(name, clean(value))
        event.add("categories", [str(capfirst(activity.get_kind_display()))])
    event.add("status", "CANCELLED" if is_cancelled(activity) else "CONFIRMED")
    if activity.state != ActivityState.DRAFT:  # a draft has no page that everybody reads
        event.add("url", page_address(activity))
    if invited:
        _add_parties(event, invited)
    return event


def host() -> str:
    """The name of this installation, which makes a number unique in the world."""
    return urlsplit(settings.PUBLIC_ORIGIN).hostname or "localhost"


def page_address(activity: Told) -> str:
    return public_address(reverse("agenda:agenda_detail", args=[activity.uid]))


def is_cancelled(activity: Told) -> bool:
    return activity.state == ActivityState.CANCELLED


def clean(text: str) -> str:
    """Text that neither begins a line of its own in a file nor steers the screen that shows it."""
    return _STEERING.sub(" ", _LINE_ENDS.sub("\n", text))


def _add_hours(event: Event, activity: Told) -> None:
    starts, ends = hours(activity)
    event.add("dtstart", starts)
    event.add("dtend", ends)


def hours(activity: Told) -> tuple[date, date]:
    """Aware moments by the clock of the place; the day alone where no hour is known."""
    if activity.starts_at is None or activity.ends_at is None:
        return activity.day, activity.day + timedelta(days=1)
    return _here(activity.starts_at, activity.zone), _here(activity.ends_at, activity.zone)


def _here(moment: datetime, zone: ZoneInfo) -> datetime:
    """By the clock of the place; of an hour that comes twice a calendar knows only the first."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def where(activity: Told) -> str:
    place = activity.place.name if activity.place and not activity.address else ""
    return ", ".join(filter(None, (activity.venue, activity.address, place)))


def _words(activity: Told, holders: Sequence[str], online_url: str) -> dict[str, str]:
    told = [activity.summary, activity.description]
    if is_cancelled(activity) and activity.cancelled_because:
        reason = {"reason": activity.cancelled_because}
        told.insert(0, _("Cancelled: %(reason)s") % reason)
    if holders:
        told.append(_("Held by %(names)s.") % {"names": ", ".join(holders)})
    if online_url:
        told.append(_("Online: %(address)s") % {"address": online_url})
    online = (online_url or _("online")) if activity.is_online else ""
    return {
        "summary": activity.name,
        "description": "\n\n".join(filter(None, told)),
        "location": where(activity) or online,
    }


def _add_parties(event: Event, invited: Invited) -> None:
    event.add("organizer", _address(invited.organizer))
    attendee = _address(invited.attendee)
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED"})
    event.add("attendee", attendee)


def _address(party: Party) -> vCalAddress:
    """A name holds no quote and no line end (RFC 5545, 3.2); an address with one is refused."""
    found = vCalAddress(f"mailto:{party.email}")
    if party.name:
        found.params["CN"] = " ".join(clean(party.name).replace('"', "'").split())
    return found
