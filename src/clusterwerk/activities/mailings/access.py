"""Who may write to many in the name of a cluster."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.access import may_keep_activities
from clusterwerk.activities.models import Mailing, MailingState
from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats

DOOR = "mailing"


def may_write(seats: Seats, cluster: int) -> Decision:
    return may_keep_activities(seats, cluster)


def may_change(seats: Seats, mailing: Mailing) -> Decision:
    """A draft alone: afterwards people have it."""
    allowed = may_write(seats, mailing.cluster_id)
    if not allowed:
        return allowed
    return allow_if(
        mailing.state == MailingState.DRAFT,
        _("This mailing has left the drafts. Copy it to write another."),
    )


def team_of(cluster: int) -> Seats:
    """With which the returns of a mail are written down: nobody of the team is there to do it."""
    return Seats(held=(HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster),))
