"""What people say by the link of their registration: of themselves, whom to meet, how it was.

What others marked is never read here. The row of the person is locked, so that two windows of one
person write after each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.activities.actions.rounds import new_profile
from clusterwerk.activities.actions.visitors import (
    DOOR,
    UnknownLinkError,
    registration_by_link,
    require_coming,
)
from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    ActivityKind,
    Mark,
    MatchMeeting,
    MatchProfile,
    MatchResult,
    MatchRound,
    MatchWish,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.queries.matchmaking import (
    Line,
    Participant,
    everybody,
    participants,
    published_of,
    round_of,
    timetable,
)
from clusterwerk.activities.queries.proposals import proposed_texts
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many

MATCHING_DOOR = "matchmaking"


@dataclass(frozen=True, slots=True)
class Own:
    """What the pages of a link show: the person, the round, the others, and the own marks."""

    registration: Registration
    activity: PublishedActivity
    round: MatchRound
    profile: MatchProfile | None
    others: list[Participant]
    marks: dict[int, int]
    proposed: tuple[str, str]

    def may_say(self, now: datetime) -> bool:
        is_open = self.activity.state == "published" and now < self.round.closes_at
        return is_open and self.registration.state == RegistrationState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Answer:
    """Texts, slots in which the person is not there, and a mark for others by number."""

    looks_for: str
    offers: str
    away: tuple[int, ...]
    marks: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class MeetingResult:
    useful: str
    goes_on: bool = False
    note: str = ""


def has_matching(*, seats: Seats, activity: PublishedActivity) -> bool:
    """Whether the page of a registration leads to one of wishes."""
    if activity.kind != ActivityKind.MATCHMAKING:
        return False
    with unlocked(seats, MATCHING_DOOR):
        return MatchRound.objects.filter(pk=activity.pk).exists()


def matching_by_link(*, seats: Seats, token: str, day: datetime) -> Own:
    """Raises `UnknownLinkError` for no registration, or where there is no round."""
    own, shown = registration_by_link(seats=seats, token=token)
    with looking_as(seats_of_holders(shown)):
        found = round_of(shown.pk)
        if found is None:
            raise UnknownLinkError(_("There is no matchmaking with this link."))
        people = participants(shown.pk)
        profile = MatchProfile.objects.filter(registration=own).first()
        marks = dict(MatchWish.objects.filter(who=own).values_list("whom", "mark"))
        proposed = proposed_texts(own, day.date())
    others = [person for person in people if person.number != own.pk]
    return Own(own, shown, found, profile, others, marks, proposed)


def timetable_by_link(*, seats: Seats, token: str) -> tuple[Own, list[Line]]:
    """The published timetable; no lines before the first publication."""
    own, shown = registration_by_link(seats=seats, token=token)
    with looking_as(seats_of_holders(shown)):
        found = round_of(shown.pk)
        if found is None:
            raise UnknownLinkError(_("There is no matchmaking with this link."))
        meetings = published_of(shown.pk)
        lines = timetable(found, own.pk, meetings, everybody(shown.pk)) if found.version else []
    return Own(own, shown, found, None, [], {}, ("", "")), lines


@transaction.atomic
def say_wishes(*, seats: Seats, token: str, answer: Answer, now: datetime) -> MatchProfile:
    """Written down as a whole; marks that are not given stay as they were."""
    own = matching_by_link(seats=seats, token=token, day=now)
    if own.registration.state != RegistrationState.CONFIRMED:
        raise DomainError(_("Only who has a place takes part."))
    require_coming(own.activity, now)
    if now >= own.round.closes_at:
        raise DomainError(_("Wishes are closed; the meetings are being planned."))
    known = {person.number for person in own.others}
    slots = range(own.round.slots)
    with unlocked(seats, DOOR, MATCHING_DOOR):
        profile = _profile(own)
        changed(
            profile,
            looks_for=answer.looks_for.strip(),
            offers=answer.offers.strip(),
            away=sorted(slot for slot in set(answer.away) if slot in slots),
            answered_at=now,
        )
        _mark(own, {whom: mark for whom, mark in answer.marks.items() if whom in known})
    return profile


def _profile(own: Own) -> MatchProfile:
    """Locked; one that another window made in the meantime is taken."""
    mine = MatchProfile.objects.filter(registration=own.registration)
    Registration.objects.select_for_update(of=("self",)).get(pk=own.registration.pk)
    found = mine.first()
    return found or created(new_profile(own.round, own.registration.pk))


def _mark(own: Own, marks: Mapping[int, int]) -> None:
    """A mark of -1 takes it back."""
    before = {row.whom_id: row for row in MatchWish.objects.filter(who=own.registration)}
    new = []
    for whom, mark in sorted(marks.items()):
        row = before.get(whom)
        if mark < Mark.RATHER_NOT:
            if row is not None:
                row.delete()
        elif row is not None:
            changed(row, mark=mark)
        else:
            new.append(_wish(own, whom, mark))
    created_many(new)


def _wish(own: Own, whom: int, mark: int) -> MatchWish:
    return MatchWish(
        activity_id=own.round.pk,
        **own.round.owners,
        who_id=own.registration.pk,
        whom_id=whom,
        mark=mark,
        is_demo=own.round.is_demo,
    )


@transaction.atomic
def say_result(
    *, seats: Seats, token: str, meeting: int, result: MeetingResult, now: datetime
) -> MatchResult:
    """How it was, once the meeting has begun; said again it is changed."""
    own, lines = timetable_by_link(seats=seats, token=token)
    line = next((one for one in lines if one.meeting and one.meeting.pk == meeting), None)
    if line is None:
        raise DomainError(_("This meeting is not in your timetable."))
    if now < line.starts_at:
        raise DomainError(_("This meeting has not begun yet."))
    facts: dict[str, Any] = {
        "useful": result.useful,
        "goes_on": result.goes_on,
        "note": result.note.strip(),
    }
    with unlocked(seats, DOOR, MATCHING_DOOR):
        MatchMeeting.objects.select_for_update(of=("self",)).get(pk=meeting)
        mine = MatchResult.objects.filter(meeting_id=meeting, registration=own.registration)
        found = mine.first()
        if found is not None:
            if any(getattr(found, name) != value for name, value in facts.items()):
                changed(found, **facts, said_at=now)
            return found
        return created(
            MatchResult(
                **own.round.owners,
                meeting_id=meeting,
                registration=own.registration,
                **facts,
                said_at=now,
                is_demo=own.round.is_demo,
            )
        )
