"""The words of a mailing: plain text with headings, lists and links, as HTML and as plain text.

A line that begins with `## ` is a heading, lines that begin with `- ` are a list, `**words**` are
bold, `[words](https://…)` is a link. `{first_name}`, `{organisation}` and `{link}` stand for what
is known of each recipient. They are filled in after the text was taken apart, so that nothing in
a name becomes a link or a tag.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clusterwerk.platform.errors import DomainError

FIRST_NAME, ORGANISATION, LINK = "first_name", "organisation", "link"
PLACEHOLDERS = (FIRST_NAME, ORGANISATION, LINK)
LONGEST_VALUE = 200
Values = Mapping[str, str]

_BRACED = re.compile(r"\{([^{}\n]{0,40})\}")
_FILLED = re.compile(r"( ?)\{(first_name|organisation|link)\}")
_NAMED = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<to>[^()\s]{1,1000})\)")
_INLINE = re.compile(
    _NAMED.pattern
    + r"|\*\*(?P<bold>[^*\n]{1,500})\*\*"
    + r"|(?P<bare>https?://[^\s<>\"'()]{1,1000}[^\s<>\"'().,;:!?])"
)
_ADDRESSES = ("https://", "http://", "mailto:")
_HEADING, _ITEM = "## ", "- "


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list or a paragraph, with its lines."""

    kind: str
    lines: tuple[str, ...]


def check(text: str) -> None:
    """Raises `DomainError` for what would go out wrong to everybody."""
    for name in _BRACED.findall(text):
        if name not in PLACEHOLDERS:
            message = _("{%(name)s} is not known. What is filled in: %(known)s.")
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise DomainError(message % {"name": name, "known": known})
    for found in _NAMED.finditer(text):
        if not _is_address(found["to"]):
            message = _("“%(to)s” is no address to link to; write it with https:// in front.")
            raise DomainError(message % {"to": found["to"][:80]})


def uses_link(*texts: str) -> bool:
    return any("{link}" in text for text in texts)


def as_html(text: str, values: Values) -> SafeString:
    """Everything is escaped but the few tags that are made here."""
    parts = (_BLOCKS[block.kind](block, values) for block in _blocks(text))
    return mark_safe("\n".join(parts))  # noqa: S308 - escaped line by line


def as_plain(text: str, values: Values) -> str:
    written = []
    for block in _blocks(text):
        lines = [_plain_line(line, values) for line in block.lines]
        if block.kind == "heading":
            lines = [lines[0], "-" * min(len(lines[0]), 60)]
        elif block.kind == "list":
            lines = [f"- {line}" for line in lines]
        written.append("\n".join(lines))
    return "\n\n".join(written)


def as_line(text: str, values: Values) -> str:
    """A subject: one line, whatever a name holds."""
    return " ".join(filled(text, values).split())


def filled(text: str, values: Values) -> str:
    """With what is known; a space in front of nothing goes too, as in “Dear {first_name},”."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[2], "")
        return f"{found[1]}{value}" if value else ""

    return _FILLED.sub(put, text)


def clean_value(value: str) -> str:
    """A name as one line; what looks like an address is no name, and would become a link."""
    line = " ".join(value.split())[:LONGEST_VALUE]
    return "" if re.search(r"://|www\.|@", line, re.IGNORECASE) else line


def _blocks(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        kind = ""
        lines: list[str] = []
        for line in (line.strip() for line in part.split("\n")):
            here = _kind(line)
            if lines and (here != kind or here == "heading"):
                yield Block(kind, tuple(lines))
                lines = []
            kind = here
            lines.append(line[len(_MARKS[kind]) :].strip())
        if any(lines):
            yield Block(kind, tuple(lines))


_MARKS = {"heading": _HEADING, "list": _ITEM, "paragraph": ""}


def _kind(line: str) -> str:
    return next(kind for kind, mark in _MARKS.items() if line.startswith(mark))


def _heading(block: Block, values: Values) -> str:
    return f"<h2>{_html_line(block.lines[0], values)}</h2>"


def _list(block: Block, values: Values) -> str:
    items = "".join(f"<li>{_html_line(line, values)}</li>" for line in block.lines)
    return f"<ul>{items}</ul>"


def _paragraph(block: Block, values: Values) -> str:
    return f"<p>{'<br>'.join(_html_line(line, values) for line in block.lines)}</p>"


_BLOCKS = {"heading": _heading, "list": _list, "paragraph": _paragraph}


def _html_line(line: str, values: Values) -> str:
    written: list[str] = []
    at = 0
    for found in _INLINE.finditer(line):
        written.append(escape(filled(line[at : found.start()], values)))
        written.append(_html_piece(found, values))
        at = found.end()
    written.append(escape(filled(line[at:], values)))
    return "".join(written)


def _html_piece(found: re.Match[str], values: Values) -> str:
    if found["bold"]:
        return f"<strong>{escape(filled(found['bold'], values))}</strong>"
    to = filled(found["to"] or found["bare"], values)
    words = filled(found["words"] or found["bare"], values)
    if not _is_address(to):
        return escape(words)
    return f'<a href="{escape(to)}">{escape(words)}</a>'


def _plain_line(line: str, values: Values) -> str:
    def put(found: re.Match[str]) -> str:
        if found["bold"]:
            return found["bold"]
        if found["bare"]:
            return found["bare"]
        return f"{found['words']}: {found['to']}"

    return filled(_INLINE.sub(put, line), values)


def _is_address(to: str) -> bool:
    return to == "{link}" or to.lower().startswith(_ADDRESSES)
