"""Seats handed out by clusters, agencies and member organisations, and who may do what here."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.platform.access.decision import ALLOWED, Decision, allow_if
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats

if TYPE_CHECKING:
    from clusterwerk.clusters.handover.models import HandOver
    from clusterwerk.clusters.inviting.models import Invitation, SeatRequest


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


def may_end_seat(seats: Seats, seat: Seat) -> Decision:
    """Who gives a seat ends it; everybody gives up an own one, and organisations end theirs."""
    if seat.user_id == seats.actor or (seat.organisation_id or 0) in seats.organisations:
        return allow_if(seats.actor is not None, _("Sign in first."))
    return may_give_seat(seats, SeatKind(seat.kind), cluster=seat.cluster_id, agency=seat.agency_id)


def may_see_people(seats: Seats, *, agency: int = 0, organisation: int = 0) -> Decision:
    """Who has access to an agency or an organisation is known there, and to a steward."""
    return allow_if(
        seats.is_steward or agency in seats.agencies or organisation in seats.organisations,
        _("Who has access is shown to the people of that place, and to a steward."),
    )


def may_keep_installation(seats: Seats) -> Decision:
    return allow_if(seats.is_steward, _("Only a steward of the installation sees this page."))


def may_ask_seat(seats: Seats, *, cluster: int | None, organisation: int) -> Decision:
    """A manager asks for a member of the cluster; a representative asks for a colleague."""
    if cluster is None:
        return allow_if(
            organisation in seats.organisations,
            _("Only who acts for the organisation asks access for a colleague."),
        )
    return allow_if(
        cluster in seats.managed_clusters,
        _("Only the cluster's manager asks that somebody may act for a member."),
    )


def may_take_request_back(seats: Seats, request: "SeatRequest") -> Decision:
    return may_ask_seat(seats, cluster=request.cluster_id, organisation=request.organisation_id)


def may_decide_request(seats: Seats) -> Decision:
    return allow_if(
        seats.is_steward, _("Only a steward decides who may act for a member organisation.")
    )


def may_settle_invitation(seats: Seats, invitation: "Invitation") -> Decision:
    """Who may give the seat, and the manager of the cluster that asked for it."""
    if invitation.cluster_id in seats.managed_clusters:
        return ALLOWED
    kind = SeatKind(invitation.kind)
    return may_give_seat(seats, kind, cluster=invitation.cluster_id, agency=invitation.agency_id)
