"""Whom a cluster reaches on a day: its members by size, age and place, and who came and went.

The database counts, because a network may have tens of thousands of members: it answers one line
for each value, not for each organisation.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from clusterwerk.directory.maps import PlaceMap, place_map
from clusterwerk.directory.models import Organisation, Place
from clusterwerk.measure.reach import Flow, Reach, Tally, flows, reach
from clusterwerk.members.models import Membership, MembershipQuery, SizeStatement
from clusterwerk.platform.access import reading

Numbers = Mapping[int | None, int]  # of organisations by a value of theirs, None when unknown


@dataclass(frozen=True, slots=True)
class ReachOfNetwork:
    """`has_demo` when one of the organisations that were counted is invented."""

    reach: Reach
    flows: tuple[Flow, ...]
    map: PlaceMap
    has_demo: bool


def reach_of_cluster(cluster: int, day: date) -> ReachOfNetwork:
    """Members of one cluster; three queries whatever their number.

    In how many other clusters they are is not counted: a cluster does not see those memberships.
    """
    stated = SizeStatement.objects.filter(cluster_id=cluster, year__lte=day.year)
    newest = stated.order_by("organisation_id", "-year").distinct("organisation_id")
    return network_reach(Membership.objects.filter(cluster_id=cluster), day, newest)


def network_reach(
    memberships: MembershipQuery, day: date, sizes: "QuerySet[SizeStatement] | None" = None
) -> ReachOfNetwork:
    """Over memberships that the reader sees; three queries.

    `sizes` has one statement of each organisation whose size the reader may know.
    """
    found = _counted(memberships, day, sizes)
    numbers = {place: number for place, number in found.places.items() if place is not None}
    places = Place.objects.in_bulk(list(numbers))
    return ReachOfNetwork(
        reach=reach(_tally(found, places), day),
        flows=tuple(_flows(memberships, day)),
        map=place_map(numbers, places.values()),
        has_demo=found.has_demo,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Organisations of a day, each once in each part; `places` by their keys."""

    total: int
    has_demo: bool
    clusters: Numbers
    headcounts: Numbers
    places: Numbers
    ages: Numbers


# An organisation whose row the reader may not see counts, with everything unknown.
_COUNTED = """
with here as (
  select organisation_id, count(distinct cluster_id) as clusters from ({members}) members group by 1
), facts as (
  select here.clusters, sizes.headcount, organisation.place_id, organisation.is_demo,
    case when organisation.started_on <= %s
      then extract(year from age(%s::date, organisation.started_on))::int end as years
  from here
  left join {organisations} organisation on organisation.id = here.organisation_id
  left join ({sizes}) sizes on sizes.organisation_id = here.organisation_id
)
select grouping(clusters, headcount, place_id, years),
  coalesce(clusters, headcount, place_id, years), count(*), coalesce(bool_or(is_demo), false)
from facts group by grouping sets ((), (clusters), (headcount), (place_id), (years))
"""
# Of the values after `grouping`, in their order, the one by which a line was counted has no bit.
_ALL, _CLUSTERS, _HEADCOUNT, _PLACE, _YEARS = 0b1111, 0b0111, 0b1011, 0b1101, 0b1110
_NO_SIZES = "select null::bigint as organisation_id, null::int as headcount"


def _counted(
    memberships: MembershipQuery, day: date, sizes: "QuerySet[SizeStatement] | None"
) -> _Counted:
    members, of_members = _statement(memberships.on(day), "organisation_id", "cluster_id")
    stated, of_sizes = _NO_SIZES, ()
    if sizes is not None:
        stated, of_sizes = _statement(sizes, "organisation_id", "headcount")
    statement = _COUNTED.format(
        members=members, organisations=Organisation._meta.db_table, sizes=stated
    )
    parts: dict[int, dict[int | None, int]] = {}
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, [*of_members, day, day, *of_sizes])
        for part, value, number, is_demo in cursor.fetchall():
            parts.setdefault(part, {})[value] = number
            if part == _ALL:
                total, has_demo = number, is_demo
    named = (parts.get(part, {}) for part in (_CLUSTERS, _HEADCOUNT, _PLACE, _YEARS))
    return _Counted(total, has_demo, *named)


def _tally(found: _Counted, places: Mapping[int, Place]) -> Tally:
    provinces, municipalities = Counter[str](), Counter[str]()
    for key, number in found.places.items():
        place = places.get(key or 0)
        provinces[(place.province or place.region) if place else ""] += number
        municipalities[place.name if place else ""] += number
    return Tally(
        total=found.total,
        headcounts=found.headcounts,
        ages=found.ages,
        provinces=provinces,
        municipalities=municipalities,
        memberships={clusters or 0: number for clusters, number in found.clusters.items()},
    )


# Years on whose first day an organisation was a member, up to, not including, another; the year
# after that of the day stands for the day itself. Memberships that touch are one stay, and one that
# holds none of these days is empty and falls away. Many organisations have the same stays, which
# are taken apart once.
_STAYS = """
with kept as (
  select min(extract(year from lower(period)))::int as since,
    range_agg(int4range(
      extract(year from lower(period) - 1)::int + 1,
      case when upper(period) <= %s then extract(year from upper(period) - 1)::int + 1 end
    )) as stays
  from ({members}) members where lower(period) <= %s group by organisation_id
), alike as (
  select stays, count(*) as number, min(since) as since from kept group by stays
)
select lower(stay), upper(stay), sum(number)::bigint, (select min(since) from alike)
from alike left join lateral unnest(stays) stay on true group by 1, 2
"""


def _flows(memberships: MembershipQuery, day: date) -> list[Flow]:
    """Between the first days of the years from the first membership on, and up to the day."""
    members, of_members = _statement(memberships, "organisation_id", "period")
    with reading.connection().cursor() as cursor:
        cursor.execute(_STAYS.format(members=members), [day, *of_members, day])
        lines = cursor.fetchall()
    since = lines[0][-1] if lines else day.year
    days = [date(year, 1, 1) for year in range(since, day.year + 1)]
    days = [each for each in days if each < day] + [day]
    stays = {
        (first - since, len(days) if end is None else end - since): number
        for first, end, number, _since in lines
        if first is not None
    }
    return flows(stays, days)


def _statement(rows: "QuerySet[Any]", *columns: str) -> tuple[str, tuple[Any, ...]]:
    """The columns of these rows, as a statement with its values."""
    statement, values = rows.values(*columns).query.get_compiler(using=reading.alias()).as_sql()
    return statement, tuple(values)
