"""Reach counted by the database beside a slow count of its own, over networks made by chance."""

import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from clusterwerk.directory.models import Organisation
from clusterwerk.measure.headcount import headcount_class
from clusterwerk.measure.reach import age_class
from clusterwerk.members.models import Membership, SizeStatement
from clusterwerk.members.queries.reach import ReachOfNetwork, network_reach, reach_of_cluster
from clusterwerk.platform.access.session import enter
from factories.world import World, agency_seats, cluster_seats
from members.networks import DAYS, fill


def check(
    found: ReachOfNetwork,
    members: Sequence[Membership],
    sizes: dict[int, int | None],
    organisations: Sequence[Organisation],
    day: date,
) -> None:
    """Every number, by looking at each organisation of each day by itself."""

    def there(on: date) -> set[int]:
        return {row.organisation_id for row in members if on in row.period}

    here = {each.pk: each for each in organisations if each.pk in there(day)}
    ages = [
        day.year - each.started_on.year
        - ((day.month, day.day) < (each.started_on.month, each.started_on.day))
        for each in here.values()
        if each.started_on is not None and each.started_on <= day
    ]  # fmt: skip
    reach = found.reach
    assert reach.total == len(here)
    classes = Counter(str(age_class(age)) for age in ages)
    assert {name: number for name, number in reach.ages.groups if number} == classes
    assert reach.ages.unknown == len(here) - len(ages)
    assert float(reach.mean_age or 0) == pytest.approx(sum(ages) / len(ages) if ages else 0)
    known = Counter(str(headcount_class(n)) for pk in here if (n := sizes.get(pk)) is not None)
    assert {name: number for name, number in reach.sizes.groups if number} == known
    assert reach.sizes.unknown == len(here) - known.total()
    places = Counter(each.place.name for each in here.values() if each.place)
    assert dict(reach.municipalities.groups) == places
    assert reach.municipalities.unknown == len(here) - places.total()
    held = Counter((row.organisation_id, row.cluster_id) for row in members if day in row.period)
    in_clusters = Counter(pk for pk, _cluster in held)
    assert dict(reach.memberships.groups) == Counter(str(n) for n in in_clusters.values())
    begun = [row.period.lower for row in members if row.period.lower <= day]
    first = min(begun).year if begun else day.year
    days = [d for year in range(first, day.year + 1) if (d := date(year, 1, 1)) < day] + [day]
    expected = [
        (one, other, len(there(other) - there(one)), len(there(one) - there(other)))
        for one, other in itertools.pairwise(days)
    ]
    assert [(flow.first, flow.last, flow.joined, flow.left) for flow in found.flows] == expected


@pytest.mark.parametrize("seed", range(4))
def test_every_number_is_that_of_a_slow_count(world: World, seed: int) -> None:
    organisations = fill(world, seed)
    enter(cluster_seats(world.alpha))
    members = list(Membership.objects.filter(cluster=world.alpha))
    stated = list(SizeStatement.objects.filter(cluster=world.alpha).order_by("year"))
    for day in DAYS:
        sizes = {row.organisation_id: row.headcount for row in stated if row.year <= day.year}
        check(reach_of_cluster(world.alpha.pk, day), members, sizes, organisations, day)
    enter(agency_seats(world.agency))
    rows = Membership.objects.all()
    for day in DAYS:
        check(network_reach(rows, day), list(rows), {}, organisations, day)
