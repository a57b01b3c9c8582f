"""Mails to who registered: plain text, in the language in which they registered, sent once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from clusterwerk.activities.calendars.files import Invited, Method, Party, calendar_file
from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    Activity,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.queries.agenda import shown_of
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.session import opened
from clusterwerk.platform.jobs.effects import LIFETIME
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.jobs.states import EffectState
from clusterwerk.platform.mail.models import OutgoingMail
from clusterwerk.platform.mail.outgoing import MAIL, send_later
from clusterwerk.platform.site import public_address


class Notice(StrEnum):
    """What a mail tells."""

    CONFIRM = "confirm"
    AGAIN = "again"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    REMINDER = "reminder"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    FEEDBACK = "feedback"
    HANDOUTS = "handouts"


WITH_PLACE = {Notice.CONFIRMED, Notice.MOVED_UP, Notice.REMINDER, Notice.CHANGED}
CALLED_OFF = {Notice.CANCELLED, Notice.WITHDRAWN}


@dataclass(frozen=True)
class About:
    """What all mails about one activity share, read once for many of them."""

    shown: PublishedActivity

    @cached_property
    def holders(self) -> Sequence[str]:
        return shown_of([self.shown])[0].holders

    @cached_property
    def online_url(self) -> str:
        with looking_as(seats_of_holders(self.shown)):
            found = Activity.objects.filter(pk=self.shown.pk).values_list("online_url", flat=True)
            return found.first() or ""


def tell(
    own: Registration,
    shown: PublishedActivity,
    notice: Notice,
    key: str = "",
    *,
    about: About | None = None,
    until: timedelta = LIFETIME,
) -> None:
    """Once the open transaction commits; the same of the same moment goes out once.

    Nobody is told whose address is not known, such as somebody the team wrote down by name.
    `until`: while the mail server is away it is tried so long, and then of no use if that is less
    than usual.
    """
    if not own.email:
        return
    with translation.override(own.language):
        message = _message(own, about or About(shown), notice)
    named = f"registration:{own.pk}:{notice}:{key or shown.sequence}"
    send_later(message, key=named, lifetime=until, lapses=until < LIFETIME)


def on_their_way(asked: Sequence[Registration], now: datetime, within: timedelta) -> set[int]:
    """Of these, whose mail to confirm waits for the mail server, or left it less than so long ago.

    The server may be away for longer than people have to confirm.
    """
    keys = {f"registration:{own.pk}:{Notice.CONFIRM}:{own.told}": own.pk for own in asked}
    waits = Q(state__in=(EffectState.ASKED, EffectState.DOING), attempts__gt=0)
    with opened("jobs"):
        mails = OutsideEffect.objects.filter(
            waits | Q(ended_at__gt=now - within), kind=MAIL.kind, key__in=keys
        )
        return {keys[key] for key in mails.values_list("key", flat=True)}


def drop_waiting(registrations: Iterable[int]) -> None:
    """Forget the mails about these that have not left: their jobs find nothing to send."""
    for pk in registrations:
        with opened("jobs"):
            asked = OutsideEffect.objects.filter(
                kind=MAIL.kind, state=EffectState.ASKED, key__startswith=f"registration:{pk}:"
            )
            mails = {subject for subject in asked.values_list("subject", flat=True) if subject}
        with opened("mail"):
            OutgoingMail.objects.filter(pk__in=mails).delete()


def _message(own: Registration, about: About, notice: Notice) -> EmailMultiAlternatives:
    shown = about.shown
    meeting = _meeting(own, about, notice)
    context: dict[str, Any] = {
        "registration": own,
        "activity": shown,
        "notice": notice.value,
        "link": public_address(reverse("agenda:registration_link", args=[own.token])),
        "handouts": public_address(reverse("agenda:own_handouts", args=[own.token])),
        "feedback": public_address(reverse("agenda:feedback", args=[own.token])),
        "page": public_address(reverse("agenda:agenda_detail", args=[shown.uid])),
        "meeting": meeting,
        "starts": shown.starts_at.astimezone(shown.zone) if shown.starts_at else None,
        "ends": shown.ends_at.astimezone(shown.zone) if shown.ends_at else None,
    }
    subject = render_to_string("activities/email/registration_subject.txt", context)
    body = render_to_string("activities/email/registration_message.txt", context)
    lines = [line.rstrip() for line in body.strip().splitlines()]
    text = "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
    message = EmailMultiAlternatives(" ".join(subject.split()), text + "\n", to=[own.email])
    method = _asked_of_calendar(own, notice)
    if method is not None:
        _add_calendar(message, own, about, method, meeting)
    return message


def _asked_of_calendar(own: Registration, notice: Notice) -> Method | None:
    """Who has a place gets it into the calendar; whoever may have had it there, out of it."""
    if notice in CALLED_OFF:
        return Method.CANCEL
    has_place = own.state == RegistrationState.CONFIRMED
    return Method.REQUEST if has_place and notice in WITH_PLACE else None


def _add_calendar(
    message: EmailMultiAlternatives,
    own: Registration,
    about: About,
    method: Method,
    meeting: str,
) -> None:
    """As a part that mail programmes act on by themselves (RFC 6047, 2.4), and as a file."""
    shown, holders = about.shown, about.holders
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    invited = Invited(Party(", ".join(holders), sender), Party(own.name, own.email))
    file = calendar_file(shown, method, invited=invited, holders=holders, online_url=meeting)
    message.attach_alternative(file.decode(), f"text/calendar; method={method}")
    message.attach("invite.ics", file, "application/ics")


def _meeting(own: Registration, about: About, notice: Notice) -> str:
    """The address of the online meeting, which only who has a place reads."""
    is_coming = own.state == RegistrationState.CONFIRMED and notice in WITH_PLACE
    return about.online_url if is_coming and about.shown.is_online else ""
