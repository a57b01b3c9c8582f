"""Every change to the posts of a team and to its hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members import access
from clusterwerk.members.models import TeamHours, TeamPost
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created


@dataclass(frozen=True, slots=True)
class NewPost:
    """Somebody who begins to work; `last_day` is the first day without the post."""

    worker: str
    full_time_share: Decimal
    first_day: date
    last_day: date | None = None
    is_demo: bool = False


def fill_post(*, seats: Seats, cluster: Cluster, new: NewPost) -> TeamPost:
    """Somebody works for the cluster from a day on."""
    access.may_keep_team(seats, cluster.pk).require()
    _require_period(new.first_day, new.last_day)
    return created(
        TeamPost(
            cluster=cluster,
            worker=" ".join(new.worker.split()),
            full_time_share=new.full_time_share,
            period=DateRange(new.first_day, new.last_day),
            is_demo=new.is_demo,
        )
    )


def end_post(*, seats: Seats, post: TeamPost, last_day: date) -> bool:
    """The first day without the post; returns whether anything changed."""
    access.may_keep_team(seats, post.cluster_id).require()
    _require_period(post.period.lower, last_day)
    return changed(post, period=DateRange(post.period.lower, last_day))


@transaction.atomic
def write_hours(
    *, seats: Seats, post: TeamPost, month: date, hours: Mapping[KindOfWork, Decimal | None]
) -> int:
    """Hours of a post in a month, whatever day of it is given; returns how many rows changed.

    Hours written down before are replaced; kinds left out stay as they are, and a kind with no
    hours goes.
    """
    access.may_write_hours(seats, post.cluster_id).require()
    first = month.replace(day=1)
    _require_employed(post, first)
    TeamPost.objects.select_for_update().get(pk=post.pk)
    kept = {row.kind: row for row in TeamHours.objects.filter(post=post, month=first)}
    return sum(
        _write(post, first, kind, number, kept.get(kind.value)) for kind, number in hours.items()
    )


def _write(
    post: TeamPost, month: date, kind: KindOfWork, number: Decimal | None, kept: TeamHours | None
) -> bool:
    if kept is not None and not number:
        kept.delete()
        return True
    if kept is not None and number is not None:
        return changed(kept, hours=number)
    if not number:
        return False
    created(
        TeamHours(
            cluster_id=post.cluster_id,
            post=post,
            month=month,
            kind=kind.value,
            hours=number,
            is_demo=post.is_demo,
        )
    )
    return True


def _require_period(first: date, last: date | None) -> None:
    if last is not None and last <= first:
        raise DomainError(_("A post has a first day before its last."))


def _require_employed(post: TeamPost, first: date) -> None:
    after = (first + timedelta(days=32)).replace(day=1)
    ended = post.period.upper is not None and post.period.upper <= first
    if ended or post.period.lower >= after:
        message = _("%(worker)s does not work for the cluster in %(month)s.")
        raise DomainError(message % {"worker": post.worker, "month": first.strftime("%m/%Y")})
