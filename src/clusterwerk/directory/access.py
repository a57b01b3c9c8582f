"""Who may add to the shared directory."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, Seats


def may_register(seats: Seats) -> Decision:
    """Whoever works for a cluster or an agency; the directory is shared by all of them."""
    works = any(
        seat.writes and seat.kind in {SeatKind.CLUSTER, SeatKind.AGENCY, SeatKind.STEWARD}
        for seat in seats.held
    )
    return allow_if(
        works, _("Only people who work for a cluster or an agency add organisations here.")
    )


def may_load_places(seats: Seats) -> Decision:
    return allow_if(seats.is_steward, _("Only a steward of the installation loads the places."))


def may_load_register(seats: Seats) -> Decision:
    return allow_if(
        seats.is_steward, _("Only a steward of the installation loads the enterprise register.")
    )
