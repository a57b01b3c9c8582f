"""Hours of a month, and posts of a team."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members.actions import NewPost
from clusterwerk.members.forms.days import NumberField
from clusterwerk.members.models import TeamPost
from clusterwerk.members.models.capacity import MOST_HOURS
from clusterwerk.members.models.categories import KIND_OF_WORK_NAMES

MONTH = "%Y-%m"


class HoursForm(forms.Form):
    """Who, which month, and hours for each kind of work; an empty field is no hours."""

    post = forms.ModelChoiceField(
        queryset=TeamPost.objects.none(), label=_("Who"), empty_label=None
    )
    month = forms.DateField(
        label=_("Month"),
        widget=forms.DateInput(attrs={"type": "month"}, format=MONTH),
        input_formats=[MONTH],
        error_messages={"invalid": _("Write the month as 2026-01.")},
    )

    def __init__(
        self,
        *args: Any,
        posts: Sequence[TeamPost],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.posts = posts
        who = self.fields["post"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = TeamPost.objects.filter(pk__in=[post.pk for post in posts])
        who.choices = [(post.pk, str(post)) for post in posts]
        for kind in KindOfWork:
            self.fields[kind.value] = NumberField(
                label=capfirst(KIND_OF_WORK_NAMES[kind]),
                required=False,
                min_value=0,
                max_value=MOST_HOURS,
                max_digits=6,
                decimal_places=2,
            )

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[kind.value] for kind in KindOfWork]

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        if month > self._today:
            raise forms.ValidationError(_("This month has not begun."))
        return month

    def hours(self) -> dict[KindOfWork, Decimal | None]:
        return {kind: self.cleaned_data[kind.value] for kind in KindOfWork}


class PostForm(forms.Form):
    """Somebody who begins to work for the cluster."""

    worker = forms.CharField(label=_("Name"), max_length=100)
    full_time_share = NumberField(
        label=_("Part of a full-time year"),
        help_text=_("1 for full time, 0.5 for half time."),
        min_value=Decimal("0.01"),
        max_value=1,
        max_digits=3,
        decimal_places=2,
    )
    first_day = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("First day without"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def new_post(self) -> NewPost:
        return NewPost(**self.cleaned_data)


class PostEndForm(forms.Form):
    """The first day on which somebody does not work here any more."""

    last_day = forms.DateField(
        label=_("First day without"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
