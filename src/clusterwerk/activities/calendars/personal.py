"""The calendar of one person: what their clusters or agency hold, and where they registered.

Calendar programmes follow it by a secret address. The address is signed and nothing of it is kept
but a number, which rises when the person wants another; whoever is not active any more has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from icalendar import Event

from clusterwerk.activities.calendars.files import Years, feed_file, years_around
from clusterwerk.activities.calendars.parts import clean, event_part
from clusterwerk.activities.models import ActivityState, Registration, RegistrationState
from clusterwerk.activities.queries.personal import Owned, own_entries
from clusterwerk.platform.models import User
from clusterwerk.platform.site import public_address

SALT = "clusterwerk.activities.calendars.personal"
BACK = timedelta(days=365)
MOST = 1_000  # the latest ones; more are left out, so that an answer stays in bounds


def address_of(account: User) -> str:
    """The secret address."""
    token = signing.Signer(salt=SALT).sign_object([account.pk, account.calendar_number])
    return public_address(reverse("agenda:personal_calendar", args=[token]))


def account_behind(token: str) -> User | None:
    """Whose calendar it is; None when it is forged or was renewed, or the account is closed."""
    try:
        person, number = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return User.objects.filter(pk=person, calendar_number=number, is_active=True).first()


@dataclass(frozen=True, slots=True)
class PersonalFeed:
    """What a calendar programme gets of a person's activities."""

    account: User
    now: datetime

    def calendar(self) -> bytes:
        """Stamped by the day: the same text as long as nothing changes."""
        entries = own_entries(self.account, self.now - BACK, MOST)
        name = _("Clusterwerk: %(person)s") % {"person": self.account.name or self.account.email}
        stamp = self.now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return feed_file(name, _zones(entries), _parts(entries, stamp))


def _parts(entries: list[Owned], stamp: datetime) -> Iterator[bytes]:
    for entry in entries:
        part = event_part(
            entry.activity,
            stamp,
            holders=entry.holders,
            online_url=entry.online_url,
        )
        _mark(part, entry)
        written: bytes = part.to_ical()
        yield written


def _mark(part: Event, entry: Owned) -> None:
    if _is_uncertain(entry):
        part["status"] = "TENTATIVE"
    told = [text for text in (_standing(entry), _logging(entry)) if text]
    if told:
        kept = str(part.get("description", ""))
        part.pop("description", None)
        part.add("description", clean("\n\n".join(filter(None, [*told, kept]))))


def _is_uncertain(entry: Owned) -> bool:
    if entry.activity.state == ActivityState.CANCELLED:
        return False
    if entry.registration is not None:
        return entry.registration.state != RegistrationState.CONFIRMED
    return entry.activity.state == ActivityState.DRAFT


def _standing(entry: Owned) -> str:
    own = entry.registration
    if own is not None:
        return _said(own)
    if entry.activity.state == ActivityState.DRAFT:
        return _("A draft: your team sees it, nobody else does.")
    return ""


def _said(own: Registration) -> str:
    link = public_address(reverse("agenda:registration_link", args=[own.token]))
    told = _("You are registered: %(link)s")
    if own.state == RegistrationState.WAITING:
        told = _("You are on the waiting list: %(link)s")
    elif own.state == RegistrationState.UNCONFIRMED:
        told = _("You did not confirm your registration yet: %(link)s")
    return told % {"link": link}


def _logging(entry: Owned) -> str:
    """The link from an entry of the calendar to a note about it, for who keeps notes."""
    if not entry.log_in:
        return ""
    activity = entry.activity
    asked = {"cluster": entry.log_in, "about": Truncator(activity.name).chars(120)}
    if activity.starts_at is not None:
        asked["at"] = activity.starts_at.astimezone(UTC).isoformat()
    link = public_address(f"{reverse('members:note_quick')}?{urlencode(asked)}")
    return _("Log this meeting: %(link)s") % {"link": link}


def _zones(entries: list[Owned]) -> dict[str, Years]:
    found: dict[str, list[datetime]] = {}
    for entry in entries:
        activity = entry.activity
        if activity.starts_at and activity.ends_at:
            found.setdefault(activity.time_zone, []).extend([activity.starts_at, activity.ends_at])
    return {zone: years_around(min(moments), max(moments)) for zone, moments in found.items()}
