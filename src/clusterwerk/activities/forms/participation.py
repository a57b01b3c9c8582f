"""The day on which participation is looked at."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1950, 1, 1)


class OnForm(forms.Form):
    """Empty is today; what comes is not known yet."""

    find = forms.CharField(
        label=_("Name"), required=False, widget=forms.SearchInput(attrs={"maxlength": 200})
    )
    on = forms.DateField(
        label=_("Members on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2020-01-31.")},
    )

    def clean_on(self) -> date | None:
        asked: date | None = self.cleaned_data["on"]
        if asked is not None and not EARLIEST <= asked <= timezone.localdate():
            raise ValidationError(_("Choose a day from 1950 up to today."))
        return asked

    def day_asked(self, today: date) -> date:
        """The day asked for, or today when none was or it could not be read."""
        return self.cleaned_data.get("on") or today
