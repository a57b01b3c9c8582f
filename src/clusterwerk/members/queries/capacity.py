"""What a team spends its hours on, and whether its offer fits them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, QuerySet, Sum

from clusterwerk.measure.capacity import (
    KindOfWork,
    Promise,
    Reach,
    members_per_post,
    overhead_share,
    promised_hours,
    reach,
)
from clusterwerk.members.models import Membership, Service, TeamHours, TeamPost

MONTHS = 24
YEAR = 12

Hours = dict[KindOfWork, Decimal]


@dataclass(frozen=True, slots=True)
class MonthOfWork:
    """Hours of the team in a month by kind of work, and the share of overhead in them."""

    month: date
    hours: Hours

    @property
    def total(self) -> Decimal:
        return sum(self.hours.values(), Decimal(0))

    @property
    def overhead(self) -> Fraction | None:
        return overhead_share(self.hours)

    @property
    def administration(self) -> Decimal:
        return self.hours.get(KindOfWork.ADMINISTRATION, Decimal(0))


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of work: hours of the last twelve months beside the hours promised for a year."""

    kind: KindOfWork
    spent: Decimal
    promised: Decimal | None


@dataclass(frozen=True, slots=True)
class TeamCapacity:
    """The team of a cluster on a day; `months` from the newest back, those without hours left out.

    `overhead` is the share of the twelve months up to and with the month of the day.
    """

    posts: tuple[TeamPost, ...]
    full_time: Decimal
    members: int
    months: tuple[MonthOfWork, ...]
    kinds: tuple[KindRow, ...]
    overhead: Fraction | None
    reach: Reach

    @property
    def members_per_post(self) -> Fraction | None:
        return members_per_post(self.members, self.full_time)


def posts_on(cluster: int, day: date) -> QuerySet[TeamPost]:
    return TeamPost.objects.filter(cluster_id=cluster, period__contains=day)


def posts_of(cluster: int) -> QuerySet[TeamPost]:
    """All posts, of the past too."""
    return TeamPost.objects.filter(cluster_id=cluster)


def hours_of(post: TeamPost, month: date) -> Hours:
    """Hours written down for a post in the month of a day."""
    rows = TeamHours.objects.filter(
        cluster_id=post.cluster_id, post=post, month=month.replace(day=1)
    )
    return {KindOfWork(row.kind): row.hours for row in rows}


def team_capacity(cluster: int, day: date) -> TeamCapacity:
    """Posts, hours and promises of a cluster on a day; five queries."""
    posts = tuple(posts_on(cluster, day))
    full_time = sum((post.full_time_share for post in posts), Decimal(0))
    by_category = _members_by_category(cluster, day)
    months = _months(cluster, day)
    spent = _together(month.hours for month in months if month.month > _months_before(day, YEAR))
    promised = promised_hours(_promises(cluster, by_category))
    overhead = overhead_share(spent)
    return TeamCapacity(
        posts=posts,
        full_time=full_time,
        members=sum(by_category.values()),
        months=months,
        kinds=tuple(
            KindRow(kind, spent.get(kind, Decimal(0)), promised.get(kind)) for kind in KindOfWork
        ),
        overhead=overhead,
        reach=reach(full_time, overhead, promised),
    )


def _members_by_category(cluster: int, day: date) -> dict[int, int]:
    members = Membership.objects.filter(cluster_id=cluster).on(day)
    return dict(
        members.values("category_id")
        .annotate(number=Count("pk"))
        .values_list("category_id", "number")
    )


def _promises(cluster: int, by_category: dict[int, int]) -> Iterable[Promise]:
    for service in Service.objects.filter(cluster_id=cluster, is_included=True):
        yield Promise(
            KindOfWork(service.kind_of_work),
            service.hours_per_member_year,
            by_category.get(service.category_id, 0),
        )


def _months(cluster: int, day: date) -> tuple[MonthOfWork, ...]:
    rows = (
        TeamHours.objects.filter(
            cluster_id=cluster,
            month__gt=_months_before(day, MONTHS),
            month__lte=day,
        )
        .values("month", "kind")
        .annotate(total=Sum("hours"))
        .order_by("-month", "kind")
        .values_list("month", "kind", "total")
    )
    found: dict[date, Hours] = {}
    for month, kind, total in rows:
        found.setdefault(month, {})[KindOfWork(kind)] = total
    return tuple(MonthOfWork(month, hours) for month, hours in found.items())


def _together(parts: Iterable[Hours]) -> Hours:
    total: Hours = {}
    for hours in parts:
        for kind, number in hours.items():
            total[kind] = total.get(kind, Decimal(0)) + number
    return total


def _months_before(day: date, number: int) -> date:
    """First day of the month that lies so many months before the month of the day."""
    index = day.year * 12 + day.month - 1 - number
    return date(index // 12, index % 12 + 1, 1)
