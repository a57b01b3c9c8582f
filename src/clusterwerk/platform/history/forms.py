from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """The day whose end is looked at."""

    day = forms.DateField(
        label=_("As it was at the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class UndoForm(forms.Form):
    """The change that the person saw as the newest."""

    event = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
