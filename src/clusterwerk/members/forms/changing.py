"""Renewing, changing and ending a membership, as typed in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.actions import Leaving
from clusterwerk.members.forms.days import DayField, money_field
from clusterwerk.members.models import LeavingReason, MembershipCategory
from clusterwerk.platform.ui.editing import EditingForm


class RenewForm(forms.Form):
    """`seen_end` is the end that the person saw, to notice what changed meanwhile."""

    seen_end = forms.DateField(widget=forms.HiddenInput)
    until = DayField(label=_("Goes on until"), help_text=_("First day without the membership."))
    amount = money_field(
        _("Promised contribution"),
        required=False,
        help_text=_("Empty promises nothing. A promise already made stays as it is."),
    )

    def now_ends(self, day: date) -> None:
        """Show the present end from here on, so that sending the form once more is a choice."""
        present = {self.add_prefix("seen_end"): day.isoformat()}
        self.data = {**{name: self.data[name] for name in self.data}, **present}


class NextYearForm(forms.Form):
    """What a membership without an end promises for a working year."""

    amount = money_field(_("Promised contribution"), required=False)


class ChangeForm(EditingForm):
    """`present` are the category and the payment as they stand; another category is asked for."""

    category = forms.ModelChoiceField(
        MembershipCategory.objects.none(),
        label=_("New category"),
        empty_label=_("Choose a category"),
        error_messages={"required": _("Choose a category.")},
    )
    day = DayField(label=_("From which day"))
    is_paying = forms.BooleanField(label=_("Pays a contribution"), required=False)

    def __init__(self, data: Any = None, *, categories: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a query set
        super().__init__(data, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = categories


class LeaveForm(EditingForm):
    """`present` is the notice that was given already, if any."""

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
