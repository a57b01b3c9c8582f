"""Three questions after an activity."""

from django import forms
from django.utils.translation import gettext_lazy

from clusterwerk.activities.models import LONGEST_FEEDBACK, Relevance


class FeedbackForm(forms.Form):
    """The first on the scale of the evaluation of 2020, so that the two can be laid together."""

    relevance = forms.TypedChoiceField(
        label=gettext_lazy("How relevant was it for your organisation?"),
        choices=Relevance.choices,
        coerce=lambda value: Relevance(int(value)),
        widget=forms.RadioSelect,
    )
    takes_along = forms.CharField(
        label=gettext_lazy("What do you take along, and what will you do with it?"),
        required=False,
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    better = forms.CharField(
        label=gettext_lazy("What could be better?"),
        required=False,
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
