"""Categories of membership, their contribution rules and services, as typed in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import OrganisationKind
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.measure.headcount import EvaluationSize, HeadcountClass
from clusterwerk.members.actions import CategoryFacts, NewRule, ServiceFacts
from clusterwerk.members.forms.days import DayField, NumberField, money_field
from clusterwerk.members.models import KIND_OF_WORK_NAMES, RuleKind
from clusterwerk.members.queries.proposals import rate_name
from clusterwerk.platform.ui.editing import EditingForm

# Sizes or kinds that a rule can have amounts for; the empty one is everybody (else).
KEYS = {
    RuleKind.FIXED: [""],
    RuleKind.HEADCOUNT_CLASS: [*HeadcountClass, ""],
    RuleKind.EVALUATION_SIZE: [*EvaluationSize, ""],
    RuleKind.ORGANISATION_KIND: [*OrganisationKind.values, ""],
}


class CategoryForm(EditingForm):
    """Of a category that stands, `present` are its facts."""

    name = forms.CharField(label=_("Name"), max_length=100)
    description = forms.CharField(
        label=_("For whom it is, and what it gives"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_offered = forms.BooleanField(label=_("Offered to new members"), required=False, initial=True)

    def facts(self) -> CategoryFacts:
        return CategoryFacts(**self.cleaned_data)


class RuleForm(EditingForm):
    """Fields of the amounts follow from the kind of rule; `present` is the rule that holds."""

    first_day = DayField(label=_("Holds from"))
    first_year_percent = NumberField(
        label=_("Percent in the first year"),
        help_text=_("100 when the first year costs as much as the others."),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=100,
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        kind: RuleKind,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, auto_id="rule_%s", **kwargs)
        self.kind = kind
        for key in KEYS[kind]:
            label = _("%(who)s, euro a year") % {"who": capfirst(rate_name(kind, key))}
            self.fields[_amount(key)] = money_field(label, required=kind == RuleKind.FIXED)

    def new_rule(self) -> NewRule:
        asked = {key: self.cleaned_data.get(_amount(key)) for key in KEYS[self.kind]}
        return NewRule(
            kind=self.kind,
            first_day=self.cleaned_data["first_day"],
            rates={key: amount for key, amount in asked.items() if amount is not None},
            first_year_percent=self.cleaned_data["first_year_percent"],
        )


def _amount(key: str) -> str:
    return f"amount_{key or 'everybody'}"


class ServiceForm(EditingForm):
    """Of a service that is offered already, `present` are its facts."""

    name = forms.CharField(label=_("Service"), max_length=200)
    kind_of_work = forms.ChoiceField(
        label=_("Kind of work"),
        choices=[(kind.value, name) for kind, name in KIND_OF_WORK_NAMES.items()],
    )
    hours_per_member_year = NumberField(
        label=_("Hours for each member a year"),
        min_value=0,
        max_digits=6,
        decimal_places=2,
    )
    is_included = forms.BooleanField(
        label=_("Included in the contribution"), required=False, initial=True
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:  # noqa: ANN401 - as of any form
        super().__init__(data, auto_id="service_%s", **kwargs)

    def facts(self) -> ServiceFacts:
        asked = self.cleaned_data
        return ServiceFacts(
            name=asked["name"],
            kind_of_work=KindOfWork(asked["kind_of_work"]),
            hours_per_member_year=Decimal(asked["hours_per_member_year"]),
            is_included=asked["is_included"],
        )
