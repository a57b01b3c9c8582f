"""Header fields of mails as people read them, whatever bytes they were written in."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from clusterwerk.platform.addresses import written_email
from clusterwerk.platform.errors import DomainError

LONGEST_FIELD = 600_000  # signs; a list of ten thousand recipients is half of it
LONGEST_NAME = 200
MOST_MAILBOXES = 200
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
# What PostgreSQL cannot hold, and half characters.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Name and address of a person; the address in lower case, empty when it is none."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>".strip() if self.name else self.email


def clean(text: str) -> str:
    """Text that can be kept: no nulls, no half characters, line ends of one kind."""
    return UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def decoded_bytes(content: bytes, charset: str | None) -> str:
    """In the charset named, else UTF-8, else Windows Latin; wrong bytes become a mark."""
    for name in (charset, "utf-8"):
        try:
            return clean(content.decode(name or "ascii"))
        except (LookupError, UnicodeError, ValueError):
            continue
    return clean(content.decode("cp1252", "replace"))


def raw_field(message: Message, name: str) -> str:
    """The first field of that name, undecoded; bytes beyond ASCII are read as text."""
    return next(iter(raw_fields(message, name)), "")


def raw_fields(message: Message, name: str) -> list[str]:
    found = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [_unfolded(str(value)) for value in found]


def _unfolded(value: str) -> str:
    cut = value[:LONGEST_FIELD].encode("utf-8", "surrogateescape")
    return re.sub(r"[\r\n]+[ \t]*", " ", decoded_bytes(cut, None)).strip()


def decoded(value: str) -> str:
    """Encoded words (RFC 2047) become text; what cannot be decoded stays as it was written."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return one_line(value)
    text = "".join(
        piece if isinstance(piece, str) else decoded_bytes(piece, charset)
        for piece, charset in pieces
    )
    return one_line(text)


def one_line(text: str) -> str:
    """Without control characters and marks that turn the direction of text."""
    kept = (sign if unicodedata.category(sign) not in {"Cc", "Cf"} else " " for sign in clean(text))
    return " ".join("".join(kept).split())


def mailbox(name: str, address: str) -> Mailbox:
    try:
        email = written_email(address)
    except DomainError:
        found = ADDRESS.search(address)
        email = found[0].lower() if found else ""
    shown = decoded(name).strip(" '\"")[:LONGEST_NAME]
    return Mailbox("" if shown.lower() == email else shown, email)


def mailboxes(message: Message, *names: str) -> list[Mailbox]:
    """Everybody in these fields once, in their order, also where an address is broken."""
    values = [value for name in names for value in raw_fields(message, name)]
    found = (mailbox(name, address) for name, address in getaddresses(values) if name or address)
    by_address = {each.email or each.name: each for each in found}
    return list(by_address.values())


def sent_at(message: Message) -> datetime | None:
    """When the message says that it was sent; None where it does not or cannot be."""
    try:
        moment = parsedate_to_datetime(raw_field(message, "Date"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
