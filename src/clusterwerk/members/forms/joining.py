"""An organisation that joins: category, days, what it pays, and how large it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.forms.picking import OrganisationField, typed_name
from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import NewMember
from clusterwerk.members.forms.days import DayField, money_field
from clusterwerk.members.forms.sizes import SizeForm
from clusterwerk.members.models import MembershipCategory


class PickForm(forms.Form):
    """Which organisation; a number that is known once chooses it by itself."""

    chosen = OrganisationField(
        label=gettext_lazy("Enterprise number or name"),
        help_text=gettext_lazy(
            "Belgian numbers in any notation, foreign VAT numbers, or words of the name."
        ),
    )

    def __init__(self, *args: Any, cluster: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, OrganisationField)
        field.of_cluster(cluster)

    @staticmethod
    def is_asked(data: Mapping[str, Any]) -> bool:
        return "chosen" in data or typed_name("chosen") in data


class CategoryForm(forms.Form):
    """Which of the categories that a cluster offers, and from when."""

    category = forms.ModelChoiceField(
        MembershipCategory.objects.none(),
        label=gettext_lazy("Category"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    first_day = DayField(label=gettext_lazy("Member from"))

    def __init__(self, *args: Any, categories: QuerySet[MembershipCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = categories


class JoiningForm(CategoryForm, SizeForm):
    """Category and confirmation are enough; the rest has a sensible answer or stays unknown."""

    last_day = DayField(
        label=gettext_lazy("First day without the membership"),
        help_text=gettext_lazy("Empty when it goes on until somebody ends it."),
        required=False,
    )
    is_paying = forms.BooleanField(
        label=gettext_lazy("Pays a contribution"), required=False, initial=True
    )
    amount = money_field(
        gettext_lazy("Promised contribution"),
        required=False,
        help_text=gettext_lazy("Empty: what the rule of the category asks."),
    )
    source = forms.CharField(
        label=gettext_lazy("How it became a member"), required=False, max_length=200
    )

    field_order = ("category", "first_day", "last_day", "is_paying", "amount", "source")

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        first, last = asked.get("first_day"), asked.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last <= first:
            self.add_error("last_day", _("Choose a day after the first day of the membership."))
        return asked

    def new_member(self, organisation: Organisation) -> NewMember:
        asked = self.cleaned_data
        return NewMember(
            organisation=organisation,
            category=asked["category"],
            first_day=asked["first_day"],
            last_day=asked["last_day"],
            is_paying=asked["is_paying"],
            source=asked["source"] or _("added by the team"),
        )
