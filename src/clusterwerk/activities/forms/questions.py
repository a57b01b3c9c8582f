"""A question as the team words it, and the fields in which people answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.questions import (
    LONGEST_ANSWER,
    LONGEST_CHOICE,
    MOST_CHOICES,
    OF_CHOICES,
    Question,
    QuestionKind,
)

YES, NO = "yes", "no"
FEWEST_CHOICES = 2
HIGHEST = 1_000_000_000


class QuestionForm(forms.Form):
    """One question; `place` among the others is asked once there are some."""

    words = forms.CharField(label=gettext_lazy("Question"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Answer"), choices=QuestionKind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        max_length=MOST_CHOICES * (LONGEST_CHOICE + 2),
        help_text=gettext_lazy("One on each line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    place = forms.IntegerField(
        label=gettext_lazy("Place on the form"), min_value=1, max_value=99, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("kind") in OF_CHOICES:
            self._require_choices(_lines(typed.get("choices", "")))
        return typed

    def _require_choices(self, lines: list[str]) -> None:
        if len(lines) < FEWEST_CHOICES:
            self.add_error("choices", _("Give at least two answers, one on each line."))
        if len(lines) > MOST_CHOICES:
            self.add_error("choices", _("Give twenty answers at most."))
        if any(len(line) > LONGEST_CHOICE for line in lines):
            self.add_error("choices", _("An answer has a hundred characters at most."))

    def question(self, key: str = "") -> Question:
        typed = self.cleaned_data
        kind = QuestionKind(typed["kind"])
        return Question(
            key=key,
            words=" ".join(typed["words"].split()),
            kind=kind,
            choices=tuple(_lines(typed["choices"])) if kind in OF_CHOICES else (),
            is_required=typed["is_required"],
        )


def present(question: Question, place: int) -> dict[str, Any]:
    """What the form shows of a question that is asked."""
    return {
        "words": question.words,
        "kind": question.kind,
        "choices": "\n".join(question.choices),
        "is_required": question.is_required,
        "place": place,
    }


def answer_fields(questions: Iterable[Question], *, by_team: bool) -> dict[str, forms.Field]:
    """A field for each question; the team may leave out what it was not told."""
    return {
        f"question_{question.key}": _field(
            question, is_required=question.is_required and not by_team
        )
        for question in questions
    }


def _field(question: Question, *, is_required: bool) -> forms.Field:
    about: dict[str, Any] = {"label": question.words, "required": is_required}
    nothing = ("", _("no answer yet"))
    choices = [(each, each) for each in question.choices]
    match question.kind:
        case QuestionKind.NUMBER:
            return forms.IntegerField(min_value=0, max_value=HIGHEST, **about)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(choices=[nothing, (YES, _("yes")), (NO, _("no"))], **about)
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=[nothing, *choices], **about)
        case QuestionKind.CHOICES:
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=choices, widget=widget, **about)
    return forms.CharField(max_length=LONGEST_ANSWER, **about)


def answers(questions: Iterable[Question], typed: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """What was answered, as a registration keeps it; what was left open is left out."""
    given = ((question, typed.get(f"question_{question.key}")) for question in questions)
    return tuple(
        {"key": question.key, "asked": question.words, "value": _value(question, value)}
        for question, value in given
        if value not in (None, "", [])
    )


def _value(question: Question, value: Any) -> Any:  # noqa: ANN401 - as its field gives it
    return value == YES if question.kind is QuestionKind.YES_NO else value


def _lines(text: str) -> list[str]:
    """Each answer once, without empty lines."""
    return list(
        dict.fromkeys(line for each in text.splitlines() if (line := " ".join(each.split())))
    )
