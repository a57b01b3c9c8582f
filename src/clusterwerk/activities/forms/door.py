"""What is typed at the door."""

from django import forms
from django.utils.translation import gettext_lazy

from clusterwerk.activities.actions import WalkIn
from clusterwerk.activities.membership import member_named
from clusterwerk.activities.models import MOST_GUESTS, Activity


class GuestsForm(forms.Form):
    """How many came along; empty is as many as were announced."""

    guests = forms.IntegerField(min_value=0, max_value=MOST_GUESTS, required=False)


class WalkInForm(forms.Form):
    """Somebody who did not register; members are proposed by name, others are typed."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "members"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("By it a contact you keep is known."),
    )
    guests = forms.IntegerField(
        label=gettext_lazy("Guests"),
        min_value=0,
        max_value=MOST_GUESTS,
        required=False,
        initial=0,
    )

    def walk_in(self, activity: Activity) -> WalkIn:
        typed = self.cleaned_data
        return WalkIn(
            name=typed["name"],
            email=typed["email"],
            organisation=member_named(activity, typed["organisation"]),
            printed_organisation=typed["organisation"],
            guests=typed["guests"] or 0,
        )
