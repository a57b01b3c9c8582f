"""Possible duplicates, two of them side by side, and merges that can be taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.directory.duplicates import access, showing
from clusterwerk.directory.duplicates.holding import seen_of
from clusterwerk.directory.duplicates.jobs import find_duplicates
from clusterwerk.directory.duplicates.merging import (
    FACTS,
    SUBJECT,
    facts_to_choose,
    merge,
    required,
)
from clusterwerk.directory.duplicates.pages import (
    SHOWN,
    hindrance,
    look_again,
    take_back,
    what_moves,
)
from clusterwerk.directory.duplicates.searching import call_distinct
from clusterwerk.directory.duplicates.tabs import tabs
from clusterwerk.directory.duplicates.undoing import undo_merge
from clusterwerk.directory.models import Merge, Organisation
from clusterwerk.directory.relations import OwnCluster, own_clusters
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError

UNPROCESSABLE = 422
SHARED = "shared"
NAMES_IN = "nl"  # the language of names in the directory


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Of a cluster, or of the shared directory for a steward; POST looks for them anew."""
    seats = seats_of(request)
    places = _places(seats)
    asked = request.GET.get("of", "")
    place = next((each for each in places if each.key == asked), places[0])
    cluster = _number(place)
    if request.method == "POST":
        access.may_judge(seats, cluster).require()
        return look_again(
            request, find_duplicates, reason="directory:duplicate_list", cluster=cluster
        )
    context = {
        "places": places,
        "place": place,
        "tabs": tabs(place.key, "organisations") if cluster else [],
        "pairs": showing.pairs(cluster),
        "merges": showing.merges(cluster),
        "may_judge": access.may_judge(seats, cluster),
        "may_undo": access.may_undo(seats, cluster),
        "most": SHOWN,
        "mark": "directory/_duplicate_mark.html",
        "names_in": NAMES_IN,
    }
    return render(request, "directory/duplicate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_compare(request: HttpRequest, losing: int, keeping: int) -> HttpResponse:
    """Both side by side; POST merges them, or says that they are not the same."""
    seats = seats_of(request)
    one, other = _organisation(losing), _organisation(keeping)
    owner = one.cluster_id or other.cluster_id
    access.may_judge(seats, owner).require()
    refusal = ""
    if request.method == "POST":
        try:
            return _decided(request, seats, one, other)
        except DomainError as error:
            refusal = str(error)
            one, other = _organisation(losing), _organisation(keeping)
    context = {**_compared(seats, one, other), "refusal": refusal, "back": _back(seats, owner)}
    status = UNPROCESSABLE if refusal else 200
    return render(request, "directory/duplicate_compare.html", context, status=status)


@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    seats = seats_of(request)
    made = Merge.objects.filter(pk=pk, subject=SUBJECT).first()
    if made is None:
        raise Http404(_("This merge does not exist for you."))
    take_back(request, undo_merge, made)
    return redirect(_back(seats, made.cluster_id))


def _places(seats: Seats) -> list[OwnCluster]:
    """Where the person may look; the shared directory has no number."""
    places = list(own_clusters(seats))
    if seats.is_steward:
        places.append(OwnCluster(0, SHARED, _("Shared directory")))
    if not places:
        raise PermissionDenied(_("Duplicates are for the teams of clusters, and for stewards."))
    return places


def _number(place: OwnCluster) -> int | None:
    return place.number or None


def _organisation(key: int) -> Organisation:
    found = Organisation.objects.select_related("place").filter(pk=key).first()
    if found is None:
        raise Http404(_("This organisation does not exist for you."))
    return found


def _decided(
    request: HttpRequest, seats: Seats, losing: Organisation, keeping: Organisation
) -> HttpResponse:
    owner = losing.cluster_id or keeping.cluster_id
    if request.POST.get("answer") == "different":
        call_distinct(seats=seats, cluster=owner, one=losing.pk, other=keeping.pk)
        messages.success(request, _("Remembered: these two are not the same."))
        return redirect(_back(seats, owner))
    taken = [
        name for name in facts_to_choose(losing, keeping) if request.POST.get(name) == "losing"
    ]
    values: dict[str, Any] = {name: getattr(losing, name) for name in taken}
    seen = request.POST.get("seen", "")
    merge(seats=seats, losing=losing, keeping=keeping, values=values, seen=seen)
    told = _("%(losing)s is now part of %(keeping)s. It can be taken back below.")
    messages.success(request, told % {"losing": losing.name, "keeping": keeping.name})
    return redirect(_back(seats, owner))


def _compared(seats: Seats, losing: Organisation, keeping: Organisation) -> dict[str, Any]:
    return {
        "losing": losing,
        "keeping": keeping,
        "seen": seen_of((losing, keeping), FACTS),
        "facts": showing.facts(losing, keeping),
        "moving": what_moves(losing),
        "decision": access.may_merge(seats, losing.cluster_id, keeping.cluster_id),
        "hindrance": hindrance(required, losing, keeping),
        "other_way": _other_way(seats, losing, keeping),
        "is_shared": losing.cluster_id is None,
        "names_in": NAMES_IN,
    }


def _other_way(seats: Seats, losing: Organisation, keeping: Organisation) -> str:
    """The address where the losing one stays; empty where the person may not merge them so."""
    if not access.may_merge(seats, keeping.cluster_id, losing.cluster_id):
        return ""
    return reverse("directory:duplicate_compare", args=[keeping.pk, losing.pk])


def _back(seats: Seats, cluster: int | None) -> str:
    key = next((each.key for each in own_clusters(seats) if each.number == cluster), SHARED)
    return f"{reverse('directory:duplicate_list')}?of={key}"
