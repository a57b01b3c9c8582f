"""What a person writes of an organisation, checked before it is kept."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory import identifiers
from clusterwerk.directory.actions import NewOrganisation
from clusterwerk.directory.actions.correcting import BESIDE_REGISTER
from clusterwerk.directory.countries import COUNTRIES
from clusterwerk.directory.forms.picking import OrganisationField
from clusterwerk.directory.identifiers import Known
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationKind,
    Place,
    Postcode,
)
from clusterwerk.directory.queries import place_of
from clusterwerk.directory.relations import OwnCluster
from clusterwerk.platform.ui.editing import EditingForm

BELGIAN_POSTCODE = re.compile(r"[1-9][0-9]{3}", re.ASCII)
FIELDS = (
    "name", "kind", "country", "legal_form", "street", "postcode", "municipality", "website",
    "started_on", "ceased_on",
)  # fmt: skip


class PastDayField(forms.DateField):
    """A day up to today."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, required=False, **facts)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django declares it
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future."))
        return day


class OrganisationForm(EditingForm):
    """Facts of an organisation; the address is checked by the rules of its country."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrganisationKind.choices)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), choices=list(COUNTRIES.items()), initial="BE"
    )
    legal_form = forms.CharField(label=gettext_lazy("Legal form"), required=False, max_length=100)
    street = forms.CharField(
        label=gettext_lazy("Street and number"), required=False, max_length=200
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), required=False, max_length=20)
    municipality = forms.CharField(
        label=gettext_lazy("Municipality"), required=False, max_length=100
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=300, assume_scheme="https"
    )
    started_on = PastDayField(label=gettext_lazy("Started on"))
    ceased_on = PastDayField(label=gettext_lazy("Stopped on"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        self._check_days(typed)
        self._check_postcode(typed)
        return typed

    def _check_days(self, typed: dict[str, Any]) -> None:
        started, ceased = typed.get("started_on"), typed.get("ceased_on")
        if started and ceased and ceased < started:
            self.add_error("ceased_on", _("An organisation does not stop before it started."))

    def _check_postcode(self, typed: dict[str, Any]) -> None:
        code = (typed.get("postcode") or "").strip()
        if typed.get("country") != "BE" or not code:
            return
        if not BELGIAN_POSTCODE.fullmatch(code):
            self.add_error("postcode", _("A Belgian postcode has four digits, as in 9000."))
        elif Postcode.objects.exists() and not Postcode.objects.filter(code=code).exists():
            message = _("Belgium has no postcode %(code)s. Look it up, or leave it empty.")
            self.add_error("postcode", message % {"code": code})

    def place(self) -> Place | None:
        typed = self.cleaned_data
        if typed["country"] != "BE":
            return None
        return place_of(typed["postcode"], typed["municipality"])

    def facts(self) -> dict[str, Any]:
        return {**{name: self.cleaned_data[name] for name in FIELDS}, "place": self.place()}


def typed_before(text: str) -> dict[str, str]:
    """What somebody searched for in vain, at its place in the form: a number or a name."""
    country = identifiers.country_of_number(text)
    return {"number" if country else "name": text, "country": country or "BE"}


class TypeInForm(OrganisationForm):
    """An organisation that is neither in the directory nor in the register."""

    number = forms.CharField(
        label=gettext_lazy("Register number"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Enterprise number, VAT number with the letters of its country, LEI, ROR or ISNI."
        ),
    )
    cluster = forms.TypedChoiceField(label=gettext_lazy("Cluster"), coerce=int)
    is_another = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("cluster", "name", "kind", "country", "number")

    def __init__(self, data: Any = None, *, clusters: list[OwnCluster], **kwargs: Any) -> None:  # noqa: ANN401 - as of any form
        super().__init__(data, present={}, **kwargs)
        field = self.fields["cluster"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(own.number, own.name) for own in clusters]
        if len(clusters) == 1:
            field.widget = forms.HiddenInput()
            field.initial = clusters[0].number

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        number, country = typed.get("number", "").strip(), typed.get("country", "")
        typed["known"] = self._recognised(number, country) if number and country else None
        if "cluster" in self.errors:
            self.add_error(None, _("Choose one of your own clusters."))
        return typed

    def _recognised(self, number: str, country: str) -> Known | None:
        known = identifiers.recognised(number, country)
        if known is None:
            self.add_error("number", identifiers.what_is_wrong(number, country))
        return known

    def numbers(self) -> dict[IdentifierScheme, str]:
        known: Known | None = self.cleaned_data["known"]
        return {known.scheme: known.value} if known else {}

    def new(self) -> NewOrganisation:
        facts = self.facts()
        facts["kind"] = OrganisationKind(facts["kind"])
        return NewOrganisation(**facts, source=_("typed in by hand"), identifiers=self.numbers())


class CorrectForm(OrganisationForm):
    """What is written of an organisation; of one that a register keeps, what no register says."""

    source = forms.CharField(
        label=gettext_lazy("Source of the correction"),
        max_length=200,
        help_text=gettext_lazy("Where it stands, such as a website or a letter, with the day."),
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:  # noqa: ANN401 - as of any form
        shown = [name for name in FIELDS if _is_open(organisation, name)]
        super().__init__(data, present={name: getattr(organisation, name) for name in shown})
        for name in FIELDS:
            if name not in shown:
                del self.fields[name]
        if organisation.is_private or organisation.is_kept_by_register:
            del self.fields["source"]

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        facts = {name: typed[name] for name in (*FIELDS, "source") if name in self.fields}
        return {**facts, "place": self.place()} if "postcode" in self.fields else facts


def _is_open(organisation: Organisation, name: str) -> bool:
    return not organisation.is_kept_by_register or name in BESIDE_REGISTER


class MatchForm(forms.Form):
    """Which organisation of the directory or the register a private one turns out to be."""

    organisation = OrganisationField(label=gettext_lazy("It is this organisation"))
