"""The parts of a mail: its text, the files with it, and a mail that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePath

from clusterwerk.members.correspondence.headers import decoded, decoded_bytes, one_line, raw_field
from clusterwerk.members.correspondence.plain import text_of_html

DEEPEST = 20  # levels of parts inside parts
MOST_FILES = 50
LONGEST_NAME = 200
# Parts that mail programs send without a name, and that a person would miss.
NAMED = {"text/calendar": "invitation.ics", "text/vcard": "card.vcf"}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file with a mail, decoded."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What was found in a part and those inside it."""

    text: str = ""
    files: tuple[ReadFile, ...] = ()
    mail: "Message | None" = None
    is_plain: bool = False


def content_of(part: Message, depth: int = 0) -> Content:
    """Text for a reader, files, and the first mail that hangs on it; nothing deeper than twenty."""
    if depth > DEEPEST:
        return Content()
    kind = part.get_content_type()
    inside = part.get_payload()
    if kind == "message/rfc822" and isinstance(inside, list):
        hanging = next((each for each in inside if isinstance(each, Message)), None)
        return Content(mail=hanging) if depth else Content()
    if isinstance(inside, list):
        found = [content_of(each, depth + 1) for each in inside if isinstance(each, Message)]
        return _chosen(found) if kind == "multipart/alternative" else _together(found)
    return _single(part, kind)


def _chosen(found: Sequence[Content]) -> Content:
    """Of several forms of one text the plain one, when it says something."""
    said = [each for each in found if each.text.strip()]
    plain = next((each for each in said if each.is_plain), None)
    text = plain or (said[-1] if said else Content())
    return Content(text.text, _files(found), _mail(found), text.is_plain)


def _together(found: Sequence[Content]) -> Content:
    texts = [each.text.strip("\n") for each in found if each.text.strip()]
    is_plain = any(each.is_plain for each in found)
    return Content("\n\n".join(texts), _files(found), _mail(found), is_plain)


def _files(found: Sequence[Content]) -> tuple[ReadFile, ...]:
    return tuple(file for each in found for file in each.files)[:MOST_FILES]


def _mail(found: Sequence[Content]) -> Message | None:
    return next((each.mail for each in found if each.mail is not None), None)


def _single(part: Message, kind: str) -> Content:
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    is_file = part.get_content_disposition() == "attachment" or bool(_name(part))
    if kind in {"text/plain", "text/html"} and not is_file:
        text = decoded_bytes(content, part.get_content_charset())
        if kind == "text/html":
            return Content(text_of_html(text))
        return Content(text, is_plain=True)
    return Content(files=(ReadFile(_safe(_name(part)) or NAMED.get(kind, ""), kind, content),))


def _name(part: Message) -> str:
    try:
        return decoded(part.get_filename() or "")
    except (LookupError, UnicodeError, ValueError, TypeError):  # a name in an unknown charset
        return decoded(raw_field(part, "Content-Description"))


def _safe(name: str) -> str:
    """A name without folders; its ending stays when it is too long."""
    base = PurePath(one_line(name).replace("\\", "/")).name.strip(" .")
    ending = PurePath(base).suffix[:20]
    return base if len(base) <= LONGEST_NAME else base[: LONGEST_NAME - len(ending)] + ending
