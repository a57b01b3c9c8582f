"""Documents of the pack, filled in one language: what screens, files and the command show.

What nobody answered is a piece that is open, in its place in the sentence; never an empty string
and never a guess.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from clusterwerk.platform.legal import tables
from clusterwerk.platform.legal.answers import Answers, read_answers
from clusterwerk.platform.legal.facts import Facts, facts
from clusterwerk.platform.legal.pieces import Cell, Piece, answered
from clusterwerk.platform.legal.tables import Known, NotedBreach, Table
from clusterwerk.platform.legal.texts import DOCUMENTS, Block, text, words

_PLACE = re.compile(r"\{\{([a-z_.]+)\}\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A filled part: `kind` is text, list or table; a text is a list of one line."""

    kind: str
    lines: tuple[Cell, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """One section with its heading."""

    key: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A filled document; `draft` and `made` stand on it wherever it is shown."""

    key: str
    language: str
    title: str
    draft: str
    day: date
    made: str
    sections: tuple[Filled, ...]

    @property
    def open_pieces(self) -> int:
        """How many places are still to be filled in."""
        return sum(
            piece.is_open
            for section in self.sections
            for part in section.parts
            for cell in (*part.lines, *(part.table.cells if part.table else ()))
            for piece in cell
        )


def known(day: date, breaches: Sequence[NotedBreach] | None) -> Known:
    """Everything that the documents are made of; `breaches` is None where the log is not read."""
    return Known(read_answers(), facts(), day, breaches)


def documents(of: Known, language: str) -> list[Document]:
    """The whole pack in one language."""
    return [document(key, of, language) for key in DOCUMENTS]


def document(key: str, of: Known, language: str) -> Document:
    """One document; a key that does not exist is a KeyError."""
    if key not in DOCUMENTS:
        raise KeyError(key)
    said, source = words(language), text(key, language)
    return Document(
        key=key,
        language=language,
        title=source.title,
        draft=said["draft"],
        day=of.day,
        made=said["made"].format(
            day=of.day.isoformat(),
            version=version("clusterwerk"),
            digest=digest(of.answers, of.facts),
        ),
        sections=tuple(
            Filled(
                section.key,
                section.heading,
                tuple(_part(block, of, language) for block in section.blocks),
            )
            for section in source.sections
        ),
    )


def digest(answers: Answers, found: Facts) -> str:
    """Tells two states of the settings apart; holds no secret."""
    content = json.dumps(
        [dict(answers.by_key), [dict(each) for each in answers.others], dict(found.by_key),
         dict(found.personal)],
        sort_keys=True,
        default=str,
    )  # fmt: skip
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _part(block: Block, of: Known, language: str) -> Part:
    if block.kind == "table":
        make: Callable[[Known, str], Table] = tables.TABLES[block.lines[0]]
        return Part("table", table=make(of, language))
    return Part(block.kind, tuple(_filled(line, of, language) for line in block.lines))


def _filled(line: str, of: Known, language: str) -> Cell:
    """The line in pieces: text, and answers or what is open in its place."""
    pieces: list[Piece] = []
    for index, part in enumerate(_PLACE.split(line)):
        if index % 2:
            pieces.append(answered(part, of.answers, language))
        elif part:
            pieces.append(Piece(part))
    return tuple(pieces)
