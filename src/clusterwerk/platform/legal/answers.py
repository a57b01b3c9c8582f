"""What an installation answers about itself: `legal.toml` in `var`, or the file CLUSTERWERK_LEGAL.

What is not answered stays open and is shown as such; nothing is guessed. What is answered wrongly
is named with section, key and what was expected, all mistakes at once.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DATA = Path(__file__).parent / "data"
LANGUAGES = ("nl", "en")
OTHERS = "sub_processor"  # [[sub_processor]]: parties beside hosting, mail and back-up
OTHER_KEYS = ("name", "service", "address", "country")
Text = Mapping[str, str]
Answer = Text | int | bool
NUMBERS = frozenset({"number", "years", "months", "days"})


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer; `key` is section.key, `name` what it is called in each language."""

    key: str
    kind: str
    name: Text


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by section.key; a text by language. `others` are further sub-processors."""

    by_key: Mapping[str, Answer] = field(default_factory=dict)
    others: tuple[Mapping[str, Text], ...] = ()


class LegalFileError(ImproperlyConfigured):
    """The file of answers cannot be read; the message names every mistake."""

    def __init__(self, path: Path, mistakes: list[str]) -> None:
        self.mistakes = mistakes
        lines = "\n".join(f"  {mistake}" for mistake in mistakes)
        super().__init__(f"{path} cannot be used for the legal pack:\n{lines}")


@cache
def questions() -> dict[str, Question]:
    """Every question by key, in the order of the file."""
    rows = tomllib.loads((DATA / "questions.toml").read_text("utf-8"))["question"]
    return {
        row["key"]: Question(row["key"], row["kind"], {name: row[name] for name in LANGUAGES})
        for row in rows
    }


def answers_file() -> tuple[Path, bool]:
    """The file of answers, and whether the settings name it (then it must exist)."""
    named = str(settings.LEGAL_FILE or "")
    return (Path(named), True) if named else (Path(settings.VAR) / "legal.toml", False)


def read_answers() -> Answers:
    """Answers of the installation; none without a file. Raises `LegalFileError`."""
    path, is_named = answers_file()
    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        if is_named:
            raise LegalFileError(path, ["There is no such file (CLUSTERWERK_LEGAL)."]) from None
        return Answers()
    except (OSError, UnicodeDecodeError) as error:
        raise LegalFileError(path, [f"It cannot be read: {error}."]) from None
    try:
        return parsed(tomllib.loads(content), path)
    except tomllib.TOMLDecodeError as error:
        raise LegalFileError(path, [f"It is no valid TOML: {error}."]) from None


def parsed(content: Mapping[str, Any], path: Path) -> Answers:
    """Check every answer; raises `LegalFileError` with all mistakes."""
    mistakes: list[str] = []
    others = tuple(_others(content.get(OTHERS, []), mistakes))
    found: dict[str, Answer] = {}
    for key, value in _pairs(content, mistakes):
        question = questions().get(key)
        if question is None:
            mistakes.append(f"{_shown(key)} is no question.{_near(key)}")
        elif (answer := _answer(question, value, mistakes)) is not None:
            found[key] = answer
    if mistakes:
        raise LegalFileError(path, mistakes)
    return Answers(found, others)


def _pairs(content: Mapping[str, Any], mistakes: list[str]) -> Iterator[tuple[str, Any]]:
    for section, rows in content.items():
        if section == OTHERS:
            continue
        if not isinstance(rows, dict):
            mistakes.append(f"{section} stands outside a section.{_near(section)}")
            continue
        for name, value in rows.items():
            yield f"{section}.{name}", value


def _answer(question: Question, value: Any, mistakes: list[str]) -> Answer | None:  # noqa: ANN401 - whatever the file holds
    if question.kind == "text":
        return _text(value, _shown(question.key), mistakes)
    if question.kind == "yes":
        if isinstance(value, bool):
            return value
        mistakes.append(f"{_shown(question.key)} is {value!r}; expected true or false.")
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    mistakes.append(f"{_shown(question.key)} is {value!r}; expected a whole number, 0 or more.")
    return None


def _text(value: Any, where: str, mistakes: list[str]) -> Text | None:  # noqa: ANN401 - see above
    """A text for both languages, or one for each; empty counts as not answered."""
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, value.strip()) if value.strip() else None
    if (
        isinstance(value, dict)
        and set(value) == set(LANGUAGES)
        and all(isinstance(each, str) for each in value.values())
    ):
        texts = {language: each.strip() for language, each in value.items()}
        return texts if all(texts.values()) else None
    mistakes.append(f'{where} is {value!r}; expected a text, or {{nl = "…", en = "…"}}.')
    return None


def _others(rows: Any, mistakes: list[str]) -> Iterator[Mapping[str, Text]]:  # noqa: ANN401 - see above
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        mistakes.append(f"{OTHERS} is no list; begin each with [[{OTHERS}]].")
        return
    for number, row in enumerate(rows, 1):
        where = f"[[{OTHERS}]] number {number}:"
        unknown = sorted(set(row) - set(OTHER_KEYS))
        mistakes += [
            f"{where} {name} is no key; known are {', '.join(OTHER_KEYS)}." for name in unknown
        ]
        texts = {
            name: _text(row[name], f"{where} {name}", mistakes)
            for name in OTHER_KEYS
            if name in row
        }
        yield {name: text for name, text in texts.items() if text}


def _shown(key: str) -> str:
    section, _, name = key.partition(".")
    return f"[{section}] {name}"


def _near(key: str) -> str:
    near = get_close_matches(key, questions(), 1, 0.6)
    return f" Is {_shown(near[0])} meant?" if near else ""
