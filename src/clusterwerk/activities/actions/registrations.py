"""What the team does with registrations: write one down, let somebody come, withdraw one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.activities import access
from clusterwerk.activities.actions.visitors import (
    REFUSED,
    Registrant,
    locked_places,
    move_up,
    new_registration,
    require_coming,
    withdraw,
)
from clusterwerk.activities.membership import known_by_address
from clusterwerk.activities.models import (
    LIVING,
    Activity,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.notices import Notice, tell
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created


@transaction.atomic
def add_registration(
    *, seats: Seats, activity: Activity, who: Registrant, now: datetime
) -> Registration:
    """Somebody told the team: registered at once, or on the waiting list when it is full.

    Raises `DomainError` for an address that is registered, for what is over or not published.
    """
    shown = _held(seats, activity, now)
    known = known_by_address(shown, who.email)
    new = new_registration(shown, who, known, now, RegistrationState.WAITING)
    new.confirmed_at = now
    created(new, REFUSED)
    move_up(shown, now)
    new.refresh_from_db()
    if new.state == RegistrationState.WAITING:
        tell(new, shown, Notice.WAITING)
    return new


@transaction.atomic
def approve_registration(
    *, seats: Seats, activity: Activity, registration: int, now: datetime
) -> Registration:
    """Let somebody come who is not known as a member; a place follows once there is one."""
    shown = _held(seats, activity, now)
    own = _own(shown, registration)
    if own.state != RegistrationState.WAITING or own.approved:
        raise DomainError(_("Somebody answered this registration already."))
    changed(own, approved=True)
    move_up(shown, now)
    own.refresh_from_db()
    return own


@transaction.atomic
def cancel_registration(
    *, seats: Seats, activity: Activity, registration: int, now: datetime
) -> Registration:
    """Withdraw somebody, who is told; the places go to who waits. Twice is once."""
    shown = _held(seats, activity, now)
    own = _own(shown, registration)
    if own.state in LIVING:
        withdraw(own, shown, now)
    return own


def _held(seats: Seats, activity: Activity, now: datetime) -> PublishedActivity:
    """Allowed, with the places locked."""
    access.may_change(seats, activity).require()
    locked_places(activity.pk)
    shown = PublishedActivity.objects.get(pk=activity.pk)
    require_coming(shown, now)
    return shown


def _own(shown: PublishedActivity, registration: int) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",))
    found = rows.filter(activity_id=shown.pk, pk=registration).first()
    if found is None:
        raise DomainError(_("This registration is not there any more."))
    return found
