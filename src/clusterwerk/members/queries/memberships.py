"""One member of a cluster, the memberships of one organisation, and what memberships count to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement


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


def categories_of(cluster: int) -> list[MembershipCategory]:
    return list(MembershipCategory.objects.filter(cluster_id=cluster))


def member_file(cluster: int, membership: int) -> MemberFile | None:
    """One membership of the cluster with the organisation's promises, sizes and other periods.

    Every row is of this cluster, also for a reader with seats in several.
    """
    own = Membership.objects.filter(cluster_id=cluster).select_related(
        "organisation__place", "category"
    )
    shown = own.filter(pk=membership).prefetch_related("organisation__identifiers").first()
    if shown is None:
        return None
    same: dict[str, Any] = {"cluster_id": cluster, "organisation": shown.organisation_id}
    return MemberFile(
        membership=shown,
        other_periods=tuple(
            own.filter(**same).exclude(pk=shown.pk).order_by("-period__startswith")
        ),
        contributions=tuple(Contribution.objects.filter(**same).order_by("-working_year", "-id")),
        sizes=tuple(SizeStatement.objects.filter(**same).order_by("-year")),
    )


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
