"""With what several enterprises become members at once."""

from django import forms
from django.utils.translation import gettext_lazy

from clusterwerk.members.actions.prospects import Joining
from clusterwerk.members.forms.joining import CategoryForm


class ManyJoiningForm(CategoryForm):
    """Category and first day of all of them."""

    is_paying = forms.BooleanField(
        label=gettext_lazy("They pay a contribution"), required=False, initial=True
    )

    def joining(self) -> Joining:
        return Joining(**self.cleaned_data)
