"""Who was there, on the page of an activity and on timelines."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.clusters.queries import key_of_cluster
from clusterwerk.members.timeline import TimelineEntry
from clusterwerk.platform.prepared import prepared


def attendances_of(activity: Activity) -> QuerySet[Attendance]:
    """Who was there, by organisation and then in the order of the list."""
    rows = Attendance.objects.filter(activity=activity)
    rows = rows.select_related("organisation", "contact", "registration")
    return rows.order_by("organisation__name_sort", "pk")


def timeline_entries(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Sequence[TimelineEntry]:
    """Activities that somebody of the organisation, or the contact, took part in."""
    day = timezone.localdate(before) if before else date.max
    if contact is not None:
        rows = _attended_by(cluster, contact, day)
    else:
        rows = _attended_from(cluster, organisation, day) if organisation is not None else []
    key = key_of_cluster(cluster) if rows else ""
    found: dict[int, TimelineEntry] = {}
    for row in rows:
        if row.activity_id in found:
            continue
        if len(found) == limit:
            break
        found[row.activity_id] = _entry(key, row)
    return list(found.values())


@prepared
def _attended_by(cluster: int, contact: int, before: date) -> QuerySet[Attendance]:
    return _latest(Attendance.objects.filter(cluster_id=cluster, contact_id=contact), before)


@prepared
def _attended_from(cluster: int, organisation: int, before: date) -> QuerySet[Attendance]:
    """Those that the cluster holds together with others too; an organisation came to few."""
    rows = Attendance.objects.filter(organisation_id=organisation)
    held = rows.filter(Q(cluster_id=cluster) | Q(shared_with__contains=[cluster]))
    return _latest(held, before)


def _latest(rows: QuerySet[Attendance], before: date) -> QuerySet[Attendance]:
    rows = rows.filter(activity__day__lt=before)
    told = rows.select_related("activity", "contact", "registration")
    return told.order_by("-activity__day", "-pk")


def _entry(key: str, row: Attendance) -> TimelineEntry:
    activity = row.activity
    moment = timezone.make_aware(datetime.combine(activity.day, time()))
    return TimelineEntry(
        at=moment,
        kind="activity",
        icon="calendar",
        title=activity.name,
        text=activity.get_kind_display(),
        url=reverse("activities:activity_detail", args=[key, activity.pk]),
        people=(str(row),),
        has_time=False,
        is_demo=activity.is_demo,
    )
