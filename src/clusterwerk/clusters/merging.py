"""What moves in this room when organisations are merged."""

from collections.abc import Iterable

from django.db.models import QuerySet

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.inviting.models import Invitation, InvitationState, SeatRequest
from clusterwerk.clusters.models import ClusterHost, Seat
from clusterwerk.directory.duplicates import Clash, Moves


def _same_open_seat(row: Seat, kept: "QuerySet[Seat]") -> Iterable[Seat]:
    if row.until is not None:
        return ()
    return kept.filter(user=row.user_id, kind=row.kind, role=row.role, until=None)


def _same_open_invitation(row: Invitation, kept: "QuerySet[Invitation]") -> Iterable[Invitation]:
    if row.state != InvitationState.OPEN:
        return ()
    return kept.filter(cluster=row.cluster_id, email=row.email, state=InvitationState.OPEN)


CLUSTER_MOVES = (
    Moves(ClusterHost, "organisation", Clash(fields=("cluster",))),
    # Seats name no cluster where they stand in an organisation: they move with a merge in the
    # shared directory, which a steward makes, who gives these seats; never with one of a cluster.
    Moves(Seat, "organisation", Clash(finds=_same_open_seat)),
    Moves(HandOver, "to_host"),
    Moves(SeatRequest, "organisation", Clash(fields=("cluster", "email"))),
    Moves(Invitation, "organisation", Clash(finds=_same_open_invitation)),
)
