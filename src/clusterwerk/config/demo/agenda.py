"""The demo's activities to come: on the public calendar with who registered, and a draft.

In Dutch, as the clusters of the demo would write. Nobody of them has an address, so no mail goes
out to anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clusterwerk.activities.actions import (
    Plan,
    Registrant,
    add_registration,
    plan_activity,
    publish_activity,
)
from clusterwerk.activities.models import Activity, ActivityKind, Audience
from clusterwerk.clusters.models import Cluster
from clusterwerk.config.demo.handouts import keep_demo_handouts
from clusterwerk.directory.models import Place
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import Seats

ZONE = "Europe/Brussels"


@dataclass(frozen=True, slots=True)
class _ToCome:
    """Days from the day of the demo, hours of the place, and how many people registered."""

    name: str
    kind: ActivityKind
    days: int
    hours: tuple[int, int]
    summary: str
    venue: str
    place: str
    audience: Audience
    capacity: int
    registered: int
    is_published: bool = True
    competences: tuple[str, ...] = ()


TO_COME: Sequence[_ToCome] = (
    _ToCome(
        "Netwerkavond: wat leerden we dit jaar?",
        ActivityKind.NETWORK_EVENT,
        23,
        (17, 20),
        "Drie leden vertellen wat hun samenwerking opbracht. Daarna praten we door.",
        "Zaal De Molen",
        "Mechelen",
        Audience.EVERYBODY,
        40,
        11,
    ),
    _ToCome(
        "Atelier: samen een aanvraag schrijven",
        ActivityKind.WORKSHOP,
        44,
        (9, 13),
        "Breng een idee mee, en ga naar huis met een eerste bladzijde.",
        "Het Atelier",
        "Gent",
        Audience.MEMBERS,
        8,
        10,
    ),
    _ToCome(
        "Demodag bij een lid",
        ActivityKind.DEMONSTRATION,
        72,
        (13, 17),
        "Het programma volgt.",
        "",
        "",
        Audience.MEMBERS,
        25,
        0,
        is_published=False,
    ),
    _ToCome(
        "Opleiding: normen in de praktijk",
        ActivityKind.TRAINING,
        58,
        (9, 16),
        "Oefen met een norm van de eigen werkvloer.",
        "Het Atelier",
        "Gent",
        Audience.EVERYBODY,
        16,
        3,
        competences=("Normen lezen", "Risico's beoordelen"),
    ),
)


def keep_demo_agenda(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Unless something of the cluster was planned; returns how many rows were added."""
    planned = Activity.objects.filter(cluster=cluster, starts_at__isnull=False)
    if planned.exists():
        return 0
    people = list(Contact.objects.living().filter(cluster=cluster).order_by("pk"))
    return sum(_keep(seats, cluster, day, each, people) for each in TO_COME)


def _keep(seats: Seats, cluster: Cluster, day: date, each: _ToCome, people: list[Contact]) -> int:
    own = plan_activity(seats=seats, lead=cluster, plan=_plan(day, each), is_demo=True)
    if not each.is_published:
        return 1
    now = datetime.combine(day, time(9), ZoneInfo(ZONE))
    publish_activity(seats=seats, activity=own, now=now)
    for contact in people[: each.registered]:
        who = Registrant(name=str(contact), email="", language="nl")
        add_registration(seats=seats, activity=own, who=who, now=now)
    handed = keep_demo_handouts(seats, own, now) if each is TO_COME[0] else 0
    return 1 + len(people[: each.registered]) + handed


def _plan(day: date, each: _ToCome) -> Plan:
    held_on = day + timedelta(days=each.days)
    starts, ends = (datetime.combine(held_on, time(hour), ZoneInfo(ZONE)) for hour in each.hours)
    return Plan(
        name=each.name,
        kind=each.kind,
        language="nl",
        starts_at=starts,
        ends_at=ends,
        time_zone=ZONE,
        summary=each.summary,
        venue=each.venue,
        place=Place.objects.filter(name=each.place).first() if each.place else None,
        takes_registrations=True,
        audience=each.audience,
        capacity=each.capacity,
        competences=each.competences,
    )
