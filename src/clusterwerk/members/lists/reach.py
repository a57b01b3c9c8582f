"""Facets to which the numbers of the page of reach lead: each can be looked at row by row."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.reach import YOUNGEST
from clusterwerk.members.models import Membership
from clusterwerk.members.reach import AGES
from clusterwerk.platform.ui.lists import Facet

JOINED, LEFT = "joined", "left"
MOVES = {JOINED: _("Came since the earlier day"), LEFT: _("Left since the earlier day")}


def reach_facets(day: date, since: date | None) -> tuple[Facet, ...]:
    """Age and municipality on the day, and who came or left since an earlier one."""
    facets = (
        Facet("age", _("Age"), _age_class(day), AGES, led_to=True),
        Facet(
            "municipality",
            _("Municipality"),
            NullIf(F("organisation__place__name"), Value("")),
            led_to=True,
        ),
    )
    if since is None:
        return facets
    return (*facets, Facet("moved", _("Came and left"), _moved(day, since), MOVES, led_to=True))


class _AgeClass(Func):
    """The class of the whole years since the start, as `measure.reach` draws the lines."""

    _names = ", ".join(f"'{group}'" for group in YOUNGEST)
    _lines = ", ".join(str(youngest) for youngest in YOUNGEST.values())
    template = (
        f"(array[{_names}])[width_bucket(extract(year from age(%(expressions)s))::int,"
        f" array[{_lines}])]"
    )
    output_field = TextField()


def _age_class(day: date) -> Case:
    """Empty when nobody knows the start, or when it lies after the day."""
    start = F("organisation__started_on")
    return Case(
        When(
            organisation__started_on__lte=day,
            then=_AgeClass(Value(day, output_field=DateField()), start),
        ),
        output_field=TextField(),
    )


def _moved(day: date, since: date) -> Case:
    return Case(
        When(Q(period__contains=day) & ~Exists(_members(since)), then=Value(JOINED)),
        When(Q(period__contains=since) & ~Exists(_members(day)), then=Value(LEFT)),
        output_field=CharField(),
    )


def _members(day: date) -> "QuerySet[Any]":
    """A membership of the same organisation in the same cluster that holds the day."""
    return Membership.objects.filter(
        cluster_id=OuterRef("cluster_id"),
        organisation_id=OuterRef("organisation_id"),
        period__contains=day,
    )
