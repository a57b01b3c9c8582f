"""Who may keep views of lists for the team."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import SavedView
from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, Seats


def may_keep_views(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        seats.actor is not None and cluster in seats.clusters,
        _("Views of a cluster's lists are kept by people with a seat in it."),
    )


def may_share_views(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        cluster in seats.places(SeatKind.CLUSTER, writing=True),
        _("Whoever only reads along keeps views for themselves."),
    )


def may_take_away(seats: Seats, view: SavedView) -> Decision:
    """One's own, or a shared one in a cluster that one leads."""
    return allow_if(
        view.owner_id == seats.actor
        or (view.is_shared and view.cluster_id in seats.managed_clusters),
        _("A view is taken away by who keeps it; a shared one by the manager too."),
    )
