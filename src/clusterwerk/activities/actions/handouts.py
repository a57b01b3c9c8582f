"""Documents of an activity: put there by its team, fetched by everybody or by those who came."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities import access
from clusterwerk.activities.actions.visitors import DOOR, registration_by_link
from clusterwerk.activities.handouts import (
    MEGABYTE,
    MOST_HANDOUTS,
    MOST_TOGETHER,
    shown_handouts,
    type_of,
)
from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    Activity,
    ActivityState,
    Attendance,
    Handout,
    HandoutFile,
    HandoutMail,
    HandoutReach,
    PublishedActivity,
    Registration,
)
from clusterwerk.activities.notices import About, Notice, tell
from clusterwerk.activities.queries.handouts import Fetched, content_of, handout_of
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError, NotHereError
from clusterwerk.platform.files.actions import require_name
from clusterwerk.platform.rows import changed, created

AT_ONCE = 200  # mails of one transaction
_SAME_NAME = gettext_lazy(
    "“%(file)s” is there already with other contents. Remove it first, or give this one another "
    "name."
)
_ONCE = {"handout_once_per_name": gettext_lazy("A document of this name is there already.")}


@dataclass(frozen=True, slots=True)
class OwnHandouts:
    """What the link of a registration gives; nothing of what is cancelled."""

    registration: Registration
    shown: PublishedActivity
    came: bool
    handouts: Sequence[Handout]
    kept_back: bool  # whether there are some for those who came, and this person did not


@transaction.atomic
def add_handout(
    *,
    seats: Seats,
    activity: Activity,
    name: str,
    content: bytes,
    reach: HandoutReach,
    now: datetime,
    is_demo: bool = False,
) -> Handout:
    """Last of the list. The same file once more is the one that is there: two clicks are one."""
    own = _locked(seats, activity)
    if own.state == ActivityState.CANCELLED:
        raise DomainError(_("It is cancelled: nobody would read the document."))
    media_type, digest = type_of(name, content), hashlib.sha256(content).hexdigest()
    there = Handout.objects.filter(activity=own)
    same = there.filter(name__iexact=name).first()
    if same is not None and same.digest == digest:
        return same
    if same is not None:
        raise DomainError(str(_SAME_NAME) % {"file": name})
    _require_room(there, len(content))
    last = there.order_by("-position").values_list("position", flat=True).first() or 0
    new = created(
        Handout(
            activity=own,
            **own.owners,
            name=name,
            reach=reach,
            position=last + 1,
            media_type=media_type,
            size=len(content),
            digest=digest,
            added_at=now,
            is_demo=is_demo,
        ),
        _ONCE,
    )
    created(HandoutFile(handout=new, **own.owners, content=content))
    _show(own)
    return new


@transaction.atomic
def change_handout(
    *,
    seats: Seats,
    activity: Activity,
    handout: int,
    name: str,
    reach: HandoutReach,
    position: int,
) -> Handout:
    """Its name (the ending stays), who may have it, and its place among the others."""
    own = _locked(seats, activity)
    row = handout_of(own, handout)
    require_name(name)
    ending = row.name[row.name.rfind(".") :]
    if not name.lower().endswith(ending.lower()):
        name = f"{name}{ending}"
        require_name(name)
    changed(row, _ONCE, name=name, reach=reach)
    others = list(Handout.objects.filter(activity=own).exclude(pk=row.pk))
    others.insert(position - 1, row)
    for at, each in enumerate(others, start=1):
        changed(each, position=at)
    _show(own)
    return row


@transaction.atomic
def remove_handout(*, seats: Seats, activity: Activity, handout: int) -> None:
    """Nobody can fetch it any more, and its bytes are gone. Twice is once."""
    own = _locked(seats, activity)
    row = Handout.objects.filter(activity=own, pk=handout).first()
    if row is not None:
        row.delete()
        _show(own)


@transaction.atomic
def fetch_open(*, seats: Seats, shown: PublishedActivity, handout: int) -> Fetched:
    """By anybody, without a link; only what the public page shows."""
    with unlocked(seats, DOOR):
        rows = Handout.objects.filter(activity_id=shown.pk, reach=HandoutReach.EVERYBODY)
        return _fetched(rows, shown, handout)


@transaction.atomic
def fetch_own(*, seats: Seats, token: str, handout: int) -> Fetched:
    """By the link of a registration; raises `DomainError` for who did not come."""
    own, shown = registration_by_link(seats=seats, token=token)
    came = has_come(own, shown)
    with unlocked(seats, DOOR):
        rows = Handout.objects.filter(activity_id=shown.pk)
        kept_back = rows.filter(pk=handout, reach=HandoutReach.CAME).exists()
        if kept_back and not came and shown.state != ActivityState.CANCELLED:
            raise DomainError(_("This document is for those who came."))
        return _fetched(rows, shown, handout)


@transaction.atomic
def handouts_by_link(*, seats: Seats, token: str) -> OwnHandouts:
    """What the page of the link lists; raises `UnknownLinkError`."""
    own, shown = registration_by_link(seats=seats, token=token)
    if shown.state == ActivityState.CANCELLED:
        return OwnHandouts(own, shown, came=False, handouts=(), kept_back=False)
    came = has_come(own, shown)
    with unlocked(seats, DOOR):
        rows = list(Handout.objects.filter(activity_id=shown.pk))
    mine = [row for row in rows if came or row.reach == HandoutReach.EVERYBODY]
    return OwnHandouts(own, shown, came, mine, kept_back=len(mine) < len(rows))


def has_handouts(*, seats: Seats, shown: PublishedActivity) -> bool:
    """Whether the page of a link has documents to lead to."""
    if shown.state == ActivityState.CANCELLED:
        return False
    with unlocked(seats, DOOR):
        return Handout.objects.filter(activity_id=shown.pk).exists()


def has_come(own: Registration, shown: PublishedActivity) -> bool:
    """Whether somebody was ticked as present."""
    with looking_as(seats_of_holders(shown)):
        return Attendance.objects.filter(registration=own).exists()


def set_of(activity: int) -> str:
    """A digest of the documents that are there; empty: none."""
    rows = Handout.objects.filter(activity_id=activity).order_by("pk")
    held = ",".join(f"{pk}:{digest}" for pk, digest in rows.values_list("pk", "digest"))
    return hashlib.sha256(held.encode()).hexdigest() if held else ""


def untold(activity: Activity) -> "QuerySet[Registration]":
    """Who came, has an address, and got no mail about the documents that are there now."""
    came = Attendance.objects.filter(activity=activity, registration__isnull=False)
    told = HandoutMail.objects.filter(told=set_of(activity.pk)).values("registration_id")
    rows = Registration.objects.filter(activity=activity, pk__in=came.values("registration_id"))
    return rows.exclude(email="").exclude(pk__in=told).order_by("pk")


def require_something_to_tell(seats: Seats, activity: Activity) -> None:
    """Before the job is asked for: somebody to write to, of documents that they may fetch."""
    access.may_change(seats, activity).require()
    shown = PublishedActivity.objects.filter(activity=activity).first()
    if shown is None:
        raise DomainError(_("It was never published: nobody has a link to it."))
    if shown.state == ActivityState.CANCELLED:
        raise DomainError(_("It is cancelled: nobody would read the document."))
    if not set_of(activity.pk):
        raise DomainError(_("There is no document yet."))
    if not untold(activity).exists():
        raise DomainError(_("Everybody who came and registered has the mail already."))


@transaction.atomic
def tell_some(*, seats: Seats, activity: int, now: datetime) -> int:
    """Mail the next of those who came; returns how many, 0 at the end. Each hears of a set once."""
    own = Activity.objects.get(pk=activity)
    access.may_change(seats, own).require()
    shown = PublishedActivity.objects.select_related("place").filter(activity=own).first()
    digest = set_of(own.pk)
    if shown is None or shown.state == ActivityState.CANCELLED or not digest:
        return 0
    about = About(shown)
    rows = untold(own).select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]
    told = 0
    for row in rows:
        created(HandoutMail(registration=row, **own.owners, told=digest, told_at=now))
        tell(row, shown, Notice.HANDOUTS, key=digest[:16], about=about)
        told += 1
    return told


def _fetched(rows: "QuerySet[Handout]", shown: PublishedActivity, handout: int) -> Fetched:
    """Inside the door. Counts how often, and keeps nobody."""
    row = rows.filter(pk=handout).first() if shown.state != ActivityState.CANCELLED else None
    if row is None:
        raise NotHereError(_("This document is not here, or not any more."))
    held = HandoutFile.objects.filter(pk=row.pk)
    held.update(fetched=F("fetched") + 1)
    return content_of(row)


def _require_room(there: "QuerySet[Handout]", size: int) -> None:
    if there.count() >= MOST_HANDOUTS:
        raise DomainError(
            _("An activity has at most %(most)s documents.") % {"most": MOST_HANDOUTS}
        )
    if (there.aggregate(sum=Sum("size"))["sum"] or 0) + size > MOST_TOGETHER:
        raise DomainError(
            _("The documents of an activity have at most %(most)s MB together.")
            % {"most": MOST_TOGETHER // MEGABYTE}
        )


def _locked(seats: Seats, activity: Activity) -> Activity:
    access.may_change(seats, activity).require()
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)


def _show(activity: Activity) -> None:
    """Bring the public row in line with what is for everybody."""
    shown = PublishedActivity.objects.filter(activity=activity).first()
    if shown is not None:
        changed(shown, handouts=shown_handouts(activity))
