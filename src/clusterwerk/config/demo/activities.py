"""The demo's activities of three years, with invented attendance of its members.

For the clusters that demo people work in: nobody else could read it. Each member has a liking of
its own, so that some come often, most now and then, and some never.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from clusterwerk.activities.actions import Came, NewActivity, add_activities, note_attendances
from clusterwerk.activities.models import Activity, ActivityKind
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contact, Membership, Position
from clusterwerk.platform.access.seats import Seats

SOURCE = "demo"
SEED = 2021
EVERY, YEARS = 37, 3  # days between two; no multiple of a week or a month
MOST_LIKELY = 0.45  # the chance that the keenest member comes
NAMES = (
    ("Netwerkavond", ActivityKind.NETWORK_EVENT),
    ("Werkgroep data", ActivityKind.WORKING_GROUP),
    ("Atelier nieuwe modellen", ActivityKind.WORKSHOP),
    ("Opleiding normen", ActivityKind.TRAINING),
    ("Demodag bij een lid", ActivityKind.DEMONSTRATION),
    ("Lerend netwerk", ActivityKind.LEARNING_NETWORK),
    ("Kennismakingsronde", ActivityKind.MATCHMAKING),
)
TAUGHT = ("Normen lezen", "Risico's beoordelen")


def keep_demo_activities(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Unless the cluster has activities; returns how many rows were added."""
    if Activity.objects.filter(cluster=cluster).exists():
        return 0
    activities = add_activities(seats=seats, cluster=cluster, new=list(_planned(day)))
    came = list(_came(cluster, activities))
    return len(activities) + len(note_attendances(seats=seats, cluster=cluster, came=came))


def _planned(day: date) -> Iterator[NewActivity]:
    for place, ago in enumerate(range(EVERY // 2, YEARS * 365, EVERY)):
        name, kind = NAMES[place % len(NAMES)]
        held_on = day - timedelta(days=ago)
        yield NewActivity(
            name=f"{name} {held_on:%m/%Y}",
            day=held_on,
            kind=kind,
            competences=TAUGHT if kind == ActivityKind.TRAINING else (),
            source=SOURCE,
            is_demo=True,
        )


def _came(cluster: Cluster, activities: list[Activity]) -> Iterator[Came]:
    """Somebody of each member that came: a contact of it, or a name where none is known."""
    chance = Random(f"{SEED} {cluster.key}")  # noqa: S311 - invented, the same each time
    contacts = _contacts(cluster)
    members = Membership.objects.filter(cluster=cluster).select_related("organisation")
    for member in members.order_by("pk"):
        liking = MOST_LIKELY * chance.random() ** 2
        contact = contacts.get(member.organisation_id)
        for activity in activities:
            if chance.random() < liking and member.period.lower <= activity.day:
                yield Came(
                    activity,
                    SOURCE,
                    contact=contact,
                    organisation=member.organisation,
                    printed_name="" if contact else f"Gast van {member.organisation}",
                )


def _contacts(cluster: Cluster) -> dict[int, Contact]:
    places = Position.objects.filter(cluster=cluster).select_related("contact")
    return {place.organisation_id: place.contact for place in places.order_by("-pk")}
