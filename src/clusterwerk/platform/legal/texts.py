"""The texts of the pack: one file for each document and language, with places to be filled.

The form is a small part of Markdown: `# title`, `## [key] heading`, paragraphs, lines that begin
with `- `, and `{{table:name}}` alone on a line. Sections have keys, so that a test can hold that
both languages say the same things in the same order.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from clusterwerk.platform.legal.answers import DATA

DOCUMENTS = (
    "processor-agreement",
    "record-of-processing",
    "roles",
    "impact-assessment",
    "breaches",
)
_HEADING = re.compile(r"## \[([a-z]+)\] (.+)")
_TABLE = re.compile(r"\{\{table:([a-z_]+)\}\}")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a section: `kind` is text, list or table; `lines` are texts, or a table's name."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A document before it is filled."""

    title: str
    sections: tuple[Section, ...]


@cache
def text(document: str, language: str) -> Text:
    """The text of a document; a file that breaks the form is a ValueError that names the line."""
    title, *parts = (DATA / language / f"{document}.md").read_text("utf-8").split("\n\n")
    if not title.startswith("# "):
        message = f"{language}/{document}.md begins with no title"
        raise ValueError(message)
    sections: list[Section] = []
    for part in parts:
        heading = _HEADING.fullmatch(part.strip())
        if heading:
            sections.append(Section(heading[1], heading[2], ()))
            continue
        last = sections.pop()
        sections.append(Section(last.key, last.heading, (*last.blocks, _block(part.strip()))))
    return Text(title.removeprefix("# ").strip(), tuple(sections))


def _block(part: str) -> Block:
    table = _TABLE.fullmatch(part)
    if table:
        return Block("table", (table[1],))
    lines = part.split("\n")
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line.removeprefix("- ") for line in lines))
    return Block("text", (" ".join(lines),))


@cache
def rows(name: str, key: str) -> tuple[Mapping[str, Any], ...]:
    """Rows of a data file, such as the measures."""
    return tuple(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[key])


@cache
def words(language: str) -> Mapping[str, str]:
    """Small words of the documents; these go to files too, so they follow the file's language."""
    found: Mapping[str, str] = tomllib.loads((DATA / "words.toml").read_text("utf-8"))[language]
    return found
