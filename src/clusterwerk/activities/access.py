"""Who may keep what a cluster or an agency organises, and who was there."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import Activity
from clusterwerk.clusters.models import Agency, Cluster
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


def may_lead(seats: Seats, lead: Cluster | Agency) -> Decision:
    """A cluster's activities are kept by its team, an agency's by its programme managers."""
    if isinstance(lead, Cluster):
        return may_keep_activities(seats, lead.pk)
    return _may_keep_for_agency(seats, lead.pk)


def may_change(seats: Seats, activity: Activity) -> Decision:
    """Its lead alone; a cluster that holds it together with others reads it."""
    if activity.cluster_id is not None:
        return may_keep_activities(seats, activity.cluster_id)
    return _may_keep_for_agency(seats, activity.agency_id or 0)


def _may_keep_for_agency(seats: Seats, agency: int) -> Decision:
    return allow_if(
        agency in seats.places(SeatKind.AGENCY, writing=True),
        _("What an agency organises is kept by its programme managers."),
    )
