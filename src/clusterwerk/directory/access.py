"""Who may add to the shared directory."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats


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


_KEEPERS = frozenset({SeatRole.MANAGER, SeatRole.STAFF})


def may_type_in(seats: Seats, cluster: int | None) -> Decision:
    """Write down an organisation that no register told us, for one's own cluster alone."""
    return allow_if(
        cluster is not None and any(seats.has_role(role, cluster) for role in _KEEPERS),
        _("Only the manager and the staff of the cluster write down its own organisations."),
    )


def may_publish(seats: Seats, cluster: int | None) -> Decision:
    """From then on everybody sees it, and it cannot be taken back."""
    return allow_if(
        cluster is not None and seats.has_role(SeatRole.MANAGER, cluster),
        _("Only the manager of the cluster publishes an organisation that it typed in."),
    )


def may_correct(seats: Seats, cluster: int | None) -> Decision:
    """A private one by its cluster; a shared one by whoever works with the directory."""
    return may_register(seats) if cluster is None else may_type_in(seats, cluster)
