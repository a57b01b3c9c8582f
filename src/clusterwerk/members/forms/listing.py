"""What a person asks of the list of members, checked."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.measure.headcount import HeadcountClass
from clusterwerk.members.models import MembershipCategory
from clusterwerk.members.queries import Order, PageKey, Selection
from clusterwerk.members.wording import SIZE_NAMES

SOON = timedelta(days=90)


class MemberFilter(forms.Form):
    """Words, size, category and day; an empty part leaves everybody in."""

    find = forms.CharField(
        label=gettext_lazy("Name or municipality"),
        required=False,
        max_length=200,
        widget=forms.SearchInput,
    )
    size = forms.ChoiceField(label=gettext_lazy("Headcount class"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    day = forms.DateField(
        label=gettext_lazy("Members on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("Write the day as 2020-01-31.")},
    )
    ending = forms.BooleanField(label=gettext_lazy("Ends within 90 days"), required=False)
    order = forms.ChoiceField(
        choices=[(order.value, order.value) for order in Order], required=False
    )
    down = forms.ChoiceField(choices=[("0", "0"), ("1", "1")], required=False)

    def __init__(self, data: Any, *, categories: Iterable[MembershipCategory]) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(data)
        sizes = [(size.value, SIZE_NAMES[size]) for size in HeadcountClass]
        self._choices("size", [("", gettext_lazy("Every size")), *sizes])
        kinds = [(str(category.pk), category.name) for category in categories]
        self._choices("category", [("", gettext_lazy("Every category")), *kinds])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def day_asked(self, today: date) -> date:
        """The day asked for, or today when none was or it could not be read."""
        asked = self.cleaned_data.get("day")
        return asked if isinstance(asked, date) else today

    def selection(self, day: date) -> Selection:
        """What can be read of the form; a part that cannot leaves everybody in."""
        asked = self.cleaned_data
        size, category = asked.get("size"), asked.get("category")
        return Selection(
            words=asked.get("find", ""),
            size=HeadcountClass(size) if size else None,
            category=int(category) if category else None,
            ends_by=day + SOON if asked.get("ending") else None,
            order=Order(asked.get("order") or Order.NAME),
            descending=asked.get("down") == "1",
        )


def written(key: PageKey) -> str:
    """The key of a page as it stands in an address."""
    return f"{key.organisation}~{key.value}"


def page_key(text: str, order: Order) -> PageKey | None:
    """The key in an address; raises `BadRequest` for one that this list did not write."""
    if not text:
        return None
    try:
        organisation, value = text.split("~", 1)
        return PageKey(_sort_value(value, order), int(organisation))
    except (ValueError, InvalidOperation) as error:
        raise BadRequest(_("This page of the list does not exist. Begin at its first.")) from error


def _sort_value(text: str, order: Order) -> str | Decimal | date:
    if order == Order.SINCE:
        return date.fromisoformat(text)
    return Decimal(text) if order == Order.CONTRIBUTION else text
