"""Reading one mail: every input ends in something a person can look at, or in a clear refusal."""

import hashlib
import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from django.utils.translation import gettext as _

from clusterwerk.members.correspondence.forwarded import forwarded_in, without_prefix
from clusterwerk.members.correspondence.headers import (
    MOST_MAILBOXES,
    Mailbox,
    decoded,
    decoded_bytes,
    mailbox,
    mailboxes,
    raw_field,
    raw_fields,
    sent_at,
)
from clusterwerk.members.correspondence.parts import Content, ReadFile, content_of
from clusterwerk.platform.errors import DomainError

logger = logging.getLogger(__name__)

MOST_BYTES = 25 * 1024 * 1024
LONGEST_TEXT = 20_000  # signs, as a person may type into a talk
LONGEST_SUBJECT = 200
LONGEST_ID = 255
MOST_PARTS = 60  # parts that hold others; more is no letter
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_HOLDERS = re.compile(rb"content-type\s*:\s*(?:multipart|message)/", re.IGNORECASE)
# Fields that answering machines add; `Auto-Submitted` (RFC 3834) says `no` for a person's mail.
_ANSWERING = ("X-Autoreply", "X-Autorespond", "X-Auto-Response")


class TooLargeError(DomainError):
    """The mail is larger than a mail may be."""


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail as it is understood; the sender is who wrote it first, also when it was forwarded.

    `brought_by` is who sent it to us. `sent_at` is None where no believable date stands in it.
    `recipient_count` also counts those beyond the first two hundred. `is_automatic`: what came to
    us was sent by a machine, such as an answer during a holiday or a notice that a mail came back.
    """

    message_id: str
    sender: Mailbox
    recipients: tuple[Mailbox, ...]
    recipient_count: int
    sent_at: datetime | None
    subject: str
    text: str
    files: tuple[ReadFile, ...]
    brought_by: Mailbox
    return_path: str
    delivered_to: tuple[str, ...]
    is_automatic: bool = False


def read_mail(raw: bytes, now: datetime) -> ReadMail:
    """Raises `TooLargeError`; whatever else is wrong with a mail, what can be read of it is."""
    if len(raw) > MOST_BYTES:
        raise TooLargeError(_("A mail may have at most 25 MB."))
    message, content = _opened(raw)
    outer = _read(message, content, now)
    if content.mail is not None and message.get_content_type() != "multipart/report":
        return _inner(outer, content.mail, now)
    found = forwarded_in(outer.text, outer.subject)
    if found is None or not found.sender.email:
        return outer
    text = "\n\n".join(part for part in (found.note, found.text) if part.strip())
    return replace(
        outer,
        sender=found.sender,
        recipients=found.recipients[:MOST_MAILBOXES],
        recipient_count=len(found.recipients),
        sent_at=_believable(found.sent_at, now) or outer.sent_at,
        subject=found.subject[:LONGEST_SUBJECT] or without_prefix(outer.subject),
        text=text,
    )


def _opened(raw: bytes) -> tuple[Message, Content]:
    """The message and its parts; a message that is made to be hard is read as one text."""
    if len(_HOLDERS.findall(raw)) <= MOST_PARTS:
        try:
            message = BytesParser(policy=policy.compat32).parsebytes(raw)
            return message, content_of(message)
        except (RecursionError, ValueError, TypeError, AttributeError, LookupError) as error:
            logger.warning("A mail could not be taken apart: %s", type(error).__name__)
    message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
    _head, _line, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    return message, Content(decoded_bytes(body[: LONGEST_TEXT * 4], None), is_plain=True)


def _read(message: Message, content: Content, now: datetime) -> ReadMail:
    senders = mailboxes(message, "From") or mailboxes(message, "Sender")
    recipients = mailboxes(message, "To", "Cc")
    sender = senders[0] if senders else Mailbox("", "")
    text = content.text.strip("\n").expandtabs(4)
    subject = decoded(raw_field(message, "Subject"))[:LONGEST_SUBJECT]
    return ReadMail(
        message_id=_identity(message, sender, subject, text),
        sender=sender,
        recipients=tuple(recipients[:MOST_MAILBOXES]),
        recipient_count=len(recipients),
        sent_at=_believable(sent_at(message), now),
        subject=subject,
        text=_shortened(text),
        files=content.files,
        brought_by=sender,
        return_path=mailbox("", raw_field(message, "Return-Path")).email,
        delivered_to=_delivered_to(message),
        is_automatic=_is_automatic(message),
    )


def _inner(outer: ReadMail, mail: Message, now: datetime) -> ReadMail:
    """A mail that hangs on another counts, under its own number; the note above it stays."""
    content = content_of(mail)
    inner = _read(mail, content, now)
    text = "\n\n".join(part for part in (outer.text, inner.text) if part.strip())
    return replace(
        inner,
        text=_shortened(text),
        subject=inner.subject or without_prefix(outer.subject),
        sent_at=inner.sent_at or outer.sent_at,
        files=(*outer.files, *inner.files),
        brought_by=outer.sender,
        return_path=outer.return_path,
        delivered_to=outer.delivered_to,
        is_automatic=outer.is_automatic,
    )


def _is_automatic(message: Message) -> bool:
    told = raw_field(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if told not in {"", "no"} or message.get_content_type() == "multipart/report":
        return True
    precedence = raw_field(message, "Precedence").lower()
    return precedence == "auto_reply" or any(raw_field(message, name) for name in _ANSWERING)


def _identity(message: Message, sender: Mailbox, subject: str, text: str) -> str:
    """Its Message-ID; a mail without one is known by what it says."""
    told = decoded(raw_field(message, "Message-ID")).strip("<> ")
    if told and len(told) <= LONGEST_ID:
        return told
    said = told or "\0".join((raw_field(message, "Date"), sender.email, subject, text))
    return f"sha256:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()}"


def _delivered_to(message: Message) -> tuple[str, ...]:
    names = ("X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc")
    traced = [value for name in names[:3] for value in raw_fields(message, name)]
    named = [each.email for each in mailboxes(message, "To", "Cc")]
    return tuple(dict.fromkeys([*(mailbox("", value).email for value in traced), *named]))


def _believable(moment: datetime | None, now: datetime) -> datetime | None:
    """A mail of the future comes from a wrong clock, one of before mail from a wrong one too."""
    return moment if moment and OLDEST <= moment <= now else None


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    mark = "\n\n[…]"
    return text[: LONGEST_TEXT - len(mark)] + mark
