"""Pieces of a sentence or of a cell: text, or a place that is still open."""

from dataclasses import dataclass

from clusterwerk.platform.legal.answers import Answers, questions
from clusterwerk.platform.legal.texts import words


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; `is_open` says that it stands for what nobody answered yet."""

    text: str
    is_open: bool = False


Cell = tuple[Piece, ...]


def plain(content: str) -> Cell:
    return (Piece(content),)


def open_piece(name: str, language: str) -> Piece:
    return Piece(f"[{words(language)['open'].format(name=name)}]", is_open=True)


def answered(key: str, answers: Answers, language: str) -> Piece:
    """The answer to a question in words, or the open place with its name."""
    question, value, said = questions()[key], answers.by_key.get(key), words(language)
    if value is None:
        return open_piece(question.name[language], language)
    if isinstance(value, bool):
        return Piece(said["yes"] if value else said["no"])
    if isinstance(value, int):
        return Piece(said.get(question.kind, "{number}").format(number=value))
    return Piece(value[language])


def shown(cell: Cell) -> str:
    return "".join(piece.text for piece in cell)
