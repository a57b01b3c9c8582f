"""The mail of an invitation, in the language of whoever reads it."""

from datetime import timedelta

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clusterwerk.clusters.inviting.models import Invitation, SeatRequest
from clusterwerk.clusters.models import Seat
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import SeatKind
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.models import User
from clusterwerk.platform.site import public_address

SALT = "clusterwerk.clusters.inviting"


def token_of(invitation: Invitation) -> str:
    """The part of the address that opens the invitation; how long it works stands on the row."""
    return signing.dumps(invitation.pk, salt=SALT)


def invitation_of(token: str) -> int | None:
    """The number of the invitation; None when nobody here made the link."""
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def send(invitation: Invitation, sender: User, language: str) -> None:
    """Once the open transaction commits; the same mail of the same sending goes out once."""
    with translation.override(language):
        message = _message(invitation, sender)
    send_later(
        message,
        key=f"invitation:{invitation.pk}:{invitation.times_sent}",
        actor=sender.pk,
        lifetime=invitation.expires_at - invitation.sent_at,
        lapses=True,
    )


def _message(invitation: Invitation, sender: User) -> EmailMessage:
    path = reverse("people:invitation_accept", args=[token_of(invitation)])
    context = {
        "invitation": invitation,
        "role": role_name(invitation.role),
        "sender": sender,
        "address": public_address(path),
    }
    subject = render_to_string("clusters/email/invitation_subject.txt", context)
    body = render_to_string("clusters/email/invitation_message.txt", context)
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[invitation.email])


def tell_stewards() -> None:
    """That requests wait; one mail an hour to each, without a word about whom they concern."""
    today = timezone.localdate()
    with looking_as(seats_of_command()):
        rows = Seat.objects.filter(kind=SeatKind.STEWARD, user__is_active=True).held_on(today)
        stewards = [seat.user for seat in rows.select_related("user")]
    hour = timezone.now().strftime("%Y-%m-%d %H")
    for steward in stewards:
        with translation.override(steward.language or translation.get_language()):
            subject = _("Somebody asks access for a member organisation")
            lines = [_("A request waits for your decision:")]
        _tell(steward, subject, lines, reverse("people:installation_people"), f"asked:{hour}")


def tell_who_asked(request: SeatRequest) -> None:
    """That the request was decided on; the answer stands on the page."""
    asker = request.asked_by
    with translation.override(asker.language or translation.get_language()):
        subject = _("Your request for access was answered")
        lines = [_("Read the answer, and what follows:")]
    _tell(asker, subject, lines, reverse("people:own_people"), f"answered:{request.pk}")


def _tell(person: User, subject: str, lines: list[str], path: str, key: str) -> None:
    body = "\n".join([*lines, public_address(path), "", "--", "Clusterwerk", ""])
    message = EmailMessage(subject, body, to=[person.email])
    send_later(message, key=f"{key}:{person.pk}", lifetime=timedelta(days=2), lapses=True)
