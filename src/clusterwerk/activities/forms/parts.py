"""Asking a cluster to hold an activity together, and its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import PublicProfile

MOST = 500  # letters


class AskForm(forms.Form):
    asked = forms.ChoiceField(label=gettext_lazy("Cluster"))
    words = forms.CharField(
        label=gettext_lazy("What you ask"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The cluster reads this with the name and the day."),
    )

    def __init__(self, data: Any, profiles: Iterable[PublicProfile]) -> None:  # noqa: ANN401
        super().__init__(data)
        self.profiles = {str(profile.pk): profile for profile in profiles}
        choices = [(pk, profile.name) for pk, profile in self.profiles.items()]
        field = self.fields["asked"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext_lazy("Choose a cluster")), *choices]

    @property
    def chosen(self) -> PublicProfile:
        return self.profiles[self.cleaned_data["asked"]]


class AcceptForm(forms.Form):
    themes = forms.CharField(
        label=gettext_lazy("Themes that your cluster brings"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who leads and who holds it with you read them."),
    )
