"""A matchmaking day of the small world: people with a place, a round, and what they say."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from activities.registered import NOW, comes, published, row
from clusterwerk.activities import jobs
from clusterwerk.activities.actions import rounds, wishes
from clusterwerk.activities.actions.rounds import RoundHours
from clusterwerk.activities.actions.wishes import Answer
from clusterwerk.activities.models import Activity, ActivityKind, MatchMeeting, MatchRound
from clusterwerk.measure.meetings import plan
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.running import run_job
from factories.world import World, cluster_seats

BEGINS = datetime(2030, 5, 6, 8, tzinfo=UTC)
HOURS = RoundHours(
    starts_at=BEGINS,
    minutes=20,
    pause=5,
    slots=4,
    gaps="",
    tables=2,
    closes_at=BEGINS - timedelta(days=3),
)


def email(number: int) -> str:
    return f"person{number}@place{number}.example"


def matchmaking_of(world: World, people: int, **facts: object) -> Activity:
    """Published, with so many who have a place; nobody's seats are entered."""
    own = published(
        world,
        name="Matchmaking day",
        kind=ActivityKind.MATCHMAKING,
        starts_at=BEGINS,
        ends_at=BEGINS + timedelta(hours=9),
        capacity=None,
        **facts,
    )
    for number in range(people):
        comes(own, email(number))
    return own


def opened_round(world: World, own: Activity, hours: RoundHours = HOURS) -> MatchRound:
    seats = cluster_seats(world.alpha)
    enter(seats)
    return rounds.open_round(seats=seats, activity=own, hours=hours, now=NOW)


def marks(
    own: Activity,
    who: int,
    whom: Mapping[int, int],
    *,
    away: tuple[int, ...] = (),
    now: datetime = NOW,
) -> None:
    """Says by the link whom to meet: a mark for others by their number among the people."""
    enter(NOBODY)
    told = {row(own, email(other)).pk: mark for other, mark in whom.items()}
    answer = Answer(looks_for=f"Look {who}", offers=f"Offer {who}", away=away, marks=told)
    token = row(own, email(who)).token
    wishes.say_wishes(seats=NOBODY, token=token, answer=answer, now=now)


def planned(world: World, own: Activity, now: datetime = NOW, *, mends: bool = False) -> MatchRound:
    """As the job does it."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    day = rounds.day_to_plan(seats=seats, activity=own.pk, now=now, mends=mends)
    assert rounds.keep_plan(
        seats=seats, activity=own.pk, day=day, plan=plan(day), now=now, mends=mends
    )
    return MatchRound.objects.select_related("activity").get(pk=own.pk)


def publishes(world: World, own: Activity, now: datetime = NOW) -> int:
    seats = cluster_seats(world.alpha)
    enter(seats)
    return rounds.publish_timetables(seats=seats, activity=own, now=now)


def pairs(own: Activity) -> set[frozenset[int]]:
    """Who meets whom, as registrations."""
    rows = MatchMeeting.objects.filter(activity=own, is_planned=True)
    return {frozenset(meeting.ends) for meeting in rows}


def planned_by_job(world: World, own: Activity) -> JobRun:
    person = world.people["manager"]
    run = ask(jobs.plan_meetings, actor=person.pk, reason="test", activity=own.pk, mends=False)
    run_job(jobs.plan_meetings, None, run.pk)
    return run
