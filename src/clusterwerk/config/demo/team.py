"""The demo's teams: who works for the managed clusters, and a year of hours."""

from datetime import date, timedelta
from decimal import Decimal

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members.actions import NewPost, fill_post, write_hours
from clusterwerk.members.models import TeamPost
from clusterwerk.members.queries.capacity import posts_of
from clusterwerk.platform.access.seats import Seats

WORKERS = (("Mira Voorbeeld", Decimal("0.80")), ("Staf Proefmans", Decimal("0.50")))
MONTHS = 12
# Hours of a full-time month by kind of work; overhead shrinks a little each month.
FULL_TIME_MONTH = {
    KindOfWork.ADMINISTRATION: 52,
    KindOfWork.MATCHMAKING: 24,
    KindOfWork.EVENTS: 34,
    KindOfWork.PROJECTS: 22,
    KindOfWork.POLICY: 8,
}


def keep_demo_team(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Posts with their hours, unless the cluster has posts; returns how many rows were added."""
    if posts_of(cluster.pk).exists():
        return 0
    months = _months(day)
    added = 0
    for worker, share in WORKERS:
        new = NewPost(worker, share, first_day=months[0], is_demo=True)
        post = fill_post(seats=seats, cluster=cluster, new=new)
        added += 1 + sum(
            write_hours(seats=seats, post=post, month=month, hours=_hours(post, index))
            for index, month in enumerate(months)
        )
    return added


def _hours(post: TeamPost, index: int) -> dict[KindOfWork, Decimal | None]:
    full = {**FULL_TIME_MONTH}
    full[KindOfWork.ADMINISTRATION] -= index
    full[KindOfWork.MATCHMAKING] += index
    return {
        kind: (hours * post.full_time_share).quantize(Decimal(1)) for kind, hours in full.items()
    }


def _months(day: date) -> list[date]:
    """First days of the months before the one of the day, the oldest first."""
    found = [day.replace(day=1)]
    while len(found) <= MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[:0:-1]
