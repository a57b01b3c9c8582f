"""The demo's activities that several hold: one asked, one accepted, and a round of the agency."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clusterwerk.activities.actions import (
    Plan,
    accept_part,
    ask_cluster,
    plan_activity,
    publish_activity,
)
from clusterwerk.activities.models import Activity, ActivityKind, Audience
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile
from clusterwerk.directory.models import Place
from clusterwerk.platform.access.seats import Seats

ZONE = ZoneInfo("Europe/Brussels")
ASKED, ACCEPTED = "Bezoek aan een proeftuin", "Gezamenlijk netwerkmoment"
ROUND = "Matchmaking voor de oproep"


def keep_demo_together(
    *, seats: Seats, agency: Agency, first: Cluster, second: Cluster, day: date
) -> int:
    """Nobody is mailed. Unless the agency has its round; returns how many rows were added."""
    if Activity.objects.filter(agency=agency, cluster=None).exists():
        return 0
    now = datetime.combine(day, time(9), ZONE)
    _asked(seats, _planned(seats, second, _plan(ASKED, day, 51)), first, now)
    own = _planned(seats, first, _plan(ACCEPTED, day, 65))
    publish_activity(seats=seats, activity=own, now=now)
    _asked(seats, own, second, now, themes="Circulair bouwen, energie in gebouwen")
    led = _planned(seats, agency, _plan(ROUND, day, 93, ActivityKind.MATCHMAKING))
    publish_activity(seats=seats, activity=led, now=now)
    _asked(seats, led, first, now, themes="Slimme sensoren, data delen in de keten")
    _asked(seats, led, second, now)
    return 3 + 4


def _planned(seats: Seats, lead: Cluster | Agency, plan: Plan) -> Activity:
    return plan_activity(seats=seats, lead=lead, plan=plan, is_demo=True)


def _asked(seats: Seats, own: Activity, whom: Cluster, now: datetime, themes: str = "") -> None:
    """With themes it is accepted too."""
    profile = PublicProfile.objects.get(pk=whom.pk)
    words = "Doen jullie mee? Laat ons weten welke thema's jullie inbrengen."
    part = ask_cluster(seats=seats, activity=own, asked=profile, words=words, now=now, tells=False)
    if themes:
        accept_part(seats=seats, part=part, themes=themes, now=now, tells=False)


def _plan(name: str, day: date, days: int, kind: ActivityKind = ActivityKind.NETWORK_EVENT) -> Plan:
    starts = datetime.combine(day + timedelta(days=days), time(13), ZONE)
    return Plan(
        name=name,
        kind=kind,
        language="nl",
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        time_zone=ZONE.key,
        summary="Georganiseerd door meer dan één.",
        venue="Het Gildehuis",
        place=Place.objects.filter(name="Mechelen").first(),
        takes_registrations=True,
        audience=Audience.EVERYBODY,
        capacity=60,
    )
