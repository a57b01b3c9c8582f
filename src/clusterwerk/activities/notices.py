"""Mails to who registered: plain text, in the language in which they registered, sent once."""

from email.utils import parseaddr
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
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
from clusterwerk.platform.mail.outgoing import send_later
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


WITH_PLACE = {Notice.CONFIRMED, Notice.MOVED_UP, Notice.REMINDER, Notice.CHANGED}
CALLED_OFF = {Notice.CANCELLED, Notice.WITHDRAWN}


def tell(own: Registration, shown: PublishedActivity, notice: Notice, key: str = "") -> None:
    """Once the open transaction commits; the same of the same moment goes out once.

    Nobody is told whose address is not known, such as somebody the team wrote down by name.
    """
    if not own.email:
        return
    with translation.override(own.language):
        message = _message(own, shown, notice)
    send_later(message, key=f"registration:{own.pk}:{notice}:{key or shown.sequence}")


def _message(own: Registration, shown: PublishedActivity, notice: Notice) -> EmailMultiAlternatives:
    meeting = _meeting(own, shown, notice)
    context: dict[str, Any] = {
        "registration": own,
        "activity": shown,
        "notice": notice.value,
        "link": public_address(reverse("agenda:registration_link", args=[own.token])),
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
        _add_calendar(message, own, shown, method, meeting)
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
    shown: PublishedActivity,
    method: Method,
    meeting: str,
) -> None:
    """As a part that mail programmes act on by themselves (RFC 6047, 2.4), and as a file."""
    holders = shown_of([shown])[0].holders
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    invited = Invited(Party(", ".join(holders), sender), Party(own.name, own.email))
    file = calendar_file(shown, method, invited=invited, holders=holders, online_url=meeting)
    message.attach_alternative(file.decode(), f"text/calendar; method={method}")
    message.attach("invite.ics", file, "application/ics")


def _meeting(own: Registration, shown: PublishedActivity, notice: Notice) -> str:
    """The address of the online meeting, which only who has a place reads."""
    is_coming = own.state == RegistrationState.CONFIRMED and notice in WITH_PLACE
    if not is_coming or not shown.is_online:
        return ""
    with looking_as(seats_of_holders(shown)):
        found = Activity.objects.filter(pk=shown.pk).values_list("online_url", flat=True).first()
    return found or ""
