"""The day on which a network is looked at."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """Empty is today."""

    day = forms.DateField(
        label=_("Members on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2020-01-31.")},
    )

    def day_asked(self, today: date) -> date:
        """The day asked for, or today when none was or it could not be read."""
        asked = self.cleaned_data.get("day")
        return asked if isinstance(asked, date) else today
