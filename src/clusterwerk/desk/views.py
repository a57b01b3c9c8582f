"""The signed-in home: one section for each kind of seat a person holds."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clusterwerk.clusters.choosing import chosen_cluster, own_clusters
from clusterwerk.desk.queries.cluster import cluster_desk
from clusterwerk.desk.queries.member import member_desk, represented
from clusterwerk.desk.queries.others import agency_desk, evaluator_desk, steward_desk
from clusterwerk.desk.queries.pages import pages_found
from clusterwerk.desk.queries.position import Position
from clusterwerk.desk.wording import greeting
from clusterwerk.directory.identifiers import why_no_number
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import SeatKind
from clusterwerk.platform.searching import PER_SOURCE
from clusterwerk.platform.searching import search as find_everywhere
from clusterwerk.platform.ui.navigation import navigation_for
from clusterwerk.programme.queries import term_of_cluster
from clusterwerk.reporting.access import may_record_counts
from clusterwerk.reporting.actions import record_counts
from clusterwerk.reporting.models import CountedReading

MORE = 50  # rows of one kind, on a page of their own
LONGEST = 200


def home(request: HttpRequest) -> HttpResponse:
    now = timezone.localtime()
    context = {"now": now, "greeting": greeting(now.hour), **_sections(request, now.date())}
    return render(request, "desk/home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """What was typed, in every kind of rows that one may see; as options for the field of the top.

    `kind` asks for more of one kind.
    """
    typed, kind = request.GET.get("q", "")[:LONGEST].replace("\0", ""), request.GET.get("kind", "")
    limit = MORE if kind else PER_SOURCE
    found = find_everywhere(seats_of(request), typed, limit=limit, only=kind)
    pages = () if kind else pages_found(navigation_for(request), typed)
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    wrong = "" if found or pages else why_no_number(typed.strip(), is_being_typed=bool(htmx))
    context = {"typed": typed.strip(), "found": found, "pages": pages, "kind": kind, "wrong": wrong}
    return render(request, "desk/_search.html" if htmx else "desk/search.html", context)


@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """Record what the indicators count on the reference day of the cluster."""
    cluster = chosen_cluster(request, request.POST.get("cluster", ""))
    if cluster is None:
        raise PermissionDenied(_("Only the cluster itself records what its records count."))
    day = Position(timezone.localdate(), term_of_cluster(cluster.pk)).day
    new = record_counts(seats=seats_of(request), cluster=cluster, day=day)
    messages.success(request, _recorded(new))
    return redirect("desk:home")


def _recorded(new: list[CountedReading]) -> str:
    """The message after recording; it leads to the records of the first new count."""
    if not new:
        return _("Nothing has changed since the last count, so it stands as recorded.")
    told = ngettext("%(number)s count recorded.", "%(number)s counts recorded.", len(new))
    return format_html(
        '{} <a href="{}">{}</a>',
        told % {"number": len(new)},
        reverse("reporting:evidence", args=[new[0].pk]),
        _("Open the records of the first"),
    )


def _sections(request: HttpRequest, today: date) -> dict[str, Any]:
    """What the page shows, by kind of seat; kinds that are not held are absent."""
    seats = seats_of(request)
    found: dict[str, Any] = {}
    cluster = chosen_cluster(request, request.GET.get("cluster", ""))
    if cluster:
        found["cluster_desk"] = cluster_desk(cluster, today)
        found["clusters"] = own_clusters(request) if len(seats.clusters) > 1 else []
        found["may_record"] = may_record_counts(seats, cluster.pk)
    if seats.agencies:
        found["agency_desk"] = agency_desk(seats.agencies, today)
    if seats.organisations:
        found |= _member_section(request, seats.organisations, today)
    if seats.places(SeatKind.EVALUATION):
        found["evaluator_desk"] = evaluator_desk(seats.places(SeatKind.EVALUATION))
    if seats.is_steward:
        found["steward_desk"] = steward_desk(today)
    return found


def _member_section(
    request: HttpRequest, organisations: Collection[int], today: date
) -> dict[str, Any]:
    """The organisation that the address names, else the first; others are offered to choose."""
    own = represented(organisations)
    asked = request.GET.get("organisation", "")
    chosen = next((each for each in own if str(each.pk) == asked), own[0] if own else None)
    if chosen is None:
        return {}
    return {
        "member_desk": member_desk(chosen, today),
        "organisations": own if len(own) > 1 else [],
    }
