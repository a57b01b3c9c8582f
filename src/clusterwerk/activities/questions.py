"""Questions of the organisers on the form of an activity, and what people answered.

Both are kept as JSON in the row they belong to. An answer keeps the words that were asked, so that
a question that is worded anew, or taken off the form, leaves what was answered readable.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST_QUESTIONS = 12
MOST_CHOICES = 20
LONGEST_CHOICE = 100
LONGEST_ANSWER = 500

Value = str | int | bool | list[str]


class QuestionKind(TextChoices):
    """What an answer is."""

    TEXT = "text", _("text")
    NUMBER = "number", _("a whole number")
    YES_NO = "yes_no", _("yes or no")
    CHOICE = "choice", _("one of some answers")
    CHOICES = "choices", _("several of some answers")


OF_CHOICES = (QuestionKind.CHOICE, QuestionKind.CHOICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`key` stays when the words change; one that is removed is asked no more."""

    words: str
    kind: QuestionKind = QuestionKind.TEXT
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_removed: bool = False
    key: str = ""

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered, beside the words that were asked."""

    key: str
    asked: str
    value: Value

    @property
    def written(self) -> str:
        if isinstance(self.value, bool):
            return gettext("yes") if self.value else gettext("no")
        return ", ".join(self.value) if isinstance(self.value, list) else str(self.value)


def questions_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """All that ever stood on the form, in their order."""
    return tuple(
        Question(**{**row, "kind": QuestionKind(row["kind"]), "choices": tuple(row["choices"])})
        for row in rows
    )


def asked_now(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    return tuple(question for question in questions_in(rows) if not question.is_removed)


def kept(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """As JSON."""
    return [asdict(question) | {"choices": list(question.choices)} for question in questions]


def answers_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Answer, ...]:
    return tuple(Answer(**row) for row in rows)


def placed(questions: Sequence[Question], new: Question, place: int | None) -> list[Question]:
    """With a question put in or changed; `place` counts from one among those that are asked."""
    old = next((each for each in questions if each.key == new.key), None)
    put = replace(new, key=new.key or secrets.token_hex(4))
    asked = [each for each in questions if not each.is_removed]
    gone = [each for each in questions if each.is_removed and each is not old]
    at = asked.index(old) if old in asked else len(asked)
    asked = [each for each in asked if each is not old]
    asked.insert(at if place is None else place - 1, put)
    return [*asked, *gone]


def without(questions: Iterable[Question], key: str) -> list[Question]:
    """Its answers stay, and so does its column."""
    return [replace(each, is_removed=each.is_removed or each.key == key) for each in questions]
