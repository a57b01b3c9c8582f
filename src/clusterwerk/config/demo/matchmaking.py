"""The demo's matchmaking day to come: wishes of its members, a plan, and timetables published.

In Dutch, as the clusters of the demo would write. Nobody has an address, so no mail goes out.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from clusterwerk.activities.actions import (
    Plan,
    Registrant,
    add_registration,
    plan_activity,
    publish_activity,
)
from clusterwerk.activities.actions.rounds import (
    RoundHours,
    day_to_plan,
    fix_meeting,
    keep_plan,
    open_round,
    publish_timetables,
)
from clusterwerk.activities.actions.wishes import Answer, say_wishes
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    Audience,
    MatchMeeting,
    MatchRound,
    Registration,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Place
from clusterwerk.measure.meetings import plan as plan_day
from clusterwerk.members.models import Contact, Position
from clusterwerk.platform.access.seats import Seats

ZONE = ZoneInfo("Europe/Brussels")
NAME = "Matchmaking: wie maakt wat met wie?"
DAYS, SEED, MOST, WISHES = 31, 2031, 24, 5
TEXTS = (
    ("Een partner voor een proef in het najaar", "Een prototype dat getest mag worden"),
    ("Een tweede leverancier van lichte behuizingen", "Kleine reeksen, snel geleverd"),
    ("Kennis over certificering van batterijen", "Een testhal met klimaatkamer"),
    ("Meetgegevens uit de praktijk", "Software die planning en metingen bijeenbrengt"),
    ("Een klant die mee wil ontwerpen", "Twee ontwerpers met tijd in het voorjaar"),
)


def keep_demo_matchmaking(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Unless the cluster has such a day; returns how many rows were added.

    Planned without a job, because a demo has nobody who asked for one.
    """
    if MatchRound.objects.filter(cluster=cluster).exists():
        return 0
    now = datetime.combine(day, time(9), ZONE)
    own = _announced(seats, cluster, day, now)
    people = _registered(seats, cluster, own, now)
    opened = open_round(seats=seats, activity=own, hours=_hours(own), now=now)
    for number, person in enumerate(people[:-2]):  # two have not answered yet
        _say(seats, person, people, number, now)
    wanted = day_to_plan(seats=seats, activity=own.pk, now=now)
    found = plan_day(wanted)
    keep_plan(seats=seats, activity=own.pk, day=wanted, plan=found, now=now)
    first = MatchMeeting.objects.filter(activity=own).first()
    if first is not None:
        fix_meeting(seats=seats, activity=own, meeting=first.pk, is_fixed=True)
    publish_timetables(seats=seats, activity=own, now=now)
    return 2 + len(people) + len(found.meetings) + opened.tables


def _announced(seats: Seats, cluster: Cluster, day: date, now: datetime) -> Activity:
    starts = datetime.combine(day + timedelta(days=DAYS), time(13), ZONE)
    facts = Plan(
        name=NAME,
        kind=ActivityKind.MATCHMAKING,
        language="nl",
        starts_at=starts,
        ends_at=starts + timedelta(hours=5),
        time_zone=ZONE.key,
        summary="Korte gesprekken aan tafels, gepland uit ieders wensen.",
        venue="Zaal De Molen",
        place=Place.objects.filter(name="Mechelen").first(),
        takes_registrations=True,
        audience=Audience.MEMBERS,
        capacity=40,
    )
    own = plan_activity(seats=seats, lead=cluster, plan=facts, is_demo=True)
    return publish_activity(seats=seats, activity=own, now=now)


def _registered(seats: Seats, cluster: Cluster, own: Activity, now: datetime) -> list[Registration]:
    places = Position.objects.filter(cluster=cluster).select_related("organisation")
    works = {place.contact_id: place.organisation.name for place in places.order_by("pk")}
    contacts = Contact.objects.living().filter(cluster=cluster).order_by("-pk")[:MOST]
    return [
        add_registration(
            seats=seats,
            activity=own,
            who=Registrant(
                name=str(contact), email="", language="nl", organisation=works.get(contact.pk, "")
            ),
            now=now,
        )
        for contact in contacts
    ]


def _hours(own: Activity) -> RoundHours:
    assert own.starts_at is not None
    return RoundHours(
        starts_at=own.starts_at + timedelta(minutes=30),
        minutes=20,
        pause=5,
        slots=8,
        gaps="15:10-15:30",
        tables=10,
        closes_at=own.starts_at - timedelta(days=3),
    )


def _say(
    seats: Seats, person: Registration, people: list[Registration], number: int, now: datetime
) -> None:
    draw = Random(f"{SEED} {number}")  # noqa: S311 - invented, the same each time
    looks_for, offers = TEXTS[number % len(TEXTS)]
    others = [other.pk for other in people if other.pk != person.pk]
    marked = draw.sample(others, min(WISHES, len(others)))
    answer = Answer(
        looks_for=looks_for,
        offers=offers,
        away=() if number % 7 else (6, 7),
        marks={other: draw.choice((1, 1, 2, 3)) for other in marked},
    )
    say_wishes(seats=seats, token=person.token, answer=answer, now=now)
