"""The demo's steering group: who sits in it, a meeting with its minutes, and one to come.

In Dutch, as the clusters of the demo would write. Nobody has an address, so no mail goes out.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clusterwerk.activities.actions import Plan
from clusterwerk.activities.groups.actions import (
    GroupFacts,
    MandateFacts,
    ask_to_do,
    call_meeting,
    fix_minutes,
    found_group,
    give_mandate,
    note_present,
    put_point,
)
from clusterwerk.activities.models import (
    ActivityKind,
    GroupKind,
    GroupMeeting,
    Mandate,
    MandateRole,
    StandingGroup,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Position
from clusterwerk.platform.access.seats import Seats

ZONE = ZoneInfo("Europe/Brussels")
NAME, PEOPLE = "Stuurgroep", 7
HELD, COMING = -20, 40  # days from the day of the demo
POINTS = (
    ("Goedkeuring van het vorige verslag", 5, "Geen opmerkingen.", "Het verslag is goedgekeurd."),
    (
        "Ledenbijdragen van het lopende jaar",
        20,
        "De bijdragen lopen op schema. Drie leden vragen uitstel tot na de zomer.",
        "Uitstel tot eind september voor wie het vraagt.",
    ),
    (
        "Thema's voor de volgende oproep",
        30,
        "Voorstellen uit de werkgroepen: hergebruik van materialen, en meten in het veld.",
        "",
    ),
)
TO_DO = "Een voorstel met twee thema's rondsturen"


def keep_demo_group(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Unless the cluster has a group; returns how many rows were added."""
    if StandingGroup.objects.filter(cluster=cluster).exists():
        return 0
    facts = GroupFacts(
        name=NAME,
        kind=GroupKind.STEERING_GROUP,
        since=day - timedelta(days=900),
        purpose="Waakt over de koers van de cluster en bereidt de algemene vergadering voor.",
    )
    group = found_group(seats=seats, cluster=cluster, facts=facts, is_demo=True)
    sitting = _sitting(seats, group, day)
    held = _met(seats, group, sitting, day)
    call_meeting(seats=seats, group=group, plan=_plan(day + timedelta(days=COMING)))
    return 1 + len(sitting) + held


def _sitting(seats: Seats, group: StandingGroup, day: date) -> list[Mandate]:
    """One contact of each of some members; the first leads."""
    rows = Position.objects.filter(cluster_id=group.cluster_id, period__contains=day)
    found = list(rows.select_related("contact", "organisation").order_by("organisation_id", "pk"))
    of_each = {row.organisation_id: row for row in reversed(found)}
    chosen = list({row.contact_id: row for row in of_each.values()}.values())[:PEOPLE]
    mandates = []
    for number, row in enumerate(chosen):
        role = MandateRole.CHAIR if number == 0 else MandateRole.MEMBER
        facts = MandateFacts(
            role=role, since=group.since, contact=row.contact, organisation=row.organisation
        )
        mandates.append(give_mandate(seats=seats, group=group, facts=facts))
    observer = MandateFacts(
        role=MandateRole.OBSERVER, since=group.since, name="Accountmanager van het agentschap"
    )
    return [*mandates, give_mandate(seats=seats, group=group, facts=observer)]


def _met(seats: Seats, group: StandingGroup, sitting: list[Mandate], day: date) -> int:
    on = day + timedelta(days=HELD)
    meeting: GroupMeeting = call_meeting(seats=seats, group=group, plan=_plan(on))
    now = datetime.combine(on + timedelta(days=1), time(9), ZONE)
    for title, minutes, notes, decision in POINTS:
        facts = {"title": title, "minutes": minutes, "notes": notes, "decision": decision}
        put_point(seats=seats, meeting=meeting, facts=facts, now=now)
    asked = sitting[1] if len(sitting) > 1 else None
    due = day + timedelta(days=COMING - 7)
    ask_to_do(seats=seats, meeting=meeting, title=TO_DO, due_on=due, mandate=asked)
    here = [row.pk for row in sitting[:-2]]
    note_present(seats=seats, meeting=meeting, mandates=here, now=now)
    fix_minutes(seats=seats, meeting=meeting, now=now)
    return 2 + len(POINTS) + len(here)


def _plan(on: date) -> Plan:
    starts = datetime.combine(on, time(16), ZONE)
    return Plan(
        name=f"{NAME} van {on:%d/%m/%Y}",
        kind=ActivityKind.STEERING_GROUP,
        language="nl",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        time_zone=ZONE.key,
        venue="Zaal De Molen",
    )
