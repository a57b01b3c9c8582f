"""The name under which a list is kept, and for whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.saved_views.actions import NewView
from clusterwerk.clusters.saved_views.showing import kept_query


class SavedViewForm(forms.Form):
    """`query` is the address as it stands; what belongs to one page of it is left out."""

    list_key = forms.SlugField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the view"), max_length=60)
    is_shared = forms.BooleanField(label=_("For the whole team"), required=False)
    is_default = forms.BooleanField(label=_("Open the list with it"), required=False)

    def new_view(self) -> NewView:
        asked = self.cleaned_data
        return NewView(
            asked["list_key"],
            asked["name"],
            kept_query(asked["query"]),
            asked["is_shared"],
            asked["is_default"],
        )
