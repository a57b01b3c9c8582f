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


class EraseForm(forms.Form):
    """Whom to erase, and why."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Without naming the person, for instance the day of the request: it is kept."),
    )


class UndoForm(forms.Form):
    """The change that the person saw as the newest."""

    event = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
