"""Whom a cluster reaches on a day: its members by size, age and place, and who came and went."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from clusterwerk.directory.maps import PlaceMap, place_map
from clusterwerk.directory.models import Organisation, Place
from clusterwerk.measure.reach import Flow, Reach, Reached, flows, reach
from clusterwerk.members.models import Membership
from clusterwerk.members.queries.listing import sizes_on


@dataclass(frozen=True, slots=True)
class ReachOfNetwork:
    """`organisations` holds the facts that were counted, each organisation once."""

    reach: Reach
    flows: tuple[Flow, ...]
    map: PlaceMap
    organisations: tuple[Reached, ...]
    has_demo: bool


def reach_of_cluster(cluster: int, day: date) -> ReachOfNetwork:
    """Members of one cluster; six queries whatever their number.

    In how many other clusters they are is not counted: a cluster does not see those memberships.
    """
    memberships = Membership.objects.filter(cluster_id=cluster)
    here = set(memberships.on(day).values_list("organisation_id", flat=True))
    sizes = sizes_on(cluster, day, here)
    headcounts = {
        organisation: size.headcount
        for organisation, size in sizes.items()
        if size.headcount is not None
    }
    return network_reach(memberships, day, Counter(here), headcounts)


def network_reach(
    memberships: QuerySet[Membership],
    day: date,
    numbers: Mapping[int, int],
    headcounts: Mapping[int, int],
) -> ReachOfNetwork:
    """Over memberships that the reader sees.

    `numbers` gives the organisations of the day and in how many of the clusters each is;
    `headcounts` those that are known to the reader.
    """
    known = Organisation.objects.select_related("place").in_bulk(list(numbers))
    counted = tuple(
        _reached(organisation, known.get(organisation), number, headcounts.get(organisation))
        for organisation, number in sorted(numbers.items())
    )
    places = [row.place for row in known.values() if row.place]
    return ReachOfNetwork(
        reach=reach(counted, day),
        flows=tuple(_flows(memberships, day)),
        map=place_map(Counter(place.pk for place in places), _once(places)),
        organisations=counted,
        has_demo=any(row.is_demo for row in known.values()),
    )


def _reached(
    key: int, organisation: Organisation | None, memberships: int, headcount: int | None
) -> Reached:
    """An organisation whose row the reader may not see counts, with everything unknown."""
    place = organisation.place if organisation else None
    return Reached(
        organisation=key,
        headcount=headcount,
        started_on=organisation.started_on if organisation else None,
        province=(place.province or place.region) if place else "",
        municipality=place.name if place else "",
        memberships=memberships,
    )


def _flows(memberships: QuerySet[Membership], day: date) -> list[Flow]:
    """Between the first days of the years from the first membership on, and up to the day."""
    periods = [
        (organisation, period.lower, period.upper)
        for organisation, period in memberships.values_list("organisation_id", "period")
    ]
    first = min((lower.year for _who, lower, _upper in periods), default=day.year)
    days = [date(year, 1, 1) for year in range(first, day.year + 1)]
    return flows(periods, [each for each in days if each < day] + [day])


def _once(places: Iterable[Place]) -> list[Place]:
    return list({place.pk: place for place in places}.values())
