"""Figures of earlier years, as a cluster stated them itself."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.reporting.models import StatedReading

MOST = 500  # figures of some years; a cluster states a few dozen a year


@require_safe
def own_stated(request: HttpRequest) -> HttpResponse:
    """The figures of the cluster that the person works in."""
    return redirect("reporting:stated_list", cluster=_own_cluster(request, "").key)


@require_safe
def stated_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = _own_cluster(request, cluster)
    readings = StatedReading.objects.filter(cluster=own)[:MOST]
    context = {"cluster": own, "readings": readings}
    return render(request, "reporting/stated_list.html", context)


def _own_cluster(request: HttpRequest, key: str) -> Cluster:
    cluster = chosen_cluster(request, key) if seats_of(request).clusters else None
    if cluster is None:
        raise PermissionDenied
    return cluster
