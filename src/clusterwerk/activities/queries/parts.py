"""Who holds an activity together, by public names: no cluster reads the row of another."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwerk.activities.models import Activity, ActivityPart, PartState
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile

UNKNOWN = "-"  # a cluster that is not published


@dataclass(frozen=True, slots=True)
class Part:
    """An answer with the public names of who was asked and who leads."""

    row: ActivityPart
    asked: str
    lead: str

    @property
    def is_open(self) -> bool:
        return self.row.state in {PartState.INVITED, PartState.ACCEPTED}


def parts_of(activity: Activity) -> list[Part]:
    return _named(list(activity.parts.order_by("pk")))


def asked_of(cluster: int) -> list[Part]:
    """What the cluster has not answered yet, the nearest day first."""
    rows = ActivityPart.objects.filter(asked_id=cluster, state=PartState.INVITED)
    return _named(list(rows.order_by("day", "pk")))


def part_asked_of(cluster: int, number: int) -> Part | None:
    rows = ActivityPart.objects.filter(asked_id=cluster, pk=number)
    return next(iter(_named(list(rows))), None)


def may_be_asked(activity: Activity, lead: Cluster | Agency) -> QuerySet[PublicProfile]:
    """Published clusters of the same agency that do not hold it and wait for no answer."""
    agency = lead.agency_id if isinstance(lead, Cluster) else lead.pk
    asked = activity.parts.filter(state__in=[PartState.INVITED, PartState.ACCEPTED])
    taken = {*asked.values_list("asked_id", flat=True), activity.cluster_id or 0}
    return PublicProfile.objects.filter(agency_id=agency).exclude(pk__in=taken)


def _named(rows: list[ActivityPart]) -> list[Part]:
    pks = {pk for row in rows for pk in (row.asked_id, row.cluster_id) if pk}
    names = {each.pk: each.name for each in PublicProfile.objects.filter(pk__in=pks)}
    agencies = Agency.objects.in_bulk({row.agency_id for row in rows if row.agency_id})
    return [
        Part(
            row,
            names.get(row.asked_id, UNKNOWN),
            names.get(row.cluster_id, UNKNOWN) if row.cluster_id else str(agencies[row.agency_id]),
        )
        for row in rows
    ]
