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
from clusterwerk.platform.prepared import prepared

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
    def promises_too_much(self) -> bool:
        """Whether the offer asks more than the hours; without a post nobody is told."""
        return bool(self.posts) and self.reach.is_too_much

    @property
    def members_per_post(self) -> Fraction | None:
        return members_per_post(self.members, self.full_time)


@prepared
def posts_on(cluster: int, day: date) -> QuerySet[TeamPost]:
    return TeamPost.objects.filter(cluster_id=cluster, period__contains=day)


def posts_of(cluster: int) -> QuerySet[TeamPost]:
    """All posts, of the past too."""
    return TeamPost.objects.filter(cluster_id=cluster)


@prepared
def posts_ever(cluster: int) -> QuerySet[TeamPost]:
    """Those of `posts_of`, to show them."""
    return posts_of(cluster)


def hours_of(post: TeamPost, month: date) -> Hours:
    """Hours written down for a post in the month of a day."""
    rows = _hours_in(post.cluster_id, post.pk, month.replace(day=1))
    return {KindOfWork(kind): hours for kind, hours in rows}


@prepared
def _hours_in(cluster: int, post: int, month: date) -> QuerySet[TeamHours, tuple[str, Decimal]]:
    rows = TeamHours.objects.filter(cluster_id=cluster, post_id=post, month=month)
    return rows.values_list("kind", "hours")


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
    return dict(_members_on(cluster, day))


@prepared
def _members_on(cluster: int, day: date) -> QuerySet[Membership, tuple[int, int]]:
    members = Membership.objects.filter(cluster_id=cluster).on(day).values("category_id")
    return members.annotate(number=Count("pk")).values_list("category_id", "number")


def _promises(cluster: int, by_category: dict[int, int]) -> Iterable[Promise]:
    for kind, hours, category in _services(cluster):
        yield Promise(KindOfWork(kind), hours, by_category.get(category, 0))


@prepared
def _services(cluster: int) -> QuerySet[Service, tuple[str, Decimal, int]]:
    included = Service.objects.filter(cluster_id=cluster, is_included=True)
    return included.values_list("kind_of_work", "hours_per_member_year", "category_id")


def _months(cluster: int, day: date) -> tuple[MonthOfWork, ...]:
    found: dict[date, Hours] = {}
    for month, kind, total in _hours_between(cluster, _months_before(day, MONTHS), day):
        found.setdefault(month, {})[KindOfWork(kind)] = total
    return tuple(MonthOfWork(month, hours) for month, hours in found.items())


@prepared
def _hours_between(
    cluster: int, before: date, last: date
) -> QuerySet[TeamHours, tuple[date, str, Decimal]]:
    """Of the months after the first day and up to and with the last; the newest month first."""
    rows = TeamHours.objects.filter(cluster_id=cluster, month__gt=before, month__lte=last)
    summed = rows.values("month", "kind").annotate(total=Sum("hours"))
    return summed.order_by("-month", "kind").values_list("month", "kind", "total")


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
