"""One member of a cluster, the memberships of one organisation, and what memberships count to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.prepared import prepared


@dataclass(frozen=True, slots=True)
class PathCount:
    """Paying members on a day, and those of them that joined since the agreement began."""

    day: date
    paying: int
    new: int


@dataclass(frozen=True, slots=True)
class MemberFile:
    """All that a cluster keeps of one of its members, newest first."""

    membership: Membership
    other_periods: tuple[Membership, ...]
    contributions: tuple[Contribution, ...]
    sizes: tuple[SizeStatement, ...]


@prepared
def categories_of(cluster: int) -> QuerySet[MembershipCategory]:
    return MembershipCategory.objects.filter(cluster_id=cluster)


def member_file(cluster: int, membership: int) -> MemberFile | None:
    """One membership of the cluster with the organisation's promises, sizes and other periods.

    Every row is of this cluster, also for a reader with seats in several.
    """
    found = _membership(cluster, membership)
    if not found:
        return None
    shown = found[0]
    organisation = shown.organisation_id
    return MemberFile(
        membership=shown,
        other_periods=tuple(_other_periods(cluster, organisation, shown.pk)),
        contributions=tuple(_contributions(cluster, organisation)),
        sizes=tuple(sizes_stated(cluster, organisation)),
    )


@prepared
def _membership(cluster: int, membership: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(cluster_id=cluster, pk=membership)
    return rows.select_related("organisation__place", "category")


@prepared
def _other_periods(cluster: int, organisation: int, but: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.exclude(pk=but).select_related("category").order_by("-period__startswith")


@prepared
def _contributions(cluster: int, organisation: int) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.order_by("-working_year", "-id")


@prepared
def sizes_stated(cluster: int, organisation: int) -> QuerySet[SizeStatement]:
    """Newest first."""
    rows = SizeStatement.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.order_by("-year")


def ending_by(cluster: int, day: date, last: date) -> list[Membership]:
    """Members of the day whose membership ends on the last day or before it, first ending first."""
    members = Membership.objects.filter(cluster_id=cluster).on(day)
    ending = members.filter(period__endswith__lte=last).select_related("organisation")
    return list(ending.order_by("period__endswith", "organisation__name_sort"))


def member_path(cluster: int, first_day: date, days: Sequence[date]) -> tuple[PathCount, ...]:
    """What the two member indicators count on each of the days; one query for all of them."""
    columns = {}
    for number, day in enumerate(days):
        on = Q(period__contains=day)
        new = on & Q(since__gte=first_day)
        columns[f"paying_{number}"] = Count("organisation", distinct=True, filter=on)
        columns[f"new_{number}"] = Count("organisation", distinct=True, filter=new)
    found = Membership.objects.filter(cluster_id=cluster).paying().aggregate(**columns)
    return tuple(
        PathCount(day, found[f"paying_{number}"], found[f"new_{number}"])
        for number, day in enumerate(days)
    )
