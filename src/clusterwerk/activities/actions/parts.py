"""An activity that several clusters hold together: asked, accepted, declined, left.

The lead asks; the cluster that is asked answers for itself. Whoever holds it reads what the lead
reads, which a trigger of the database brings about (decision 0029).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities import access
from clusterwerk.activities.actions.part_mails import (
    PartNotice,
    tell_asked,
    tell_cancelled,
    tell_lead,
)
from clusterwerk.activities.models import Activity, ActivityPart, ActivityState, PartState
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

_ONCE = {"activitypart_once": gettext_lazy("This cluster was asked already.")}
_OPEN = {PartState.INVITED, PartState.ACCEPTED}
_ONGOING = {ActivityState.DRAFT, ActivityState.PUBLISHED}


@transaction.atomic
def ask_cluster(
    *,
    seats: Seats,
    activity: Activity,
    asked: PublicProfile,
    words: str,
    now: datetime,
    tells: bool = True,
) -> ActivityPart:
    """A cluster of the same agency; one that declined or left can be asked again.

    `tells` is off for the demo, whose people have no addresses.
    """
    access.may_change(seats, activity).require()
    own = Activity.objects.select_related("cluster").get(pk=activity.pk)
    _require_ongoing(own, now)
    agency = own.cluster.agency_id if own.cluster else own.agency_id
    if asked.agency_id != agency or asked.pk == own.cluster_id:
        raise DomainError(_("Only another cluster of the same agency can be asked."))
    facts: dict[str, Any] = {
        "state": PartState.INVITED,
        "name": own.name,
        "day": own.day,
        "words": words,
        "asked_on": localdate(now),
        "answered_on": None,
    }
    rows = ActivityPart.objects.select_for_update(of=("self",))
    part = rows.filter(activity=own, asked_id=asked.pk).first()
    if part is not None and part.state in _OPEN:
        raise DomainError(_ONCE["activitypart_once"])
    if part is None:
        new = ActivityPart(activity=own, asked_id=asked.pk, **own.owners, **facts)
        part = created(new, _ONCE)
    else:
        changed(part, **facts)
    if tells:
        tell_asked(part, PartNotice.ASKED, now)
    return part


@transaction.atomic
def accept_part(
    *, seats: Seats, part: ActivityPart, themes: str, now: datetime, tells: bool = True
) -> bool:
    """From now on the cluster holds it too. Twice is once."""
    own = _answering(seats, part)
    if own.state == PartState.ACCEPTED:
        return False
    if own.state != PartState.INVITED:
        raise DomainError(_("This is not asked any more."))
    changed(own, state=PartState.ACCEPTED, themes=themes, answered_on=localdate(now))
    _require_ongoing(Activity.objects.get(pk=own.activity_id), now)
    if tells:
        tell_lead(own, PartNotice.ACCEPTED, now)
    return True


@transaction.atomic
def decline_part(*, seats: Seats, part: ActivityPart, now: datetime) -> bool:
    """Twice is once; what was accepted is left instead."""
    own = _answering(seats, part)
    if own.state == PartState.DECLINED:
        return False
    if own.state != PartState.INVITED:
        raise DomainError(_("This is not asked any more."))
    changed(own, state=PartState.DECLINED, answered_on=localdate(now))
    tell_lead(own, PartNotice.DECLINED, now)
    return True


@transaction.atomic
def leave_part(*, seats: Seats, part: ActivityPart, now: datetime) -> bool:
    """The cluster holds it no longer. Who was there counts for who held it until it was over."""
    own = _answering(seats, part)
    if own.state == PartState.LEFT:
        return False
    if own.state != PartState.ACCEPTED:
        raise DomainError(_("Your cluster does not hold this activity."))
    _require_ongoing(Activity.objects.get(pk=own.activity_id), now)
    changed(own, state=PartState.LEFT, answered_on=localdate(now))
    tell_lead(own, PartNotice.LEFT, now)
    return True


@transaction.atomic
def end_part(*, seats: Seats, activity: Activity, part: ActivityPart, now: datetime) -> bool:
    """The lead goes on without the cluster, or takes back what it asked."""
    access.may_change(seats, activity).require()
    own = ActivityPart.objects.select_for_update(of=("self",)).get(pk=part.pk, activity=activity)
    if own.state not in _OPEN:
        return False
    _require_ongoing(Activity.objects.get(pk=activity.pk), now)
    changed(own, state=PartState.LEFT, answered_on=localdate(now))
    tell_asked(own, PartNotice.ENDED, now)
    return True


def tell_parts(activity: Activity) -> None:
    """Name and day anew for who was asked; one that answers at this moment need not wait."""
    rows = activity.parts.select_for_update(of=("self",), skip_locked=True)
    for part in rows.order_by("pk"):
        changed(part, name=activity.name, day=activity.day)


def drop_parts(activity: Activity, now: datetime) -> None:
    """What was asked goes with the draft."""
    tell_cancelled(activity, now)
    rows = activity.parts.select_for_update(of=("self",), skip_locked=True)
    held = [part.pk for part in rows]
    if len(held) < activity.parts.count():
        raise DomainError(_("A cluster answers at this moment. Try it again."))
    activity.parts.filter(pk__in=held).delete()


def _answering(seats: Seats, part: ActivityPart) -> ActivityPart:
    """The row as it stands now, and still stands when it is written: two may answer at once."""
    access.may_keep_activities(seats, part.asked_id).require()
    return ActivityPart.objects.select_for_update(of=("self",)).get(pk=part.pk)


def _require_ongoing(own: Activity, now: datetime) -> None:
    if own.state not in _ONGOING or own.is_past(now):
        raise DomainError(_("It is over or cancelled. Who held it stays as it is."))
