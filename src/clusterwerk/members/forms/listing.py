"""What a person asks of the list of members besides its facets, checked."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=90)


class MemberFilter(forms.Form):
    """Words, the day, and whether only those are meant that end soon after it."""

    find = forms.CharField(
        label=_("Name or municipality"),
        required=False,
        widget=forms.SearchInput(attrs={"maxlength": 200}),
    )
    day = forms.DateField(
        label=_("Members on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2020-01-31.")},
    )
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    ending = forms.BooleanField(label=_("Ends within 90 days"), required=False)

    def day_asked(self, today: date) -> date:
        """The day asked for, or today when none was or it could not be read."""
        asked: Any = self.cleaned_data.get("day")
        return asked if isinstance(asked, date) else today

    def since_asked(self) -> date | None:
        """The earlier day that the members of the day are compared with."""
        asked: Any = self.cleaned_data.get("since")
        return asked if isinstance(asked, date) else None

    def ends_by(self, day: date) -> date | None:
        return min(day, date.max - SOON) + SOON if self.cleaned_data.get("ending") else None


class ContactFilter(forms.Form):
    """Words of the list of contacts; everything else is a facet."""

    find = forms.CharField(
        label=_("Name, e-mail address or organisation"),
        required=False,
        widget=forms.SearchInput(attrs={"maxlength": 200}),
    )


class OfferFilter(forms.Form):
    """Words of the list of needs and offers; everything else is a facet."""

    find = forms.CharField(
        label=_("Words, tag or member"),
        required=False,
        widget=forms.SearchInput(attrs={"maxlength": 200}),
    )
