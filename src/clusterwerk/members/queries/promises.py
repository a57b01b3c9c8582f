"""What a member is told of its own memberships: names, category, and what that promises it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.members.models import Contribution, Membership
from clusterwerk.platform.access import reading

# A function of the database answers: the rows of the cluster itself stay out of a member's sight.
_PROMISED = "select membership, cluster, category, description, service, is_included from "
_PROMISED += "access.promised_to_own_members()"


@dataclass(frozen=True, slots=True)
class Promised:
    """Names as the cluster gave them; services by name, and whether each is in the contribution."""

    cluster: str
    category: str
    description: str
    services: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldMembership:
    """A membership as the organisation itself sees it; `slug` leads to the cluster's public page.

    `is_now` where its period holds the day asked for.
    """

    membership: Membership
    promised: Promised
    slug: str
    is_now: bool
    contributions: tuple[Contribution, ...]

    @property
    def cluster_name(self) -> str:
        return self.promised.cluster

    @property
    def cluster_pk(self) -> int:
        return self.membership.cluster_id


def promised_services() -> dict[int, Promised]:
    """By membership, of every organisation that the acting person represents."""
    with reading.connection().cursor() as cursor:
        cursor.execute(_PROMISED)
        rows = cursor.fetchall()
    found: dict[int, Promised] = {}
    for membership, cluster, category, description, service, is_included in rows:
        known = found.setdefault(membership, Promised(cluster, category, description))
        if service is not None:
            services = (*known.services, (service, is_included))
            found[membership] = replace(known, services=services)
    return found


def held_memberships(organisations: Iterable[int], day: date) -> list[HeldMembership]:
    """Every membership, past ones too, present ones first, by the names of their clusters."""
    rows = list(
        Membership.objects.filter(organisation__in=list(organisations))
        .prefetch_related("contributions")
        .order_by("period", "id")
    )
    promised = promised_services()
    profiles = PublicProfile.objects.in_bulk({row.cluster_id for row in rows})
    found = [
        HeldMembership(
            row,
            promised.get(row.pk) or Promised(_("a cluster"), "", ""),
            profiles[row.cluster_id].slug if row.cluster_id in profiles else "",
            _holds(row, day),
            tuple(row.contributions.all()),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (not each.is_now, each.cluster_name))


def clusters_now(held: Sequence[HeldMembership]) -> dict[int, str]:
    """Clusters of which the organisation is a member on the day, by their number."""
    return {each.cluster_pk: each.cluster_name for each in held if each.is_now}


def clusters_ever(held: Sequence[HeldMembership]) -> dict[int, str]:
    """The same with those of which it was one."""
    return {each.cluster_pk: each.cluster_name for each in held}


def _holds(row: Membership, day: date) -> bool:
    first, end = row.period.lower, row.period.upper
    return first <= day and (end is None or day < end)
