"""Reads the messages that were caught."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"\d{20}-\d+-\d+")


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One message; `text` and `html` are as they were sent, to be escaped by whoever shows them."""

    name: str
    caught_at: datetime
    subject: str
    sender: str
    to: str
    text: str
    html: str


def caught_mails() -> list[CaughtMail]:
    """Newest first."""
    paths = sorted(Path(settings.MAIL_CATCHER_FOLDER).glob("[0-9]*.eml"), reverse=True)
    found = (caught_mail(path.stem) for path in paths)
    return [mail for mail in found if mail]


def caught_mail(name: str) -> CaughtMail | None:
    """The message of this name; None when there is none or it was dropped meanwhile."""
    if not NAME.fullmatch(name):
        return None
    try:
        content = (Path(settings.MAIL_CATCHER_FOLDER) / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return CaughtMail(
        name=name,
        caught_at=datetime.fromtimestamp(int(name[:20]) / 1e9, tz=UTC),
        subject=str(message.get("Subject", "")),
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
