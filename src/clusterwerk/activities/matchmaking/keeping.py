"""What happens to matchmaking days by the clock: late registrants are invited, results are noted.

A transaction for each round; what a worker did not finish, the next run does.
"""

from datetime import datetime

from django.utils import timezone

from clusterwerk.activities.actions.meetings import note_meetings
from clusterwerk.activities.actions.rounds import invite_registered
from clusterwerk.activities.actions.visitors import DOOR
from clusterwerk.activities.actions.wishes import MATCHING_DOOR
from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import Activity, MatchRound, PublishedActivity
from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import acting, unlocked
from clusterwerk.platform.jobs.asking import app
from clusterwerk.platform.rows import changed

REASON = "matchmaking"


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="keep_matchmaking")
def keep_matchmaking(timestamp: int) -> None:  # noqa: ARG001
    now = timezone.now()
    invite_late(now)
    note_days(now)


def invite_late(now: datetime) -> int:
    """Whoever got a place after the round was opened gets the link too; returns how many."""
    told = 0
    for number in _rounds(closes_at__gt=now):
        with acting(_leads(number), reason=REASON):
            rows = MatchRound.objects.select_related("activity").filter(pk=number)
            own = rows.select_for_update(of=("self",), skip_locked=True).first()
            told += invite_registered(own, now) if own else 0
    return told


def note_days(now: datetime) -> int:
    """After the day, meetings that took place come onto the timelines; returns how many."""
    noted = 0
    for number in _rounds(published_at__isnull=False, noted_at=None, starts_at__lt=now):
        seats = _leads(number)
        with acting(seats, reason=REASON):
            activity = Activity.objects.get(pk=number)
            own = MatchRound.objects.select_for_update(of=("self",)).get(pk=number)
            if (
                own.ends_at().astimezone(activity.zone).date()
                >= now.astimezone(activity.zone).date()
            ):
                continue
            if own.cluster_id is not None:
                noted += note_meetings(seats=seats, activity=activity, now=now)
            changed(own, noted_at=now)
    return noted


def _rounds(**facts: object) -> list[int]:
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR, MATCHING_DOOR):
        found = MatchRound.objects.filter(**facts).order_by("pk").values_list("pk", flat=True)
        return list(found)


def _leads(activity: int) -> Seats:
    with acting(NOBODY, reason=REASON):
        return seats_of_holders(PublishedActivity.objects.get(pk=activity))
