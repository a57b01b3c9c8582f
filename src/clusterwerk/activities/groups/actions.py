"""Every change of a group, its mandates, its meetings and their minutes."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from clusterwerk.activities import access
from clusterwerk.activities.actions import Plan, drop_draft, plan_activity
from clusterwerk.activities.groups.queries import sitting_at
from clusterwerk.activities.models import (
    ActionPoint,
    Activity,
    ActivityKind,
    ActivityState,
    AgendaPoint,
    Attendance,
    GroupKind,
    GroupMeeting,
    Mandate,
    MandateRole,
    StandingGroup,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions.work import NewTask, add_task
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from clusterwerk.platform.rows import changed, created

AT_THE_MEETING = gettext_lazy("minutes of the meeting")
MOST_POINTS = 60
_GROUPS = {
    "group_name_once": gettext_lazy("Another group of the cluster has this name."),
    "group_ends_after_it_begins": gettext_lazy("A group has a first day before its last."),
}
_MANDATES = {
    "mandate_once_at_a_time": gettext_lazy("This person sits in the group in this period already."),
    "mandate_name_once_at_a_time": gettext_lazy(
        "This name sits in the group in this period already."
    ),
    "mandate_period_holds_a_day": gettext_lazy("A mandate has a first day before its last."),
    "mandate_is_somebodys": gettext_lazy("Say who sits there, or for which organisation."),
}
# What a meeting of each kind of group is among the activities.
MEETING_KINDS = {
    GroupKind.WORKING_GROUP: ActivityKind.WORKING_GROUP,
    GroupKind.LEARNING_NETWORK: ActivityKind.LEARNING_NETWORK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    name: str
    kind: GroupKind
    since: date
    until: date | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFacts:
    """A contact, or a name where the person is none; `until` is the first day without."""

    role: MandateRole
    since: date
    until: date | None = None
    contact: Contact | None = None
    name: str = ""
    organisation: Organisation | None = None


def found_group(
    *, seats: Seats, cluster: Cluster, facts: GroupFacts, is_demo: bool = False
) -> StandingGroup:
    access.may_keep_activities(seats, cluster.pk).require()
    _require_order(facts.since, facts.until, _GROUPS["group_ends_after_it_begins"])
    return created(StandingGroup(cluster=cluster, **asdict(facts), is_demo=is_demo), _GROUPS)


def change_group(*, seats: Seats, group: StandingGroup, facts: GroupFacts) -> bool:
    access.may_keep_activities(seats, group.cluster_id).require()
    _require_order(facts.since, facts.until, _GROUPS["group_ends_after_it_begins"])
    return changed(group, _GROUPS, **asdict(facts))


def give_mandate(*, seats: Seats, group: StandingGroup, facts: MandateFacts) -> Mandate:
    access.may_keep_activities(seats, group.cluster_id).require()
    row = Mandate(cluster_id=group.cluster_id, group=group, is_demo=group.is_demo, **_held(facts))
    return created(row, _MANDATES)


def change_mandate(*, seats: Seats, mandate: Mandate, facts: MandateFacts) -> bool:
    """Mend it, or end it with the first day without."""
    access.may_keep_activities(seats, mandate.cluster_id).require()
    return changed(mandate, _MANDATES, **_held(facts))


def drop_mandate(*, seats: Seats, mandate: Mandate) -> None:
    """One that was written down by mistake; one that was held is ended instead."""
    access.may_keep_activities(seats, mandate.cluster_id).require()
    if ActionPoint.objects.filter(cluster_id=mandate.cluster_id, mandate=mandate).exists():
        raise DomainError(_("A meeting asked this person to do something. End it instead."))
    mandate.delete()


def _held(facts: MandateFacts) -> dict[str, Any]:
    _require_order(facts.since, facts.until, _MANDATES["mandate_period_holds_a_day"])
    return {
        "contact": facts.contact,
        "name": "" if facts.contact else " ".join(facts.name.split()),
        "organisation": facts.organisation,
        "role": facts.role,
        "period": DateRange(facts.since, facts.until),
    }


def _require_order(since: date, until: date | None, told: object) -> None:
    if until is not None and until <= since:
        raise DomainError(str(told))


@transaction.atomic
def call_meeting(*, seats: Seats, group: StandingGroup, plan: Plan) -> GroupMeeting:
    """An activity that only the team sees, of the kind of the group.

    Its agenda begins with what the meeting before left to approve.
    """
    access.may_keep_activities(seats, group.cluster_id).require()
    kind = MEETING_KINDS.get(GroupKind(group.kind), ActivityKind.STEERING_GROUP)
    lead = Cluster.objects.get(pk=group.cluster_id)
    activity = plan_activity(
        seats=seats,
        lead=lead,
        plan=replace(plan, kind=kind, takes_registrations=False),
        is_demo=group.is_demo,
    )
    meeting = created(
        GroupMeeting(cluster=lead, group=group, activity=activity, is_demo=group.is_demo)
    )
    before = GroupMeeting.objects.filter(
        cluster=lead, group=group, activity__day__lt=activity.day
    ).exists()
    if before:
        with override(plan.language):
            title = _("Minutes of the meeting before, and what was to be done")
        _add_point(meeting, {"title": title})
    return meeting


@transaction.atomic
def put_point(
    *,
    seats: Seats,
    meeting: GroupMeeting,
    facts: dict[str, Any],
    point: AgendaPoint | None = None,
    now: datetime,
) -> AgendaPoint:
    """Add a point at the end, or change one; after the minutes were fixed a change shows."""
    own = _locked(seats, meeting)
    if point is None:
        return _add_point(own, facts)
    if own.fixed_at is not None and any(getattr(point, key) != facts[key] for key in facts):
        facts = {**facts, "corrected_at": now}
    changed(point, **facts)
    return point


def _add_point(own: GroupMeeting, facts: dict[str, Any]) -> AgendaPoint:
    if own.fixed_at is not None:
        raise DomainError(_("The minutes are fixed. Correct a point, or take it up next time."))
    rows = AgendaPoint.objects.filter(cluster_id=own.cluster_id, meeting=own)
    if rows.count() >= MOST_POINTS:
        raise DomainError(_("Sixty points are the most that a meeting can have."))
    last = rows.aggregate(last=Max("position"))["last"] or 0
    owner = {"cluster_id": own.cluster_id, "meeting": own, "is_demo": own.is_demo}
    return created(AgendaPoint(**owner, position=last + 1, **facts))


@transaction.atomic
def move_point(*, seats: Seats, point: AgendaPoint, up: bool) -> None:
    """One place up or down."""
    own = _locked(seats, point.meeting)
    _require_open(own)
    rows = list(AgendaPoint.objects.filter(cluster_id=own.cluster_id, meeting=own))
    place = next((i for i, row in enumerate(rows) if row.pk == point.pk), None)
    if place is None:
        return
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for number, row in enumerate(rows, 1):
            changed(row, position=number)


@transaction.atomic
def drop_point(*, seats: Seats, point: AgendaPoint) -> None:
    """Off the agenda. Twice is once."""
    own = _locked(seats, point.meeting)
    _require_open(own)
    AgendaPoint.objects.filter(cluster_id=own.cluster_id, pk=point.pk).delete()


@transaction.atomic
def ask_to_do(
    *,
    seats: Seats,
    meeting: GroupMeeting,
    title: str,
    due_on: date | None,
    owner: User | None = None,
    mandate: Mandate | None = None,
) -> ActionPoint:
    """A task of the team; where somebody of the group does it, the task is about that person."""
    own = _locked(seats, meeting)
    new = NewTask(
        title=title,
        owner=owner,
        due_on=due_on,
        contact=mandate.contact if mandate else None,
        organisation=mandate.organisation if mandate else None,
        is_demo=own.is_demo,
    )
    task = add_task(seats=seats, cluster=Cluster.objects.get(pk=own.cluster_id), new=new)
    return created(
        ActionPoint(
            cluster_id=own.cluster_id,
            meeting=own,
            task=task,
            mandate=mandate,
            is_demo=own.is_demo,
        )
    )


@transaction.atomic
def note_present(
    *, seats: Seats, meeting: GroupMeeting, mandates: Collection[int], now: datetime
) -> int:
    """Who of the group was there; the others are taken off the list. The meeting was held then.

    Returns how many were there. People by name and guests are written down at the door.
    """
    own = _locked(seats, meeting)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=own.activity_id)
    if activity.starts_at is not None and activity.starts_at > now:
        raise DomainError(_("It has not begun yet."))
    sitting = sitting_at(own)
    here = [row for row in sitting if row.pk in set(mandates)]
    for row in sitting:
        known = _attendance_of(activity, row)
        if row not in here:
            for gone in known:
                gone.delete()
        elif not known:
            created(_attendance(activity, row, now))
    if activity.state in {ActivityState.DRAFT, ActivityState.PUBLISHED}:
        changed(activity, state=ActivityState.HELD)
    return len(here)


def present_at(meeting: GroupMeeting, sitting: Sequence[Mandate]) -> set[int]:
    """Numbers of the mandates whose people are on the list."""
    return {row.pk for row in sitting if _attendance_of(meeting.activity, row)}


def _attendance_of(activity: Activity, mandate: Mandate) -> list[Attendance]:
    rows = Attendance.objects.filter(activity=activity)
    if mandate.contact_id:
        return list(rows.filter(contact_id=mandate.contact_id))
    return list(rows.filter(contact=None, printed_name__iexact=str(mandate)))


def _attendance(activity: Activity, mandate: Mandate, now: datetime) -> Attendance:
    return Attendance(
        **activity.owners,
        activity=activity,
        contact_id=mandate.contact_id,
        organisation_id=mandate.organisation_id,
        printed_name="" if mandate.contact_id else str(mandate),
        arrived_at=now,
        source=str(AT_THE_MEETING),
        is_demo=activity.is_demo,
    )


@transaction.atomic
def fix_minutes(*, seats: Seats, meeting: GroupMeeting, now: datetime) -> bool:
    """From now on they stand: points are corrected and no longer changed. Twice is once."""
    own = _locked(seats, meeting)
    activity = own.activity
    if activity.starts_at is not None and activity.starts_at > now:
        raise DomainError(_("It has not begun yet."))
    if not AgendaPoint.objects.filter(cluster_id=own.cluster_id, meeting=own).exists():
        raise DomainError(_("There is nothing in the minutes yet."))
    return own.fixed_at is None and changed(own, fixed_at=now)


@transaction.atomic
def drop_meeting(*, seats: Seats, meeting: GroupMeeting) -> None:
    """One that did not take place: its agenda and its activity go."""
    own = _locked(seats, meeting)
    if own.activity.state != ActivityState.DRAFT or own.invited_at is not None:
        raise DomainError(_("People know of this meeting. Change its day, or note who was there."))
    if ActionPoint.objects.filter(cluster_id=own.cluster_id, meeting=own).exists():
        raise DomainError(_("This meeting asked for something to be done. It stays."))
    AgendaPoint.objects.filter(cluster_id=own.cluster_id, meeting=own).delete()
    activity = own.activity
    own.delete()
    drop_draft(seats=seats, activity=activity)


def _locked(seats: Seats, meeting: GroupMeeting) -> GroupMeeting:
    access.may_keep_activities(seats, meeting.cluster_id).require()
    rows = GroupMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("activity", "group").get(pk=meeting.pk)


def _require_open(own: GroupMeeting) -> None:
    if own.fixed_at is not None:
        raise DomainError(_("The minutes are fixed. Correct a point, or take it up next time."))
