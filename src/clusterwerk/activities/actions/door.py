"""Who comes in: whoever registered by one press, others by name; each press can be taken back.

The row of the activity is locked first, so that two people at one door write one list.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities import access
from clusterwerk.activities.membership import NOBODY_KNOWN, known_by_address, member_named
from clusterwerk.activities.models import (
    MOST_GUESTS,
    Activity,
    ActivityState,
    Attendance,
    Registration,
)
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

AT_THE_DOOR = gettext_lazy("at the door")
_ONCE = {
    "attendance_once_per_contact": gettext_lazy("This contact is on the list already."),
    "attendance_once_per_name": gettext_lazy("This name is on the list already."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """Somebody who comes without having registered; `organisation` is one of ours, if known."""

    name: str
    email: str = ""
    organisation: Organisation | None = None
    printed_organisation: str = ""
    guests: int = 0


@transaction.atomic
def note_arrival(
    *, seats: Seats, activity: Activity, registration: int, guests: int | None, now: datetime
) -> Attendance:
    """Whoever registered is in the room, with so many guests (none: as many as were named).

    Twice is once; a second press with other guests changes them. Who stands on the list already,
    by an import or as a walk-in, is not written down beside it. Who is let in for a member by name
    is taken to come from it, which an address that is typed at home does not prove.
    """
    own = _opened(seats, activity, now)
    coming = _registration_of(own, registration)
    heads = coming.guests if guests is None else guests
    _require_few(heads)
    organisation = coming.organisation_id or _named(own, coming)
    row = Attendance.objects.filter(activity=own, registration=coming).first()
    row = row or _listed(own, coming)
    if row is not None:
        changed(
            row,
            registration=coming,
            guests=heads,
            arrived_at=row.arrived_at or now,
            organisation_id=row.organisation_id or organisation,
        )
        return row
    return created(
        Attendance(
            **own.owners,
            activity=own,
            registration=coming,
            contact_id=coming.contact_id,
            organisation_id=organisation,
            printed_name="" if coming.contact_id else coming.name,
            email="" if coming.contact_id else coming.email,
            printed_organisation="" if organisation else coming.printed_organisation,
            guests=heads,
            arrived_at=now,
            source=str(AT_THE_DOOR),
            is_demo=own.is_demo,
        ),
        _ONCE,
    )


@transaction.atomic
def note_walk_in(*, seats: Seats, activity: Activity, who: WalkIn, now: datetime) -> Attendance:
    """Somebody without a registration is in the room; an address that is known says who it is.

    Raises `DomainError` for a name that is on the list.
    """
    own = _opened(seats, activity, now)
    _require_few(who.guests)
    name = " ".join(who.name.split())
    if not name:
        raise DomainError(_("Say who it is."))
    known = known_by_address(own, who.email) if who.email else NOBODY_KNOWN
    organisation = who.organisation.pk if who.organisation else known.organisation
    return created(
        Attendance(
            **own.owners,
            activity=own,
            contact_id=known.contact,
            organisation_id=organisation,
            printed_name="" if known.contact else name,
            email="" if known.contact else who.email.strip().lower(),
            printed_organisation="" if organisation else who.printed_organisation,
            guests=who.guests,
            arrived_at=now,
            source=str(AT_THE_DOOR),
            is_demo=own.is_demo,
        ),
        _ONCE,
    )


@transaction.atomic
def take_back_arrival(
    *, seats: Seats, activity: Activity, attendance: int, now: datetime
) -> int | None:
    """A press by mistake: the row goes; returns the number of its registration. Twice is once."""
    own = _opened(seats, activity, now)
    row = Attendance.objects.filter(activity=own, pk=attendance).first()
    if row is None:
        return None
    registration = row.registration_id
    row.delete()
    return registration


def _opened(seats: Seats, activity: Activity, now: datetime) -> Activity:
    """The activity, held; on its day and after, unless it is cancelled."""
    access.may_change(seats, activity).require()
    own = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    if own.state == ActivityState.CANCELLED:
        raise DomainError(_("This activity is cancelled."))
    if own.starts_on > now.astimezone(own.zone).date():
        raise DomainError(_("The list at the door opens on the day itself."))
    return own


def _registration_of(own: Activity, number: int) -> Registration:
    found = Registration.objects.filter(activity=own, pk=number).first()
    if found is None:
        raise DomainError(_("This registration is not there any more."))
    return found


def _named(own: Activity, coming: Registration) -> int | None:
    """The member whose name they gave."""
    found = member_named(own, coming.printed_organisation)
    return found.pk if found else None


def _listed(own: Activity, coming: Registration) -> Attendance | None:
    """The same person on the list, without what they had said before."""
    same = Q(pk__in=[])
    if coming.contact_id:
        same |= Q(contact_id=coming.contact_id)
    if coming.email:
        same |= Q(contact=None, email__iexact=coming.email)
    rows = Attendance.objects.filter(same, activity=own, registration=None)
    return rows.order_by("pk").first()


def _require_few(guests: int) -> None:
    if not 0 <= guests <= MOST_GUESTS:
        raise DomainError(_("Somebody brings nine guests at most."))
