"""Networks made by chance: organisations with memberships in two clusters, and what they stated."""

import itertools
import random
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.directory.models import Organisation, Place
from clusterwerk.directory.places import load_places
from clusterwerk.members.models import Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter, unlocked
from factories.world import World, cluster_seats

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
