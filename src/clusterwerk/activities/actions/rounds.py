"""A matchmaking round from its slots to mailed timetables.

The row of the round is locked first, always, so that two who plan or publish at once wait there.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.activities import access
from clusterwerk.activities.matchmaking.mails import invite, send_timetable
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    ActivityState,
    MatchMeeting,
    MatchProfile,
    MatchRound,
    PublishedActivity,
)
from clusterwerk.activities.queries.matchmaking import (
    Participant,
    day_of,
    digest_of,
    everybody,
    participants,
    planned_of,
    timetable,
    told_of,
)
from clusterwerk.measure.meetings import Day
from clusterwerk.measure.meetings import Plan as DayPlan
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many

Place = tuple[int, int, int, int]  # slot, table, and the two registrations


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHours:
    """When people meet and at how many tables. Moments are aware; gaps are local hours."""

    starts_at: datetime
    minutes: int
    pause: int
    slots: int
    gaps: str
    tables: int
    closes_at: datetime

    def facts(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def open_round(*, seats: Seats, activity: Activity, hours: RoundHours, now: datetime) -> MatchRound:
    """Everybody with a place is mailed the link of their page. Twice is once.

    Raises `DomainError` for another kind of activity, and for what is not published.
    """
    own = _activity(seats, activity)
    if own.kind != ActivityKind.MATCHMAKING:
        raise DomainError(_("Only an activity of the kind matchmaking has a round of meetings."))
    if own.state != ActivityState.PUBLISHED:
        raise DomainError(_("Publish the activity first, so that people register."))
    found = MatchRound.objects.select_related("activity").filter(pk=own.pk).first()
    if found is not None:
        return found
    _require_within(own, hours)
    opened = MatchRound(activity=own, **own.owners, **hours.facts(), is_demo=own.is_demo)
    created(opened)
    invite_registered(opened, now)
    return opened


@transaction.atomic
def change_round(*, seats: Seats, activity: Activity, hours: RoundHours, now: datetime) -> bool:
    """Before the first meeting; a plan that was made says afterwards that it is out of date."""
    own = locked_round(seats, activity)
    if own.published_at is not None and own.times()[0] <= now:
        raise DomainError(_("The meetings have begun; their hours stay as they are."))
    _require_within(own.activity, hours)
    return changed(own, **hours.facts())


def invite_registered(own: MatchRound, now: datetime) -> int:
    """Mail whoever has a place and was not mailed yet; returns how many. With the round locked."""
    shown = PublishedActivity.objects.get(pk=own.pk)
    if own.closes_at <= now or shown.state != ActivityState.PUBLISHED:
        return 0
    fresh = [person for person in participants(own.pk) if not _is_invited(person)]
    for person in fresh:
        profile = person.profile or created(new_profile(own, person.number))
        changed(profile, invited_at=now)
        invite(person.registration, own, shown)
    return len(fresh)


def _is_invited(person: Participant) -> bool:
    return person.profile is not None and person.profile.invited_at is not None


def new_profile(own: MatchRound, registration: int) -> MatchProfile:
    return MatchProfile(
        activity_id=own.pk, registration_id=registration, **own.owners, is_demo=own.is_demo
    )


def day_to_plan(*, seats: Seats, activity: int, now: datetime, mends: bool = False) -> Day:
    own = locked_round(seats, Activity.objects.get(pk=activity))
    _require_going_on(own, now)
    return day_of(own, told_of(own), now, mends=mends)


@transaction.atomic
def keep_plan(
    *, seats: Seats, activity: int, day: Day, plan: DayPlan, now: datetime, mends: bool = False
) -> bool:
    """Write down what was planned; says no when the day changed while it was planned.

    Meetings that the old and the new plan share keep their rows, and those that were mailed stand
    until the new plan is published.
    """
    own = locked_round(seats, Activity.objects.get(pk=activity))
    told = told_of(own)
    if day_of(own, told, now, mends=mends) != day:
        return False
    _replace(own, {_place(meeting) for meeting in plan.meetings})
    changed(
        own,
        planned_at=now,
        planned_from=digest_of(own, told),
        served=plan.worth.served,
        points=plan.worth.points,
        most_served=plan.bound.served,
        most_points=plan.bound.points,
    )
    return True


def _place(meeting: Any) -> Place:  # noqa: ANN401 - of the planner
    left, right = sorted((meeting.left[0], meeting.right[0]))
    return meeting.slot, meeting.table, left, right


def _replace(own: MatchRound, wanted: set[Place]) -> None:
    rows = MatchMeeting.objects.filter(activity_id=own.pk)
    standing = {(row.slot, row.table, row.left_id, row.right_id): row for row in rows}
    gone = [row for place, row in standing.items() if place not in wanted]
    for row in gone:
        if row.is_published:
            changed(row, is_planned=False, is_fixed=False)
        else:
            row.delete()
    for place in wanted & standing.keys():
        changed(standing[place], is_planned=True)
    created_many(
        MatchMeeting(
            activity_id=own.pk,
            **own.owners,
            slot=slot,
            table=table,
            left_id=left,
            right_id=right,
            is_demo=own.is_demo,
        )
        for slot, table, left, right in sorted(wanted - standing.keys())
    )


@transaction.atomic
def fix_meeting(*, seats: Seats, activity: Activity, meeting: int, is_fixed: bool) -> bool:
    """The next plan keeps it, or may drop it again."""
    own = locked_round(seats, activity)
    found = MatchMeeting.objects.filter(activity_id=own.pk, pk=meeting, is_planned=True).first()
    if found is None:
        raise DomainError(_("This meeting is not in the plan any more."))
    return changed(found, is_fixed=is_fixed)


@transaction.atomic
def publish_timetables(*, seats: Seats, activity: Activity, now: datetime) -> int:
    """Everybody whose timetable is new or another one is mailed; returns how many. Twice is once.

    Raises `DomainError` without a plan.
    """
    own = locked_round(seats, activity)
    if own.planned_at is None:
        raise DomainError(_("Plan the meetings first."))
    _require_going_on(own, now)
    rows = MatchMeeting.objects.filter(activity_id=own.pk)
    dropped = rows.filter(is_planned=False)
    is_same = own.published_at is not None and not (
        dropped.exists() or rows.filter(is_published=False).exists()
    )
    if not is_same:
        dropped.delete()
        rows.update(is_published=True)
        changed(own, version=own.version + 1, published_at=now)
    return _send(own)


def _send(own: MatchRound) -> int:
    shown = PublishedActivity.objects.select_related("place").get(pk=own.pk)
    everyone, meetings = everybody(own.pk), planned_of(own.pk)
    told = 0
    for person in participants(own.pk):
        lines = timetable(own, person.number, meetings, everyone)
        profile = person.profile or created(new_profile(own, person.number))
        told += send_timetable(person, profile, own, shown, lines)
    return told


def _activity(seats: Seats, activity: Activity) -> Activity:
    access.may_change(seats, activity).require()
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)


def locked_round(seats: Seats, activity: Activity) -> MatchRound:
    """Allowed, and held until the answer."""
    access.may_change(seats, activity).require()
    rows = MatchRound.objects.select_related("activity").select_for_update(of=("self",))
    found = rows.filter(pk=activity.pk).first()
    if found is None:
        raise DomainError(_("This activity has no round of meetings yet."))
    return found


def _require_going_on(own: MatchRound, now: datetime) -> None:
    if own.activity.state == ActivityState.CANCELLED:
        raise DomainError(_("This activity is cancelled."))
    if not own.fits_activity():
        raise DomainError(_("The activity moved. Change the hours of the meetings first."))
    if own.ends_at() <= now:
        raise DomainError(_("The meetings are over."))


def _require_within(own: Activity, hours: RoundHours) -> None:
    """The meetings fit into the activity, and wishes close before the first."""
    trial = MatchRound(activity=own, **hours.facts())
    if own.starts_at is None or own.ends_at is None:
        raise DomainError(_("Say first when the activity starts and ends."))
    if not trial.fits_activity():
        raise DomainError(
            _("The meetings do not fit between the start and the end of the activity.")
        )
    if hours.closes_at > hours.starts_at:
        raise DomainError(_("Wishes close before the first meeting."))
