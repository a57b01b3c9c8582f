"""Who can see what of a cluster, for everybody with a seat in it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.clusters import access, jobs
from clusterwerk.clusters.choosing import chosen_cluster, own_clusters
from clusterwerk.clusters.forms import ReaderForm
from clusterwerk.clusters.models import Cluster
from clusterwerk.clusters.sharing.people import seat_holders
from clusterwerk.clusters.sharing.readers import previews, readers_of
from clusterwerk.clusters.sharing.shared import Shared, seen_by, shared_kinds
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.kinds import kinds
from clusterwerk.platform.text import row_number

UNPROCESSABLE = 422
SEEN = "seen"  # the part of the page that changes with the reader


@require_safe
def own_sharing(request: HttpRequest) -> HttpResponse:
    """The page of the cluster that the person works in."""
    return redirect("clusters:sharing", cluster=_own_cluster(request, "").key)


@require_safe
def sharing(request: HttpRequest, cluster: str) -> HttpResponse:
    asked = _asked(request, _own_cluster(request, cluster))
    is_part = request.headers.get("HX-Target") == SEEN
    response = render(
        request,
        "clusters/_seen.html" if is_part else "clusters/sharing.html",
        _context(request, asked, whole=not is_part),
        status=200 if asked.form.is_valid() else UNPROCESSABLE,
    )
    patch_vary_headers(response, ["HX-Target"])
    return response


@require_safe
def sharing_print(request: HttpRequest, cluster: str) -> HttpResponse:
    """All of it at once, through every reader's eyes, to be printed or kept as a file."""
    asked = _asked(request, _own_cluster(request, cluster))
    every = [
        (reader, seen_by(reader.seats, asked.shared)) for reader in asked.form.readers.values()
    ]
    context = {**_context(request, asked, whole=True), "every": every, "now": timezone.localtime()}
    return render(request, "clusters/sharing_print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, cluster: str) -> HttpResponse:
    """What the archive holds; the button asks for it as a job."""
    own = _own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_take_out(seats, own.pk).require()
    if request.method == "POST":
        assert seats.actor is not None, "signed in"
        run = ask(jobs.take_out, actor=seats.actor, reason="clusters:take_out", cluster=own.pk)
        return redirect("jobs:job_detail", run.pk)
    return render(request, "clusters/take_out.html", {"cluster": own, "kinds": kinds()})


def _own_cluster(request: HttpRequest, key: str) -> Cluster:
    seats = seats_of(request)
    if not seats.clusters:
        access.may_see_sharing(seats, 0).require()
    cluster = chosen_cluster(request, key)
    if cluster is None:
        raise PermissionDenied
    access.may_see_sharing(seats, cluster.pk).require()
    return cluster


@dataclass(frozen=True, slots=True)
class Asked:
    """A cluster with its kinds of data, and whose eyes are asked for."""

    cluster: Cluster
    shared: list[Shared]
    members: list[tuple[int, str]]
    form: ReaderForm


def _asked(request: HttpRequest, cluster: Cluster) -> Asked:
    shared = shared_kinds(cluster)
    members = _members(shared)
    known = dict(members)
    asked = request.GET.get("member", "")
    key = row_number(asked)
    member = (key, known[key]) if key in known else next(iter(members), None)
    form = ReaderForm(request.GET, readers=readers_of(cluster, member), members=members)
    form.is_valid()
    return Asked(cluster, shared, members, form)


def _members(shared: list[Shared]) -> list[tuple[int, str]]:
    """Organisations with a membership here, by name."""
    rows = next((each.rows for each in shared if each.kind.model is Organisation), ())
    return list(Organisation.objects.filter(pk__in=rows).values_list("pk", "name"))


def _context(request: HttpRequest, asked: Asked, *, whole: bool) -> dict[str, Any]:
    reader, seats = asked.form.chosen, seats_of(request)
    found: dict[str, Any] = {
        "cluster": asked.cluster,
        "may_take_out": access.may_take_out(seats, asked.cluster.pk),
        "form": asked.form,
        "reader": reader,
        "seen": seen_by(reader.seats, asked.shared),
        "previews": [
            (page.label, page.address(asked.cluster.key))
            for page in previews()
            if page.reader.value == reader.key
        ],
    }
    if whole:
        found["shared"] = asked.shared
        found["holders"] = seat_holders(asked.cluster, [key for key, _name in asked.members])
        found["clusters"] = own_clusters(request) if len(seats.clusters) > 1 else []
    return found
