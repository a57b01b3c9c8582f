"""Whom a whole programme reaches: each organisation once, in how many of its clusters it is."""

from collections.abc import Sequence
from datetime import date

from clusterwerk.members.models import Membership
from clusterwerk.members.queries.reach import ReachOfNetwork, network_reach
from clusterwerk.reporting.models import PublishedReading

# What documents print of the members of a whole programme.
PRINTED = (
    "members.known_headcount",
    "members.micro_and_small_pct",
    "members.sme_pct",
    "members.mean_age",
    "members.age_up_to_10_pct",
    "members.startup_pct",
    "members.of_several_clusters",
)


def reach_of_programme(agencies: Sequence[int], day: date) -> ReachOfNetwork:
    """Members of all clusters of the agencies.

    How large a member is, it told its cluster and not the agency: every size is unknown here.
    """
    memberships = Membership.objects.filter(agency_id__in=agencies)
    return network_reach(memberships, day)


def published_reach(agencies: Sequence[int]) -> list[PublishedReading]:
    """What documents of the agencies print of their members, the newest document first."""
    rows = PublishedReading.objects.filter(
        agency_id__in=agencies, indicator__in=PRINTED, cluster__isnull=True, dimension=""
    )
    return list(rows.select_related("document").order_by("-document__published_on", "position"))
