"""Who may write down what a cluster organises, and who was there."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members.access import may_keep_people
from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, Seats


def may_keep_activities(seats: Seats, cluster: int) -> Decision:
    return may_keep_people(seats, cluster)


def may_see_activities(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        cluster in seats.places(SeatKind.CLUSTER),
        _("Activities and who was there are for the cluster's own team."),
    )
