"""Mails forwarded inside the text of another: who wrote them first, when, and what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clusterwerk.members.correspondence.headers import ADDRESS, Mailbox, mailbox, one_line
from clusterwerk.members.correspondence.moments import written_moment

# Lines that mail programs put above a forwarded mail.
FORWARDS = re.compile(
    r"^[\s>*_-]*(?:begin\s+)?(?:forwarded message|doorgestuurd bericht|message transféré|"
    r"message transmis|message réexpédié|début du message (?:réexpédié|transféré)|"
    r"weitergeleitete nachricht|anfang der weitergeleiteten nachricht)[\s:*_-]*$",
    re.IGNORECASE,
)
PREFIX = re.compile(r"^\s*(?:(?:fwd?|doorst|doorgest|tr|wg)\s*:\s*)+", re.IGNORECASE)
# As in "*Van:* Jan", which comes of bold letters; French puts a space before the colon.
FIELD = re.compile(
    r"^[\s>*]*(?P<label>[^\W\d_]+(?:[ -][^\W\d_]+)?)\s?\*?\s?:\s?\*?\s*(?P<value>.*)$"
)
LABELS = {
    "sender": {"from", "van", "de", "von"},
    "date": {"date", "sent", "datum", "verzonden", "envoyé", "envoyé le", "gesendet"},
    "to": {"to", "aan", "pour", "à", "an", "cc", "kopie", "copie à"},
    "subject": {"subject", "onderwerp", "objet", "betreff", "sujet"},
    "other": {"reply-to", "antwoord aan", "beantwoorden", "répondre à", "importance", "belang"},
}
MEANING = {label: key for key, labels in LABELS.items() for label in labels}
LONGEST_HEAD = 40  # lines; many recipients take several


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail inside; `note` is what the forwarder wrote above it."""

    sender: Mailbox
    recipients: tuple[Mailbox, ...]
    sent_at: datetime | None
    subject: str
    note: str
    text: str


def without_prefix(subject: str) -> str:
    """The subject as it was before somebody forwarded it."""
    return PREFIX.sub("", subject).strip()


def forwarded_in(text: str, subject: str) -> Forwarded | None:
    """The mail that was forwarded; None for a reply, which quotes in nearly the same way.

    A mail program says so by a line above it or by the beginning of the subject.
    """
    lines = text.split("\n")
    marked = next((at for at, line in enumerate(lines) if FORWARDS.match(line)), None)
    if marked is None and not PREFIX.match(subject):
        return None
    start = 0 if marked is None else marked + 1
    for at in range(start, len(lines)):
        found = _head(lines, at)
        if found:
            end, fields = found
            above = lines[: at if marked is None else marked]
            return _forwarded(fields, above, lines[end:])
        if marked is not None and at - marked > LONGEST_HEAD:
            break
    return None


def _head(lines: Sequence[str], at: int) -> tuple[int, dict[str, list[str]]] | None:
    """Fields from this line on and the line after them; None where no head begins."""
    first = FIELD.match(lines[at])
    if not first or MEANING.get(first["label"].lower()) not in {"sender", "date", "subject"}:
        return None
    fields: dict[str, list[str]] = {}
    last, here = "", at
    while here < min(len(lines), at + LONGEST_HEAD):
        line = lines[here]
        field = FIELD.match(line)
        key = MEANING.get(field["label"].lower()) if field else None
        if field and key:
            fields.setdefault(key, []).append(field["value"].strip())
            last = key
        elif not line.strip(" >"):
            if not _goes_on(lines, here):
                break
        elif last == "to" and ("@" in line or ";" in line):
            fields["to"].append(line.strip())
        else:
            break
        here += 1
    is_head = "sender" in fields and len(fields) > 1
    return (here, fields) if is_head else None


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether another field follows an empty line, as HTML puts between its paragraphs."""
    if at + 1 >= len(lines):
        return False
    field = FIELD.match(lines[at + 1])
    return bool(field) and MEANING.get(field["label"].lower(), "") != ""  # type: ignore[index] # found


def _forwarded(
    fields: dict[str, list[str]], above: Sequence[str], below: Sequence[str]
) -> Forwarded:
    told = "; ".join(fields.get("to", []))
    return Forwarded(
        sender=_person(fields["sender"][0]),
        recipients=tuple(_person(each) for each in re.split(r"[;,]", told) if "@" in each),
        sent_at=written_moment(" ".join(fields.get("date", []))),
        subject=without_prefix(one_line(" ".join(fields.get("subject", [])).strip(" *"))),
        note="\n".join(above).strip("\n _-"),
        text="\n".join(below).strip("\n"),
    )


def _person(text: str) -> Mailbox:
    """As in `Jan <jan@x.be>`, `Jan [mailto:jan@x.be]` or `jan@x.be`."""
    found = ADDRESS.search(text.replace("mailto:", " "))
    name = re.split(r"[<\[(]|mailto:", text)[0].strip(" *\"'")
    return mailbox("" if "@" in name else name, found[0] if found else "")
