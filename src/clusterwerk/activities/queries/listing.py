"""The activities of a cluster: those to come, and those that were."""

from datetime import date
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from clusterwerk.activities.models import Activity, ActivityState
from clusterwerk.clusters.models import Agency

PAGE_SIZE = 50
Key = tuple[date, int]


class Shelf(StrEnum):
    """Where an activity stands in the list: still to come, or over, noted or cancelled."""

    COMING = "coming"
    PAST = "past"


def activities_of(holder: int | Agency) -> QuerySet[Activity]:
    """Those that a cluster leads or holds together with others, or that an agency leads."""
    if isinstance(holder, Agency):
        return Activity.objects.filter(agency=holder, cluster=None)
    cluster = holder
    return Activity.objects.filter(Q(cluster_id=cluster) | Q(shared_with__contains=[cluster]))


def activity_page(
    holder: int | Agency, shelf: Shelf, today: date, after: Key | None = None
) -> list[Activity]:
    """Nearest first, with `came`, `organisations` and places; one more than a page holds says that more follow."""  # noqa: E501
    coming = Q(state__in=[ActivityState.DRAFT, ActivityState.PUBLISHED], day__gte=today)
    rows = activities_of(holder).filter(coming if shelf is Shelf.COMING else ~coming)
    if after is not None:
        rows = rows.filter(_follows(after, shelf))
    counted = rows.select_related("places").annotate(
        came=Coalesce(Sum(F("attendances__guests") + 1), 0),
        organisations=Count("attendances__organisation", distinct=True),
    )
    order = ("day", "pk") if shelf is Shelf.COMING else ("-day", "-pk")
    return list(counted.order_by(*order)[: PAGE_SIZE + 1])


def _follows(after: Key, shelf: Shelf) -> Q:
    day, number = after
    if shelf is Shelf.COMING:
        return Q(day__gt=day) | Q(day=day, pk__gt=number)
    return Q(day__lt=day) | Q(day=day, pk__lt=number)
