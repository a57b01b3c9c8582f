"""One mail of a mailing: for whom, in which language, with the way out in its head and foot."""

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import DNS_NAME, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from clusterwerk.activities.mailings.texts import (
    FIRST_NAME,
    LINK,
    ORGANISATION,
    as_html,
    as_line,
    as_plain,
)
from clusterwerk.activities.models import Mailing, MailingRecipient, PublishedActivity, Written
from clusterwerk.platform.site import public_address

RETURN_PREFIX = "mailing-"


def message_for(mailing: Mailing, recipient: MailingRecipient) -> EmailMultiAlternatives:
    """The same at each attempt, its Message-ID too; mail that comes back names the recipient."""
    shown = shown_to(mailing, recipient)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    leave = leave_address(recipient)
    host = str(DNS_NAME)
    message = EmailMultiAlternatives(
        shown["subject"],
        shown["plain"],
        return_address(recipient) or sender,
        [recipient.email],
        reply_to=[mailing.reply_to] if mailing.reply_to else None,
        headers={
            "From": formataddr((" ".join(mailing.sender_name.split()), sender)),
            "Message-ID": f"<mailing.{recipient.pk}.{recipient.token[:8]}@{host}>",
            "List-ID": f"<{mailing.kind}.{mailing.cluster_id}.{host}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": shown["language"],
        },
    )
    message.attach_alternative(shown["html"], "text/html")
    return message


def shown_to(mailing: Mailing, recipient: MailingRecipient) -> dict[str, Any]:
    """Subject, plain text and HTML, in the language of the recipient."""
    language, subject, text = mailing.written_in(recipient.language)
    values = {
        FIRST_NAME: recipient.first_name,
        ORGANISATION: recipient.organisation_name,
        LINK: link_of(mailing),
    }
    context = {
        "mailing": mailing,
        "recipient": recipient,
        "language": language,
        "leave": leave_address(recipient),
        "web": newsletter_address(mailing) if mailing.is_public else "",
    }
    with translation.override(language):
        plain = context | {"subject": as_line(subject, values), "text": as_plain(text, values)}
        html = context | {"subject": plain["subject"], "text": as_html(text, values)}
        return {
            "language": language,
            "subject": plain["subject"],
            "content": html["text"],
            "plain": render_to_string("activities/email/mailing_message.txt", plain).strip() + "\n",
            "html": render_to_string("activities/email/mailing_message.html", html),
        }


def read_on_the_web(written: Written, language: str, link: str) -> tuple[str, str, SafeString]:
    """Language, subject and text for everybody: nothing of a recipient stands in it."""
    kept, subject, text = written.written_in(language)
    values = {LINK: link}
    return kept, as_line(subject, values), as_html(text, values)


def link_of(mailing: Mailing) -> str:
    """To the public page of the activity, or of the newsletter itself."""
    if mailing.activity_id is not None:
        rows = PublishedActivity.objects.filter(pk=mailing.activity_id)
        uid = rows.values_list("uid", flat=True).first()
        if uid is not None:
            return public_address(reverse("agenda:agenda_detail", args=[uid]))
    return newsletter_address(mailing) if mailing.is_public else ""


def newsletter_address(mailing: Mailing) -> str:
    return public_address(reverse("agenda:newsletter_detail", args=[mailing.uid]))


def leave_address(recipient: MailingRecipient) -> str:
    return public_address(reverse("agenda:unsubscribe", args=[recipient.token or "preview"]))


def return_address(recipient: MailingRecipient) -> str:
    """Where mail that comes back goes, one for each recipient; empty where none is taken in."""
    if not settings.MAIL_IN_DOMAIN or not recipient.token:
        return ""
    return f"{RETURN_PREFIX}{recipient.token}@{settings.MAIL_IN_DOMAIN}"
