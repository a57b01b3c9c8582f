"""Who was there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwerk.activities import access
from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import created_many


@dataclass(frozen=True, slots=True)
class Came:
    """Who was at an activity: a contact, or a name and address as a list prints them."""

    activity: Activity
    source: str
    contact: Contact | None = None
    organisation: Organisation | None = None
    printed_name: str = ""
    email: str = ""
    printed_organisation: str = ""


def note_attendances(*, seats: Seats, cluster: Cluster, came: Sequence[Came]) -> list[Attendance]:
    """Many at once, in the order given; all of them or none."""
    access.may_keep_activities(seats, cluster.pk).require()
    if any(each.activity.cluster_id != cluster.pk for each in came):
        raise DomainError(_("An activity belongs to another cluster."))
    return created_many(
        Attendance(
            **each.activity.owners,
            activity=each.activity,
            contact=each.contact,
            organisation=each.organisation,
            printed_name="" if each.contact else each.printed_name[:200],
            email="" if each.contact else each.email.lower(),
            printed_organisation="" if each.organisation else each.printed_organisation[:200],
            source=each.source,
            is_demo=each.activity.is_demo,
        )
        for each in came
    )
