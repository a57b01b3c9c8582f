"""Reach counted by the database beside a slow count of its own, over networks made by chance."""

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.directory.models import Organisation, Place
from clusterwerk.directory.places import load_places
from clusterwerk.measure.headcount import headcount_class
from clusterwerk.measure.reach import age_class
from clusterwerk.members.models import Membership, MembershipCategory, SizeStatement
from clusterwerk.members.queries.reach import ReachOfNetwork, network_reach, reach_of_cluster
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter, unlocked
from factories.world import World, agency_seats, cluster_seats

START = date(2015, 1, 1)
NUMBER = 60
DAYS = (date(2019, 1, 1), date(2020, 2, 29), date(2020, 12, 31))


def a_day(chance: random.Random) -> date:
    """Often a first of January, where stays begin and end."""
    year = chance.randrange(2015, 2022)
    if chance.random() < 0.3:
        return date(year, 1, 1)
    return date(year, 1, 1) + timedelta(days=chance.randrange(365))


def some_periods(chance: random.Random) -> list[tuple[date, date | None]]:
    """Up to three, one after the other; some touch, and the last may have no end."""
    days = sorted({a_day(chance) for _each in range(chance.choice((2, 3, 4, 6)))})
    pairs = [(first, last) for first, last in itertools.pairwise(days)]
    kept = [pair for pair in pairs if chance.random() < 0.7]
    if kept and chance.random() < 0.4:
        return [*kept[:-1], (kept[-1][0], None)]
    return list(kept)


def fill(world: World, seed: int) -> list[Organisation]:
    chance = random.Random(seed)
    seats = seats_of_command()
    enter(seats)
    load_places(seats=seats)
    places = [None, *Place.objects.order_by("nis_code")[:40:7]]
    with unlocked(seats, "directory"):
        organisations = Organisation.objects.bulk_create(
            Organisation(
                name=f"Firm {number}", kind="enterprise", source="test",
                place=chance.choice(places),
                started_on=chance.choice((None, date(2020, 2, 29), date(2030, 1, 1), a_day(chance),
                                          date(chance.randrange(1900, 2015), 2, 28))),
            )
            for number in range(NUMBER)
        )  # fmt: skip
    for cluster in (world.alpha, world.beta):
        enter(cluster_seats(cluster))
        Membership.objects.filter(cluster=cluster).update(period=DateRange(date(2035, 1, 1), None))
        category = MembershipCategory.objects.filter(cluster=cluster)[0]
        whose = {"cluster": cluster, "source": "test"}
        for organisation in organisations:
            for period in some_periods(chance):
                Membership.objects.create(
                    agency_id=cluster.agency_id, category=category, period=period,
                    organisation=organisation, is_paying=chance.random() < 0.5, **whose,
                )  # fmt: skip
            for year in chance.sample(range(2016, 2023), chance.randrange(3)):
                headcount = chance.choice((None, 0, 1, 9, 10, 49, 50, 249, 250, 5000))
                SizeStatement.objects.create(
                    organisation=organisation, year=year, headcount=headcount, **whose
                )
    return organisations


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
