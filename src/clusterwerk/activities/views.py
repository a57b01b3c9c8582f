"""Activities of a cluster and who was there."""

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.activities import access
from clusterwerk.activities.models import Activity
from clusterwerk.activities.queries import PAGE_SIZE, Key, activity_page, attendances_of
from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.middleware import seats_of


@require_safe
def own_activities(request: HttpRequest) -> HttpResponse:
    """The activities of the cluster that the person works in."""
    return redirect("activities:activity_list", cluster=_own_cluster(request, "").key)


@require_safe
def activity_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = _own_cluster(request, cluster)
    rows = activity_page(own.pk, _key(request.GET.get("after", "")))
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    context = {
        "cluster": own,
        "activities": rows[:PAGE_SIZE],
        "next_key": f"{last.day.isoformat()}~{last.pk}" if last else "",
        "has_demo": any(row.is_demo for row in rows),
    }
    return render(request, "activities/activity_list.html", context)


@require_safe
def activity_detail(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    own = _own_cluster(request, cluster)
    found = get_object_or_404(Activity, cluster=own, pk=activity)
    rows = list(attendances_of(found))
    organisations = {row.organisation_id for row in rows if row.organisation_id}
    context = {
        "cluster": own,
        "activity": found,
        "attendances": rows,
        "organisations": len(organisations),
    }
    return render(request, "activities/activity_detail.html", context)


def _own_cluster(request: HttpRequest, key: str) -> Cluster:
    seats = seats_of(request)
    cluster = chosen_cluster(request, key) if seats.clusters else None
    access.may_see_activities(seats, cluster.pk if cluster else 0).require()
    assert cluster is not None, "allowed above"
    return cluster


def _key(text: str) -> Key | None:
    """Where a page of the list begins; raises `BadRequest` for what this list did not write."""
    if not text:
        return None
    try:
        day, number = text.split("~")
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise BadRequest(_("This page of the list does not exist. Begin at its first.")) from error
