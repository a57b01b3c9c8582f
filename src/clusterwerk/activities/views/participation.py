"""Who takes part in what a cluster organises, who drifts, and what the numbers rest on."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clusterwerk.activities.forms.participation import OnForm
from clusterwerk.activities.lists.participation import ParticipationRow, participation_listing
from clusterwerk.activities.participation import COLUMNS, Shown, every_line, shown_participation
from clusterwerk.activities.queries.competences import trained
from clusterwerk.activities.queries.participation import (
    FEW,
    drifting_members,
    evidence_of,
    members_on,
    members_to_watch,
)
from clusterwerk.activities.views.own import own_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.participation import NEEDED, drifts_on, end_of_year, falls_out
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, FileKind, Table, table_response
from clusterwerk.platform.ui.lists import Asked, Listing, asked_of, read_list
from clusterwerk.platform.ui.lists.answering import part_asked
from clusterwerk.platform.ui.lists.filing import list_table
from clusterwerk.platform.ui.lists.showing import shown_list

UNPROCESSABLE = 422
COUNTED = _("Counted from who was at the activities that were held.")


@require_safe
def own_participation(request: HttpRequest) -> HttpResponse:
    """That of the cluster in which the person works."""
    return redirect("activities:participation", cluster=own_cluster(request, "").key)


@require_safe
def participation(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    form = OnForm(request.GET)
    is_valid = form.is_valid()
    day = form.day_asked(timezone.localdate())
    shown = shown_participation(own, day)
    kind = KINDS.get(request.GET.get("file", "")) if is_valid else None
    if kind:
        return _participation_file(request, own, shown, kind)
    context = {
        "cluster": own,
        "form": form,
        "day": day,
        "shown": shown,
        "until": end_of_year(day),
        "drifting": _drifting(own.pk, day) if shown.tally.drifting else [],
        "watched": members_to_watch(own.pk, day, FEW) if shown.tally.to_watch else [],
    }
    return render(
        request,
        "activities/participation.html",
        context,
        status=200 if is_valid else UNPROCESSABLE,
    )


@require_safe
def participation_members(request: HttpRequest, cluster: str) -> HttpResponse:
    """The members behind a number, one by one."""
    own = own_cluster(request, cluster)
    form = OnForm(request.GET)
    is_valid = form.is_valid()
    day = form.day_asked(timezone.localdate())
    listing = participation_listing(own, day)
    asked = asked_of(request.GET, listing)
    if is_valid and (kind := KINDS.get(request.GET.get("file", ""))):
        return _members_file(request, own, day, (listing, asked), kind)
    read = read_list(listing, asked)
    context = {
        "cluster": own,
        "form": form,
        "day": day,
        "list": shown_list(listing, asked, read, request.GET, ()),
        "has_demo": any(row.membership.is_demo for row in read.page.rows),
        "panel": None,
    }
    template = "_participation_rows" if part_asked(request) else "participation_members"
    return render(
        request,
        f"activities/{template}.html",
        context,
        status=200 if is_valid else UNPROCESSABLE,
    )


@require_safe
def participation_evidence(request: HttpRequest, cluster: str, organisation: int) -> HttpResponse:
    """What one member was at in its twelve months, and who came."""
    own = own_cluster(request, cluster)
    form = OnForm(request.GET)
    is_valid = form.is_valid()
    day = form.day_asked(timezone.localdate())
    rows = members_on(own.pk, day).select_related("organisation")
    member = get_object_or_404(rows, organisation_id=organisation)
    found = _by_activity(own.pk, day, organisation)
    days = [activity.day for activity, _people, _falls in found]
    context = {
        "cluster": own,
        "form": form,
        "day": day,
        "member": member,
        "found": found,
        "takes_part": len(found) >= NEEDED,
        "trained": trained(own.pk, organisation),
        "falls_on": drifts_on(days, day),
    }
    return render(
        request,
        "activities/participation_evidence.html",
        context,
        status=200 if is_valid else UNPROCESSABLE,
    )


def _drifting(cluster: int, day: date) -> list[tuple[Any, date]]:
    rows = drifting_members(cluster, day, FEW)
    return [(member, falls_out(member.second)) for member in rows]


def _by_activity(cluster: int, day: date, organisation: int) -> list[tuple[Any, list[Any], date]]:
    """Each activity with who came and the day on which it counts no more."""
    rows = evidence_of(cluster, day, organisation)
    return [
        (activity, list(people), falls_out(activity.day))
        for activity, people in groupby(rows, key=lambda row: row.activity)
    ]


@download
def _participation_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    cluster: Cluster,
    shown: Shown,
    kind: FileKind,
) -> HttpResponse:
    about = About(_("Participation"), _about(cluster, shown.day))
    table = Table(f"{cluster.key}-participation", COLUMNS, every_line(shown), about)
    return table_response(table, kind, shown.day)


@download
def _members_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    cluster: Cluster,
    day: date,
    asked_list: tuple[Listing[ParticipationRow], Asked],
    kind: FileKind,
) -> HttpResponse:
    about = About(_("Participation of members"), _about(cluster, day))
    table = list_table(*asked_list, f"{cluster.key}-participation-of-members", about)
    return table_response(table, kind, day)


def _about(cluster: Cluster, day: date) -> tuple[tuple[Any, Any], ...]:
    return (
        (_("Cluster"), cluster.name),
        (_("Members on"), day),
        (_("Takes part"), _("At two activities or more in the twelve months up to that day.")),
        (_("Source"), COUNTED),
    )
