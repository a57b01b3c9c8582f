"""Handing mail to the mail server: at once, or by a job that goes on while the server is away.

A mail carries a Message-ID of its own from the start, the same at each attempt. Mail servers do not
promise to deliver one id once, so a mail counts as not repeatable: when nobody can say whether it
went out, a person decides.
"""

import logging
from datetime import timedelta
from email.utils import make_msgid
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror
from typing import Any

from django.core.mail import DNS_NAME, EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.message import EmailAttachment
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, opened
from clusterwerk.platform.jobs.asking import app
from clusterwerk.platform.jobs.effects import LIFETIME, NotDoneError, ask_effect, effect
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.mail.models import OutgoingMail

logger = logging.getLogger(__name__)

UNDECIDED = timedelta(days=90)  # that the text of a mail waits for a decision
NEVER_CONNECTED = (ConnectionRefusedError, gaierror)
PERMANENT = 500  # SMTP answers from here on are for good


class Handed(Enum):
    """What became of a mail."""

    SENT = "sent"
    KEPT = "kept"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


def send_or_keep(
    message: EmailMessage, *, lifetime: timedelta = LIFETIME, lapses: bool = False
) -> Handed:
    """Send while somebody waits for it; a server that is away gets it from a job later.

    Keeps it in the open transaction, for `lifetime`; `lapses`: later it is of no use.
    """
    try:
        deliver(message)
    except NotDoneError as error:
        logger.warning("A mail could not be handed over: %s", error)
        if error.for_good:
            return Handed.REFUSED
        send_later(message, lifetime=lifetime, lapses=lapses)
        return Handed.KEPT
    except (SMTPException, OSError):
        logger.exception("The mail server did not say whether it took a mail.")
        return Handed.UNCERTAIN
    return Handed.SENT


def send_later(
    message: EmailMessage,
    *,
    key: str = "",
    actor: int | None = None,
    run: int | None = None,
    lifetime: timedelta = LIFETIME,
    lapses: bool = False,
) -> OutsideEffect:
    """Let a job send it once the open transaction commits. A key sends the same mail once."""
    kept_for = lifetime if lapses else UNDECIDED
    with opened("mail"):
        mail = OutgoingMail.objects.create(
            content=_content(message), expires_at=timezone.now() + kept_for
        )
    facts: dict[str, Any] = {"key": key, "actor": actor, "run": run, "label": _masked(message)}
    noted = ask_effect(MAIL, subject=mail.pk, lifetime=lifetime, lapses=lapses, **facts)
    if noted.subject != mail.pk:  # the same was asked before
        with opened("mail"):
            mail.delete()
    return noted


def deliver(message: EmailMessage) -> None:
    """Hand it over. `NotDoneError`: it surely was not; another error: nobody can say."""
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=str(DNS_NAME)))
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise NotDoneError(f"no connection to the mail server ({error})") from error
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise NotDoneError(f"refused: {codes}", for_good=min(codes) >= PERMANENT) from error
    except SMTPResponseException as error:
        for_good = error.smtp_code >= PERMANENT
        raise NotDoneError(f"refused: {error.smtp_code}", for_good=for_good) from error
    except NEVER_CONNECTED as error:
        raise NotDoneError(f"no connection to the mail server ({error})") from error
    finally:
        connection.close()


def _forget(noted: OutsideEffect) -> None:
    with opened("mail"):
        OutgoingMail.objects.filter(pk=noted.subject or 0).delete()


@effect("mail", title=_("E-mail"), forget=_forget)
def MAIL(noted: OutsideEffect) -> None:  # noqa: N802 - the decorator makes it the kind
    with acting(NOBODY), opened("mail"):
        mail = OutgoingMail.objects.filter(pk=noted.subject or 0).first()
    if mail is None:
        raise NotDoneError("its text is no longer kept", for_good=True)
    deliver(_message(mail.content))


def _content(message: EmailMessage) -> dict[str, Any]:
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=str(DNS_NAME)))
    alternatives = getattr(message, "alternatives", [])
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(text), kind] for text, kind in alternatives],
        "attachments": [_attached(one) for one in message.attachments],
    }


def _attached(one: EmailAttachment) -> list[str]:
    """A file of a mail is text in UTF-8: it waits in the database beside the words."""
    content = one.content.decode() if isinstance(one.content, bytes) else str(one.content)
    return [str(one.filename), content, str(one.mimetype)]


def _message(content: dict[str, Any]) -> EmailMultiAlternatives:
    """A mail that waited since a version without files has none."""
    parts = {"alternatives", "attachments"}
    facts = {name: value for name, value in content.items() if name not in parts}
    message = EmailMultiAlternatives(**facts)
    for text, kind in content["alternatives"]:
        message.attach_alternative(text, kind)
    for name, text, kind in content.get("attachments", []):
        message.attach(name, text.encode(), kind)
    return message


def _masked(message: EmailMessage) -> str:
    """Enough to know again whom it was for, too little to learn it."""
    name, _at, host = (message.to[0] if message.to else "").rpartition("@")
    return f"{name[:1]}…@{host}" if name else ""


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget_mails")
def forget_mails(timestamp: int) -> None:  # noqa: ARG001
    """Delete the texts whose time is over."""
    with acting(NOBODY, reason="mails whose time is over"), opened("mail"):
        OutgoingMail.objects.filter(expires_at__lt=timezone.now()).delete()
