"""What is asked before something is done with many members or contacts at once."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.forms.contacts import ConsentForm
from clusterwerk.members.queries import tags_in
from clusterwerk.members.queries.people import team_of
from clusterwerk.platform.ui.lists import Bulk


class TagForm(forms.Form):
    """A tag that the cluster has, or a new one."""

    tag = forms.TypedChoiceField(label=_("Tag"), coerce=int, required=False, empty_value=None)
    new = forms.CharField(label=_("Or a new tag"), max_length=60, required=False)

    def __init__(self, data: Mapping[str, Any] | None, bulk: Bulk) -> None:
        super().__init__(data)
        tag = self.fields["tag"]
        assert isinstance(tag, forms.ChoiceField)
        known = [(str(tag.pk), tag.name) for tag in tags_in(bulk.cluster)]
        tag.choices = [("", _("none")), *known]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if not asked.get("tag") and not asked.get("new") and not self.errors:
            self.add_error("tag", _("Choose a tag, or write a new one."))
        return asked


class TaskForm(forms.Form):
    """One task for each member or contact."""

    title = forms.CharField(label=_("What has to be done"), max_length=200)
    owner = forms.TypedChoiceField(
        label=_("For whom"), coerce=int, required=False, empty_value=None
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Mapping[str, Any] | None, bulk: Bulk) -> None:
        super().__init__(data)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        team = [
            (str(person.pk), person.name) for person in team_of(bulk.cluster, timezone.localdate())
        ]
        owner.choices = [("", _("nobody yet")), *team]


class RenewForm(forms.Form):
    """The new first day without the membership, and whether the year that follows is promised."""

    until = forms.DateField(
        label=_("First day without"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    promises = forms.BooleanField(
        label=_("Promise what the rule of the category asks"),
        required=False,
        initial=True,
        help_text=_(
            "For the working year in which each would have ended. Other amounts are typed on the "
            "page of renewals."
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None, _bulk: Bulk) -> None:
        super().__init__(data)


class ConsentsForm(ConsentForm):
    """One answer of one purpose that all of them gave alike."""

    def __init__(self, data: Mapping[str, Any] | None, _bulk: Bulk) -> None:
        super().__init__(data, initial={"said_on": timezone.localdate()})
