"""Seats handed out by clusters, agencies and member organisations."""

from collections.abc import Iterable

from django.utils import timezone

from clusterwerk.clusters.models import Seat
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole


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
