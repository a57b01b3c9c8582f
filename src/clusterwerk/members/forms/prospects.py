"""With what several enterprises become members at once."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from clusterwerk.members.actions.prospects import Joining
from clusterwerk.members.forms.days import DayField
from clusterwerk.members.models import MembershipCategory


class ManyJoiningForm(forms.Form):
    """Category and first day of all of them."""

    category = forms.ModelChoiceField(
        MembershipCategory.objects.none(),
        label=gettext_lazy("Category"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    first_day = DayField(label=gettext_lazy("Member from"))
    is_paying = forms.BooleanField(
        label=gettext_lazy("They pay a contribution"), required=False, initial=True
    )

    def __init__(self, *args: Any, categories: Iterable[MembershipCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = categories  # type: ignore[assignment] # a query set, as its name says

    def joining(self) -> Joining:
        return Joining(**self.cleaned_data)
