"""Renewing, changing and ending a membership, as typed in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.actions import Leaving
from clusterwerk.members.forms.days import DayField, money_field
from clusterwerk.members.models import LeavingReason, MembershipCategory


class RenewForm(forms.Form):
    """`seen_end` is the end that the person saw, to notice what changed meanwhile."""

    seen_end = forms.DateField(widget=forms.HiddenInput)
    until = DayField(label=_("Goes on until"), help_text=_("First day without the membership."))
    amount = money_field(
        _("Promised contribution"),
        required=False,
        help_text=_("Empty promises nothing. A promise already made stays as it is."),
    )


class ChangeForm(forms.Form):
    category = forms.ModelChoiceField(
        MembershipCategory.objects.none(), label=_("New category"), empty_label=None
    )
    day = DayField(label=_("From which day"))
    is_paying = forms.BooleanField(label=_("Pays a contribution"), required=False)

    def __init__(self, *args: Any, categories: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a query set
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = categories


class LeaveForm(forms.Form):
    day = DayField(label=_("First day without the membership"))
    reason = forms.ChoiceField(label=_("Why it leaves"), choices=LeavingReason.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the team of the cluster reads this."),
    )
    lesson = forms.CharField(
        label=_("What we learnt"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def leaving(self) -> Leaving:
        asked = self.cleaned_data
        return Leaving(
            day=asked["day"],
            reason=LeavingReason(asked["reason"]),
            note=asked["note"],
            lesson=asked["lesson"],
        )


class RenewalChoice(forms.Form):
    """Whose memberships are proposed for renewal, and until when."""

    category = forms.ModelChoiceField(
        MembershipCategory.objects.none(),
        label=_("Category"),
        required=False,
        empty_label=_("Every category"),
    )
    ends_by = DayField(label=_("Ends on or before"))

    def __init__(self, *args: Any, categories: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a query set
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = categories


def next_end(ends: date) -> date:
    """A year later; the 29th of February becomes the 28th."""
    try:
        return ends.replace(year=ends.year + 1)
    except ValueError:
        return ends.replace(year=ends.year + 1, day=28)
