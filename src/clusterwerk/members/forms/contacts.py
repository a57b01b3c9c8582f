"""What a person asks of contacts, checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import ContactFacts, Said
from clusterwerk.members.forms.parts import AddressField, DayField, TelephoneField
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    ContactLanguage,
    Position,
    PositionRole,
)
from clusterwerk.platform.ui.editing import EditingForm

FACTS = ("first_name", "last_name", "email", "phone", "mobile", "language", "note")


class ContactForm(EditingForm):
    """Who somebody is and how to reach them; a name or an address is enough."""

    first_name = forms.CharField(label=gettext_lazy("First name"), required=False, max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), required=False, max_length=100)
    email = AddressField(label=gettext_lazy("E-mail address"), required=False)
    phone = TelephoneField(label=gettext_lazy("Telephone"), required=False)
    mobile = TelephoneField(label=gettext_lazy("Mobile telephone"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("unknown")), *ContactLanguage.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, contact: Contact | None = None) -> None:  # noqa: ANN401 - as of any form
        present = {name: getattr(contact, name) for name in FACTS} if contact else {}
        super().__init__(data, present=present)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.errors and not any(
            typed.get(name) for name in ("first_name", "last_name", "email")
        ):
            raise forms.ValidationError(_("A contact has a name or an e-mail address."))
        return typed

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    def new(self) -> ContactFacts:
        return ContactFacts(**self.facts())


class PositionForm(EditingForm):
    """What a contact is at an organisation, from when until when."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), empty_label=None
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("As on the card, such as head of operations."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=PositionRole.choices, initial=PositionRole.OTHER
    )
    is_main = forms.BooleanField(
        label=gettext_lazy("Main contact of the organisation"), required=False
    )
    first_day = DayField(label=gettext_lazy("Since"), required=False)
    last_day = DayField(
        label=gettext_lazy("First day without"),
        required=False,
        help_text=gettext_lazy("When the contact leaves, or left."),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        organisations: Any,  # noqa: ANN401 - a set of rows
        position: Position | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, present=_present(position), initial=dict(initial or {}))
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
        if position is not None:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", _("This is before the first day, or the same."))
        return typed

    def facts(self) -> dict[str, Any]:
        """Fields of the row, but for the organisation."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "role": typed["role"],
            "is_main": typed["is_main"],
            "period": DateRange(typed["first_day"], typed["last_day"]),
        }


def _present(position: Position | None) -> dict[str, Any]:
    if position is None:
        return {}
    return {
        "title": position.title,
        "role": position.role,
        "is_main": position.is_main,
        "first_day": position.period.lower,
        "last_day": position.period.upper,
    }


class ConsentForm(forms.Form):
    """What a contact says of one purpose."""

    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=ConsentPurpose.choices)
    state = forms.ChoiceField(label=gettext_lazy("Answer"), choices=ConsentState.choices)
    said_on = DayField(label=gettext_lazy("Said on"))
    way = forms.ChoiceField(label=gettext_lazy("How"), choices=ConsentWay.choices)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where it can be found again, such as the mail of 3 March."),
    )

    def clean_said_on(self) -> date:
        day: date = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come; take the day on which it was said.")
            )
        return day

    def said(self, contact: Contact) -> Said:
        typed = self.cleaned_data
        return Said(
            contact=contact,
            purpose=ConsentPurpose(typed["purpose"]),
            state=ConsentState(typed["state"]),
            said_on=typed["said_on"],
            way=ConsentWay(typed["way"]),
            source=typed["source"],
        )


def consent_lines(kept: Mapping[str, Consent]) -> list[tuple[str, str, Consent | None]]:
    """Every purpose by key and name, with what was said of it, or nothing."""
    return [
        (purpose.value, str(purpose.label), kept.get(purpose.value)) for purpose in ConsentPurpose
    ]
