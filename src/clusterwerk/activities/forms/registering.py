"""What somebody types to register for an activity, by themselves or through the team."""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.forms.questions import answer_fields, answers
from clusterwerk.activities.models import MOST_GUESTS
from clusterwerk.activities.questions import Question

DRAWN_AT_LEAST = timedelta(seconds=2)  # nobody types a name and an address in less
DRAWN_AT_MOST = timedelta(days=1)
WITHOUT_LINKS = ("name", "organisation", "telephone", "remark")
ADVERTISING = re.compile(r"//|\bwww\.|\.[a-z]{2,}/|\[url|<a\s", re.IGNORECASE)


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


class VisitorForm(RegisterForm):
    """By anybody, so also by programs: when it was drawn is signed into it, for no cookie tells.

    A form that comes back at once, or a day later, is drawn again with all that was typed.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        activity: uuid.UUID,
        questions: Sequence[Question] = (),
    ) -> None:
        super().__init__(data, questions=questions)
        signer = Signer(salt=f"registration:{activity}")
        now = timezone.now()
        self.stamp: str = self.data.get("drawn", "")
        self._age = _age(signer, self.stamp, now)
        if self._age is None or self._age > DRAWN_AT_MOST:
            self.stamp = signer.sign(f"{now.timestamp():.3f}")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in WITHOUT_LINKS:
            if ADVERTISING.search(typed.get(name) or ""):
                self.add_error(
                    name, _("Leave out addresses of websites: forms with them are mostly spam.")
                )
        if self._age is None or self._age > DRAWN_AT_MOST:
            self.add_error(None, _("This form stood open for long. Press the button once more."))
        elif self._age < DRAWN_AT_LEAST:
            self.add_error(None, _("That went very fast. Look it over and press the button again."))
        return typed


def _age(signer: Signer, stamp: str, now: datetime) -> timedelta | None:
    """Since the form was drawn; none where nothing of ours says so, for this activity."""
    try:
        drawn_at = datetime.fromtimestamp(float(signer.unsign(stamp)), UTC)
    except BadSignature:
        return None
    return now - drawn_at


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
