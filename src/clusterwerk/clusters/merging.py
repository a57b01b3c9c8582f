"""What moves in this room when organisations are merged."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.inviting.models import (
    Invitation,
    InvitationState,
    RequestState,
    SeatRequest,
)
from clusterwerk.clusters.models import ClusterHost, Seat
from clusterwerk.directory.duplicates import Clash, Moves


def _same_open_seat(row: Seat, kept: "QuerySet[Seat]") -> Iterable[Seat]:
    if row.until is not None:
        return ()
    return kept.filter(user=row.user_id, kind=row.kind, role=row.role, until=None)


def _one_waits(row: SeatRequest, kept: "QuerySet[SeatRequest]") -> Mapping[str, Any]:
    """What was asked and offered is never deleted: the second of two that wait is taken back."""
    waiting = kept.filter(cluster=row.cluster_id, email=row.email, state=RequestState.ASKED)
    is_second = row.is_open and waiting.exists()
    return {"state": RequestState.WITHDRAWN, "settled_at": timezone.now()} if is_second else {}


def _one_offered(row: Invitation, kept: "QuerySet[Invitation]") -> Mapping[str, Any]:
    waiting = kept.filter(cluster=row.cluster_id, email=row.email, state=InvitationState.OPEN)
    is_second = row.is_open and waiting.exists()
    return {"state": InvitationState.WITHDRAWN, "settled_at": timezone.now()} if is_second else {}


CLUSTER_MOVES = (
    Moves(ClusterHost, "organisation", Clash(fields=("cluster",))),
    # Seats name no cluster where they stand in an organisation: they move with a merge in the
    # shared directory, which a steward makes, who gives these seats; never with one of a cluster.
    Moves(Seat, "organisation", Clash(finds=_same_open_seat)),
    Moves(HandOver, "to_host"),
    Moves(SeatRequest, "organisation", Clash(yielding=_one_waits)),
    Moves(Invitation, "organisation", Clash(yielding=_one_offered)),
)
