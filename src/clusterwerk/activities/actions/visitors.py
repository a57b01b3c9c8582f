"""Somebody registers by the public form, without an account, and keeps to it by a link.

The row of the places is locked first, always: people who register at once wait for each other
there. What the form answers says nothing of who is registered; the mail to the address does.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.membership import Known, known_by_address
from clusterwerk.activities.models import (
    LIVING,
    ActivityPlaces,
    Audience,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.notices import Notice, on_their_way, tell
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

DOOR = "registration"
CONFIRM_WITHIN = timedelta(hours=1)
MOST_UNPROVEN = 3_000  # asked for an activity within that time; real people confirm in between
REFUSED = {
    "places_are_not_given_twice": gettext_lazy("There are not that many places left."),
    "places_are_kept": gettext_lazy("Publish the activity before people register."),
    "registration_once_per_address": gettext_lazy("This address is registered already."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrant:
    """What somebody types of themselves."""

    name: str
    email: str
    language: str
    telephone: str = ""
    organisation: str = ""
    guests: int = 0
    remark: str = ""
    answers: Sequence[Mapping[str, Any]] = ()


class UnknownLinkError(DomainError):
    """No registration has this link."""


@transaction.atomic
def register(*, seats: Seats, activity: int, who: Registrant, now: datetime) -> None:
    """Hold places for an hour, or a place on the waiting list; the mail asks to confirm.

    Raises `DomainError` when nobody may register now, or when it is full. A second registration
    with one address changes nothing: the same answer, and a mail that says so.
    """
    with unlocked(seats, DOOR):
        _require_calm(activity, now)
        places = locked_places(activity)
        shown = PublishedActivity.objects.get(pk=activity)
        require_open(shown, now)
        is_held = _fits(places, who.guests)
        if not is_held and not shown.has_waiting_list:
            raise DomainError(_("There are not that many places left."))
        own = Registration.objects.filter(
            activity_id=activity, email__iexact=who.email, state__in=LIVING
        ).first()
        if own is not None:
            tell(own, shown, Notice.AGAIN, key=f"{now:%Y%m%d%H}")
            return
        known = known_by_address(shown, who.email)
        approved = known.is_member or shown.audience != Audience.MEMBERS
        state = RegistrationState.UNCONFIRMED if is_held and approved else RegistrationState.WAITING
        new = created(new_registration(shown, who, known, now, state, approved=approved), REFUSED)
        tell(new, shown, Notice.CONFIRM)


@transaction.atomic
def confirm_registration(*, seats: Seats, token: str, now: datetime) -> Registration:
    """The button of the link: whoever reads the mail of the address means it. Twice is once."""
    with unlocked(seats, DOOR):
        own, shown = _by_link(token)
        if is_late(own, now):
            lapse(own)
            move_up(shown, now)
            return own
        if own.state not in LIVING or own.confirmed_at is not None:
            return own
        require_coming(shown, now)
        if own.state == RegistrationState.UNCONFIRMED:
            changed(own, state=RegistrationState.CONFIRMED, confirmed_at=now)
            tell(own, shown, Notice.CONFIRMED)
        else:
            changed(own, confirmed_at=now)
            move_up(shown, now)
            own.refresh_from_db()
            if own.state == RegistrationState.WAITING:
                tell(own, shown, Notice.WAITING)
    return own


@transaction.atomic
def withdraw_registration(*, seats: Seats, token: str, now: datetime) -> Registration:
    """By the link; the places go to whoever waits longest and fits. Twice is once."""
    with unlocked(seats, DOOR):
        own, shown = _by_link(token)
        if own.state in LIVING:
            require_coming(shown, now)
            withdraw(own, shown, now)
    return own


def registration_by_link(*, seats: Seats, token: str) -> tuple[Registration, PublishedActivity]:
    """What the page of the link shows; raises `UnknownLinkError`."""
    with unlocked(seats, DOOR):
        own = Registration.objects.filter(token=token).first()
        if own is None:
            raise UnknownLinkError(_("Nobody is registered with this link."))
        return own, PublishedActivity.objects.select_related("place").get(pk=own.activity_id)


def withdraw(own: Registration, shown: PublishedActivity, now: datetime) -> None:
    """Inside the door, with the places locked."""
    changed(own, state=RegistrationState.CANCELLED)
    tell(own, shown, Notice.WITHDRAWN)
    move_up(shown, now)


def move_up(shown: PublishedActivity, now: datetime) -> int:
    """Give free places to who waits, oldest first that fits; inside the door, places locked."""
    if shown.is_past(now) or not shown.takes_registrations or shown.state != "published":
        return 0
    places = ActivityPlaces.objects.get(pk=shown.pk)
    waiting = Registration.objects.filter(
        activity_id=shown.pk,
        state=RegistrationState.WAITING,
        approved=True,
        confirmed_at__isnull=False,
    )
    moved = 0
    for own in waiting.order_by("asked_at", "pk"):
        if not _fits(places, own.guests):
            continue
        changed(own, REFUSED, state=RegistrationState.CONFIRMED)
        places.taken += own.people
        tell(own, shown, Notice.MOVED_UP)
        moved += 1
    return moved


def lapse(own: Registration) -> None:
    changed(own, state=RegistrationState.LAPSED)


def state_shown(own: Registration, now: datetime) -> RegistrationState:
    """The state; one that nobody confirmed in time is over before its job came by."""
    return RegistrationState.LAPSED if is_late(own, now) else RegistrationState(own.state)


def is_late(own: Registration, now: datetime) -> bool:
    """Whether nobody confirmed in time; holds before the job that lapses it came by."""
    return bool(late_of([own], now))


def late_of(asked: Sequence[Registration], now: datetime) -> list[Registration]:
    """Those that nobody confirmed within the hour after the mail that asks for it left."""
    old = [
        own
        for own in asked
        if own.state in LIVING and own.confirmed_at is None and own.asked_at + CONFIRM_WITHIN <= now
    ]
    waits = on_their_way(old, now, CONFIRM_WITHIN) if old else set()
    return [own for own in old if own.pk not in waits]


def locked_places(activity: int) -> ActivityPlaces:
    """Whoever changes registrations of an activity waits here, before anything is read."""
    found = ActivityPlaces.objects.select_for_update(of=("self",)).filter(pk=activity).first()
    if found is None:
        raise DomainError(_("Publish the activity before people register."))
    return found


def require_open(shown: PublishedActivity, now: datetime) -> None:
    if shown.state == "cancelled":
        raise DomainError(_("This activity is cancelled."))
    if not shown.registers(now):
        raise DomainError(_("Registration is closed."))


def require_coming(shown: PublishedActivity, now: datetime) -> None:
    if shown.state == "cancelled":
        raise DomainError(_("This activity is cancelled."))
    if shown.is_past(now):
        raise DomainError(_("This activity is over."))


def new_registration(
    shown: PublishedActivity,
    who: Registrant,
    known: Known,
    now: datetime,
    state: RegistrationState,
    *,
    approved: bool = True,
) -> Registration:
    return Registration(
        **shown.owners,
        activity_id=shown.pk,
        name=" ".join(who.name.split()),
        email=who.email.strip().lower(),
        telephone=who.telephone,
        organisation_id=known.organisation,
        printed_organisation="" if known.organisation else who.organisation,
        contact_id=known.contact,
        guests=who.guests,
        remark=who.remark,
        answers=list(who.answers),
        state=state,
        token=secrets.token_urlsafe(24),
        approved=approved,
        language=who.language,
        price=_price(shown, known),
        told=shown.sequence,
        asked_at=now,
        is_demo=shown.is_demo,
    )


def _price(shown: PublishedActivity, known: Known) -> Decimal | None:
    asked: Decimal | None = shown.price_member if known.is_member else shown.price_other
    return asked


def _require_calm(activity: int, now: datetime) -> None:
    """Before anybody waits: from many networks at once programs could hold every place."""
    asked = Registration.objects.filter(
        activity_id=activity, confirmed_at=None, asked_at__gt=now - CONFIRM_WITHIN
    )
    if asked.filter(state__in=(*LIVING, RegistrationState.LAPSED))[MOST_UNPROVEN - 1 :].exists():
        raise DomainError(
            _("Very many people are registering. What you typed is still here: try in an hour.")
        )


def _fits(places: ActivityPlaces, guests: int) -> bool:
    return places.left is None or places.left >= 1 + guests


def _by_link(token: str) -> tuple[Registration, PublishedActivity]:
    """The row anew after its places are locked: another request may have moved it."""
    found = Registration.objects.filter(token=token).values_list("activity", flat=True).first()
    if found is None:
        raise UnknownLinkError(_("Nobody is registered with this link."))
    locked_places(found)
    own = Registration.objects.select_for_update(of=("self",)).get(token=token)
    return own, PublishedActivity.objects.get(pk=found)
