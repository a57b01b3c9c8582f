"""Whom a whole programme reaches, beside what its documents print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.forms.reach import DayForm
from clusterwerk.members.queries.reach import ReachOfNetwork
from clusterwerk.members.reach import COLUMNS, every_line, mean_age, municipality_table, tables
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, FileKind, Table, table_response
from clusterwerk.reporting import access
from clusterwerk.reporting.queries.reach import published_reach, reach_of_programme
from clusterwerk.reporting.views.common import today

UNPROCESSABLE = 422


def programme_reach(request: HttpRequest) -> HttpResponse:
    seats = seats_of(request)
    access.may_oversee(seats).require()
    form = DayForm(request.GET)
    is_valid = form.is_valid()
    agencies = sorted(seats.agencies)
    found = reach_of_programme(agencies, form.day_asked(today()))
    kind = KINDS.get(request.GET.get("file", "")) if is_valid else None
    if kind:
        return _reach_table(request, found, kind)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "mean_age": mean_age(found.reach),
        "tables": tables(found.reach, knows_size=False, knows_others=True),
        "municipalities": municipality_table(found.reach),
        "readings": published_reach(agencies),
    }
    status = 200 if is_valid else UNPROCESSABLE
    return render(request, "reporting/programme_reach.html", context, status=status)


@download
def _reach_table(request: HttpRequest, found: ReachOfNetwork, kind: FileKind) -> HttpResponse:  # noqa: ARG001 - names who asks
    lines = (
        (_("Members on"), found.reach.day),
        (_("Members"), found.reach.total),
        (_("Source"), _("Counted from the memberships that the clusters keep.")),
    )
    rows = every_line(found.reach, knows_size=False, knows_others=True)
    table = Table("programme-reach", COLUMNS, rows, About(_("Reach"), lines))
    return table_response(table, kind, found.reach.day)
