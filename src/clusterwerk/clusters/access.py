"""Seats handed out by clusters, agencies and member organisations, and who may do what here."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats

if TYPE_CHECKING:
    from clusterwerk.clusters.handover.models import HandOver


def seats_held(actor: int) -> Iterable[HeldSeat]:
    """Seats of a person today, each with the agency whose programme it may read."""
    for seat in Seat.objects.filter(user_id=actor).held_on(timezone.localdate()):
        kind = SeatKind(seat.kind)
        place = {
            SeatKind.CLUSTER: seat.cluster_id,
            SeatKind.AGENCY: seat.agency_id,
            SeatKind.EVALUATION: seat.agency_id,
            SeatKind.ORGANISATION: seat.organisation_id,
        }.get(kind)
        yield HeldSeat(kind, SeatRole(seat.role), place, programme=seat.agency_id)


def may_register_agency(seats: Seats) -> Decision:
    return allow_if(seats.is_steward, _("Only a steward of the installation adds an agency."))


def may_found_cluster(seats: Seats, agency: int) -> Decision:
    return allow_if(
        seats.has_role(SeatRole.PROGRAMME_MANAGER, agency),
        _("Only a programme manager of the agency adds a cluster to its programme."),
    )


def may_describe_cluster(seats: Seats, cluster: Cluster) -> Decision:
    """Facts of a cluster are changed by its manager, or by the agency that keeps the list."""
    return allow_if(
        cluster.pk in seats.managed_clusters
        or seats.has_role(SeatRole.PROGRAMME_MANAGER, cluster.agency_id),
        _("Only the cluster's manager or a programme manager of its agency changes its facts."),
    )


def may_see_sharing(seats: Seats, cluster: int) -> Decision:
    """Who can see what of a cluster, names of its people among it."""
    return allow_if(
        cluster in seats.clusters,
        _("Who can see what of a cluster is shown to the people of that cluster."),
    )


def may_propose_hand_over(seats: Seats, cluster: int, agency: int) -> Decision:
    return allow_if(
        cluster in seats.managed_clusters or _runs(seats, agency),
        _("Only the cluster's manager or a programme manager of its agency hands it over."),
    )


def may_agree_to_hand_over(seats: Seats, over: "HandOver") -> Decision:
    return allow_if(
        over.cluster_id in seats.managed_clusters,
        _("Only the manager of the cluster that goes agrees to its hand-over."),
    )


def may_accept_hand_over(seats: Seats, over: "HandOver") -> Decision:
    return allow_if(
        over.to_cluster_id in seats.managed_clusters,
        _("Only the manager of the cluster that takes it in accepts a hand-over."),
    )


def may_withdraw_hand_over(seats: Seats, over: "HandOver") -> Decision:
    """Until it is carried out, each of those who must agree can say no."""
    parties = {over.cluster_id, over.to_cluster_id} & seats.managed_clusters
    return allow_if(
        bool(parties) or _runs(seats, over.agency_id),
        _("Only who has to agree to a hand-over withdraws it."),
    )


def may_rehearse_hand_over(seats: Seats, over: "HandOver") -> Decision:
    """How far two clusters share members is told when both agreed to it, or to their agency."""
    waits = over.needs_acceptance or (over.needs_agreement and over.to_cluster_id is not None)
    if waits and not _runs(seats, over.agency_id):
        return Decision(
            allowed=False,
            reason=_("It can be rehearsed as soon as both clusters have agreed."),
        )
    return may_withdraw_hand_over(seats, over)


def may_carry_out_hand_over(seats: Seats, over: "HandOver") -> Decision:
    return allow_if(
        _runs(seats, over.agency_id),
        _("Only a programme manager of the agency carries out a hand-over."),
    )


def _runs(seats: Seats, agency: int) -> bool:
    return seats.has_role(SeatRole.PROGRAMME_MANAGER, agency)


def may_take_out(seats: Seats, cluster: int) -> Decision:
    """All data at once, amounts included, is for who answers for the cluster."""
    return allow_if(
        cluster in seats.managed_clusters,
        _("Only the cluster's manager takes all its data along."),
    )


def may_give_seat(
    seats: Seats, kind: SeatKind, *, cluster: int | None, agency: int | None
) -> Decision:
    """A steward gives every seat, a manager those of the cluster, a programme manager the agency's.

    Seats of member organisations read amounts, so they come from a steward.
    """
    return allow_if(
        seats.is_steward or _gives_own(seats, kind, cluster, agency),
        _("You may not give or end seats here: ask the manager of the cluster or a steward."),
    )


def _gives_own(seats: Seats, kind: SeatKind, cluster: int | None, agency: int | None) -> bool:
    if kind == SeatKind.CLUSTER:
        return cluster in seats.managed_clusters
    if kind in {SeatKind.AGENCY, SeatKind.EVALUATION}:
        return agency is not None and seats.has_role(SeatRole.PROGRAMME_MANAGER, agency)
    return False
