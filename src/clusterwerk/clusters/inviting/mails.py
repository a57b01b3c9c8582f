"""The mail of an invitation, in the language of whoever reads it."""

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from clusterwerk.clusters.inviting.models import Invitation
from clusterwerk.clusters.wording import role_name
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
