"""The cluster that a person works in: named in the address, else remembered, else the first."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.clusters.queries import clusters_of
from clusterwerk.platform.access.middleware import seats_of

REMEMBERED = "cluster"
KEPT = "own_clusters"


def chosen_cluster(request: HttpRequest, key: str = "") -> Cluster | None:
    """The cluster with this key, or without a key the remembered one or the first by name.

    None for who holds no seat in a cluster. A key that is not of an own cluster does not exist for
    this person, whether or not there is such a cluster: 404.
    """
    own = own_clusters(request)
    found = _named(own, key) if key else _remembered(own, request)
    if found and request.session.get(REMEMBERED) != found.pk:
        request.session[REMEMBERED] = found.pk
    return found


def own_clusters(request: HttpRequest) -> list[Cluster]:
    """Clusters in which the person holds a seat, by name; asked once in a request."""
    if not hasattr(request, KEPT):
        setattr(request, KEPT, clusters_of(seats_of(request)))
    found: list[Cluster] = getattr(request, KEPT)
    return found


def _named(own: list[Cluster], key: str) -> Cluster:
    for cluster in own:
        if cluster.key == key:
            return cluster
    raise Http404(_("You hold no seat in a cluster of this name."))


def _remembered(own: list[Cluster], request: HttpRequest) -> Cluster | None:
    kept = request.session.get(REMEMBERED)
    return next((cluster for cluster in own if cluster.pk == kept), own[0] if own else None)
