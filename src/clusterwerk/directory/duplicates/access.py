"""Who may merge what, and who may take it back."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, Seats


def may_merge(seats: Seats, losing: int | None, keeping: int | None) -> Decision:
    """Clusters that the two are private to; none is shared.

    A manager: two of the own cluster, or one of them into a shared one, and only rows of the own
    cluster move. Two shared ones: a steward. A shared one never goes up in a private one, for
    everybody else would lose sight of it.
    """
    if losing is None and keeping is None:
        return allow_if(
            seats.is_steward, _("Only a steward of the installation merges shared organisations.")
        )
    if losing is None:
        return allow_if(
            condition=False,
            reason=_(
                "A shared organisation does not go up in a private one; merge them the other"
                " way round."
            ),
        )
    if keeping not in {None, losing}:
        return allow_if(condition=False, reason=_("These two belong to different clusters."))
    return may_merge_own(seats, losing)


def may_merge_own(seats: Seats, cluster: int) -> Decision:
    """Rows of one cluster: its contacts, its private organisations; the same to take it back."""
    return allow_if(
        cluster in seats.managed_clusters, _("Only a manager of the cluster merges its rows.")
    )


def may_undo(seats: Seats, cluster: int | None) -> Decision:
    if cluster is not None:
        return may_merge_own(seats, cluster)
    return allow_if(
        seats.is_steward,
        _("Only a steward of the installation takes back a merge in the shared directory."),
    )


def may_judge(seats: Seats, cluster: int | None) -> Decision:
    """Look for duplicates, and say that two rows are not the same."""
    if cluster is None:
        return allow_if(
            seats.is_steward, _("Only a steward looks for duplicates in the shared directory.")
        )
    return allow_if(
        cluster in seats.places(SeatKind.CLUSTER, writing=True),
        _("Only the team of the cluster says which of its rows are the same."),
    )
