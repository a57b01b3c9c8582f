"""Who may publish figures, record counts and look over a whole programme."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats


def may_publish_figures(seats: Seats, agency: int) -> Decision:
    return allow_if(
        seats.has_role(SeatRole.PROGRAMME_MANAGER, agency),
        _("Only a programme manager of the agency imports its published figures."),
    )


def may_record_counts(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        cluster in seats.places(SeatKind.CLUSTER, writing=True),
        _("Only the cluster itself records what its records count."),
    )


def may_oversee(seats: Seats) -> Decision:
    """The whole portfolio is for the agency that runs it."""
    return allow_if(
        bool(seats.agencies),
        _("Programme oversight is for the agency. Your own figures stand on your desk."),
    )


def may_see_cluster(seats: Seats, *, cluster: int, agency: int) -> Decision:
    """All figures of one cluster, its agreement among them."""
    return allow_if(
        cluster in seats.clusters or agency in seats.agencies,
        _("This page is for the cluster itself and for its agency."),
    )
