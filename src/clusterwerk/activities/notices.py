"""Mails to who registered: plain text, in the language in which they registered, sent once."""

from enum import StrEnum
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    Activity,
    PublishedActivity,
    Registration,
    RegistrationState,
)
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
    CHANGED = "changed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


WITH_MEETING = {Notice.CONFIRMED, Notice.MOVED_UP, Notice.CHANGED}


def tell(own: Registration, shown: PublishedActivity, notice: Notice, key: str = "") -> None:
    """Once the open transaction commits; the same of the same moment goes out once.

    Nobody is told whose address is not known, such as somebody the team wrote down by name.
    """
    if not own.email:
        return
    with translation.override(own.language):
        message = _message(own, shown, notice)
    send_later(message, key=f"registration:{own.pk}:{notice}:{key or shown.sequence}")


def _message(own: Registration, shown: PublishedActivity, notice: Notice) -> EmailMessage:
    context: dict[str, Any] = {
        "registration": own,
        "activity": shown,
        "notice": notice.value,
        "link": public_address(reverse("agenda:registration_link", args=[own.token])),
        "page": public_address(reverse("agenda:agenda_detail", args=[shown.uid])),
        "meeting": _meeting(own, shown, notice),
        "starts": shown.starts_at.astimezone(shown.zone) if shown.starts_at else None,
        "ends": shown.ends_at.astimezone(shown.zone) if shown.ends_at else None,
    }
    subject = render_to_string("activities/email/registration_subject.txt", context)
    body = render_to_string("activities/email/registration_message.txt", context)
    lines = [line.rstrip() for line in body.strip().splitlines()]
    text = "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
    return EmailMessage(" ".join(subject.split()), text + "\n", to=[own.email])


def _meeting(own: Registration, shown: PublishedActivity, notice: Notice) -> str:
    """The address of the online meeting, which only who has a place reads."""
    is_coming = own.state == RegistrationState.CONFIRMED and notice in WITH_MEETING
    if not is_coming or not shown.is_online:
        return ""
    with looking_as(seats_of_holders(shown)):
        found = Activity.objects.filter(pk=shown.pk).values_list("online_url", flat=True).first()
    return found or ""
