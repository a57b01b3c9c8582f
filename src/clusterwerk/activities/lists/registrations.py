"""The list of who registered for an activity."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import Activity, Registration, RegistrationState
from clusterwerk.activities.queries.registrations import registrations_of
from clusterwerk.activities.questions import answers_in, questions_in
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.text import SortKey
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import Column, Facet, Listing, row_address

REGISTRATIONS = "registrations"
ORGANISATION = Coalesce(F("organisation__name_sort"), SortKey(F("printed_organisation")))
TO_DECIDE, DECIDED = "open", "done"


def registration_listing(cluster: Cluster | Agency, activity: Activity) -> Listing[Registration]:
    """Everybody who ever registered, also who withdrew, by name."""
    address = row_address("activities:registration_detail", cluster.key, str(activity.pk))
    return Listing(
        key=REGISTRATIONS,
        base=registrations_of(activity),
        search=_search,
        rows=lambda found, _columns: tuple(found),
        columns=(*_columns(), *_further_columns(), *_answer_columns(activity)),
        facets=_facets(),
        pk=lambda row: row.pk,
        address=lambda row: address(row.pk),
        sums={"guests": F("guests")},
    )


def _search(rows: "QuerySet[Any]", words: tuple[str, ...]) -> "QuerySet[Any]":
    rows = rows.alias(by_name=SortKey(F("name")), by_organisation=ORGANISATION)
    for word in words:
        fits = Q(by_name__contains=word) | Q(by_organisation__contains=word)
        rows = rows.filter(fits | Q(email__icontains=word))
    return rows


def _columns() -> tuple[Column[Registration], ...]:
    return (
        Column(
            "name",
            _("Name"),
            lambda row: row.name,
            note=lambda row: " · ".join(filter(None, (row.email, row.telephone))),
            sort=SortKey(F("name")),
            width=28,
        ),
        Column(
            "organisation",
            _("Organisation"),
            lambda row: (
                str(row.organisation) if row.organisation else row.printed_organisation or None
            ),
            note=lambda row: (
                _("not known") if row.printed_organisation and not row.organisation else ""
            ),
            sort=ORGANISATION,
            width=32,
        ),
        Column("guests", _("Guests"), lambda row: row.guests, Format.COUNT, sort=F("guests")),
        Column(
            "state",
            _("State"),
            lambda row: capfirst(row.get_state_display()),
            note=lambda row: _("not known as a member") if row.is_undecided else "",
            sort=F("state"),
            width=20,
        ),
        Column(
            "asked",
            _("Asked"),
            lambda row: timezone.localdate(row.asked_at),
            Format.DAY,
            sort=F("asked_at__date"),
        ),
    )


def _further_columns() -> tuple[Column[Registration], ...]:
    return (
        Column("email", _("E-mail address"), lambda row: row.email or None, shown=False, width=32),
        Column("telephone", _("Telephone"), lambda row: row.telephone or None, shown=False),
        Column("price", _("Price"), lambda row: row.price, Format.EURO, shown=False),
        Column("remark", _("Remark"), lambda row: row.remark or None, shown=False, width=40),
        Column(
            "relevance",
            _("Relevance"),
            lambda row: capfirst(row.get_relevance_display()) if row.relevance else None,
            shown=False,
        ),
        Column(
            "takes_along",
            _("Takes along"),
            lambda row: row.takes_along or None,
            shown=False,
            width=40,
        ),
        Column(
            "better", _("Could be better"), lambda row: row.better or None, shown=False, width=40
        ),
        Column("demo", _("Invented"), lambda row: row.is_demo, shown=False),
    )


def _answer_columns(activity: Activity) -> tuple[Column[Registration], ...]:
    """A column for each question that ever stood on the form."""
    return tuple(
        Column(f"question_{question.key}", question.words, _answer_to(question.key), width=24)
        for question in questions_in(activity.questions)
    )


def _answer_to(key: str) -> Callable[[Registration], str | None]:
    def written(row: Registration) -> str | None:
        found = (answer.written for answer in answers_in(row.answers) if answer.key == key)
        return next(found, None)

    return written


def _facets() -> tuple[Facet, ...]:
    undecided = Q(state=RegistrationState.WAITING, approved=False)
    return (
        Facet("state", _("State"), F("state"), dict(RegistrationState.choices)),
        Facet(
            "decide",
            _("May come"),
            Case(When(undecided, then=Value(TO_DECIDE)), default=Value(DECIDED)),
            {TO_DECIDE: _("you decide"), DECIDED: _("decided")},
        ),
    )
