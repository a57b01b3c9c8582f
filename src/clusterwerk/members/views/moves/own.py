"""A move of the own cluster, on every page about it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.models import Move, MoveRow, MoveState
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of

AT_ONCE = 3_000  # rows up to which a page compares and rehearses by itself; more is a job


def own_move(request: HttpRequest, cluster: str, move: int) -> tuple[Cluster, Move]:
    own = own_cluster(request, cluster)
    access.may_keep_members(seats_of(request), own.pk).require()
    moves = Move.objects.select_related("cluster").exclude(state=MoveState.DROPPED)
    return own, get_object_or_404(moves, cluster=own, pk=move)


def is_small(move: Move) -> bool:
    """Whether a page compares and rehearses it by itself."""
    rows = MoveRow.objects.filter(cluster_id=move.cluster_id, move=move)
    return rows.count() <= AT_ONCE
