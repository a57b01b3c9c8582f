"""The cluster that a page of this room is about."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.platform.access.middleware import seats_of


def own_cluster(request: HttpRequest, key: str) -> Cluster:
    """The cluster of the address; who holds no seat in any is told whose list this is."""
    seats = seats_of(request)
    if not seats.clusters:
        access.may_see_members(seats, 0).require()
    cluster = chosen_cluster(request, key)
    if cluster is None:
        raise PermissionDenied
    access.may_see_members(seats, cluster.pk).require()
    return cluster
