"""What somebody types to register for an activity, by themselves or through the team."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.forms.questions import answer_fields, answers
from clusterwerk.activities.models import MOST_GUESTS
from clusterwerk.activities.questions import Question


class RegisterForm(forms.Form):
    """`homepage` is hidden from people: whoever fills it in is a program."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    guests = forms.IntegerField(
        label=gettext_lazy("Guests you bring"),
        min_value=0,
        max_value=MOST_GUESTS,
        required=False,
        initial=0,
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For the organisers, such as what you cannot eat."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    homepage = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    by_team = False

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        questions: Sequence[Question] = (),
    ) -> None:
        super().__init__(data)
        self.questions = questions
        self.fields |= answer_fields(questions, by_team=self.by_team)

    @property
    def own_questions(self) -> list[forms.BoundField]:
        """Fields of what the organisers ask besides."""
        return [self[f"question_{question.key}"] for question in self.questions]

    @property
    def is_by_program(self) -> bool:
        return bool(self.data.get("homepage"))

    def registrant(self) -> Registrant:
        facts: dict[str, Any] = {
            name: self.cleaned_data[name]
            for name in ("name", "email", "organisation", "telephone", "remark")
        }
        language = (get_language() or "nl")[:2]
        guests = self.cleaned_data["guests"] or 0
        given = answers(self.questions, self.cleaned_data)
        return Registrant(**facts, guests=guests, language=language, answers=given)


class AddForm(RegisterForm):
    """By the team: the address is not needed; without one nobody is mailed."""

    by_team = True
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("The registration is mailed there; empty: nobody is told."),
    )


class FindForm(forms.Form):
    """Words of the list of registrations; everything else is a facet."""

    find = forms.CharField(
        label=gettext_lazy("Name, organisation or address"),
        required=False,
        widget=forms.SearchInput(attrs={"maxlength": 200}),
    )
