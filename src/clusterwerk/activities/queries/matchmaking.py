"""A matchmaking day as its team reads it, and as the planner does."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from clusterwerk.activities.models import (
    Attendance,
    Mark,
    MatchMeeting,
    MatchProfile,
    MatchResult,
    MatchRound,
    MatchWish,
    Registration,
    RegistrationState,
    Useful,
)
from clusterwerk.measure.meetings import Day, Kept, Person, Wish
from clusterwerk.platform.text import folded

WEIGHTS = {Mark.LIKE: 1, Mark.KEEN: 3, Mark.FIRST: 5}
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who registered, with what they said of themselves, if they did."""

    registration: Registration
    profile: MatchProfile | None

    @property
    def number(self) -> int:
        return self.registration.pk

    @property
    def name(self) -> str:
        return self.registration.name

    @property
    def organisation(self) -> str:
        """By name, or as it was typed; empty when nobody said."""
        known = self.registration.organisation
        return known.name if known else self.registration.printed_organisation

    @property
    def is_coming(self) -> bool:
        return self.registration.state == RegistrationState.CONFIRMED

    @property
    def has_answered(self) -> bool:
        return self.profile is not None and self.profile.answered_at is not None

    @property
    def away(self) -> frozenset[int]:
        return frozenset(self.profile.away) if self.profile else frozenset()


def round_of(activity: int) -> MatchRound | None:
    return MatchRound.objects.filter(pk=activity).select_related("activity").first()


def participants(activity: int) -> list[Participant]:
    """Who has a place, by name; whoever was erased takes part no more."""
    gone = Q(contact=None, email="", name__startswith="— ")
    rows = Registration.objects.filter(activity_id=activity, state=RegistrationState.CONFIRMED)
    return _participants(activity, rows.exclude(gone))


def everybody(activity: int) -> dict[int, Participant]:
    """Whoever registered, by the number of the registration, also who withdrew since."""
    rows = Registration.objects.filter(activity_id=activity)
    return {person.number: person for person in _participants(activity, rows)}


def _participants(activity: int, rows: QuerySet[Registration]) -> list[Participant]:
    profiles = {
        row.registration_id: row for row in MatchProfile.objects.filter(activity_id=activity)
    }
    found = [
        Participant(row, profiles.get(row.pk))
        for row in rows.select_related("organisation", "contact")
    ]
    return sorted(found, key=lambda person: (folded(person.name), person.number))


@dataclass(frozen=True, slots=True)
class Said:
    """How much somebody said; never whom they would rather not meet."""

    person: Participant
    wishes: int
    meetings: int


def said_by(activity: int) -> list[Said]:
    wishes = MatchWish.objects.filter(activity_id=activity).exclude(mark=Mark.RATHER_NOT)
    marked = Counter(wishes.values_list("who", flat=True))
    planned = planned_of(activity)
    meets = Counter(end for meeting in planned for end in meeting.ends)
    return [
        Said(person, marked[person.number], meets[person.number])
        for person in participants(activity)
    ]


def planned_of(activity: int) -> list[MatchMeeting]:
    """The newest plan, by slot and table."""
    return list(MatchMeeting.objects.filter(activity_id=activity, is_planned=True))


def published_of(activity: int) -> list[MatchMeeting]:
    """The plan that people were mailed, by slot and table."""
    return list(MatchMeeting.objects.filter(activity_id=activity, is_published=True))


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan is made of, apart from the hour: who comes when, and whom they want to meet."""

    there: dict[int, Participant]
    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]


def told_of(own: MatchRound) -> Told:
    """Two of whom one would rather not are no pair, and none says why."""
    people = participants(own.pk)
    there = {person.number: person for person in people}
    organisations = _organisations(people)
    slots = frozenset(range(own.slots))
    return Told(
        there,
        tuple(
            Person(number, organisations.get(number), person.away & slots)
            for number, person in sorted(there.items())
        ),
        tuple(_wishes(own.pk, set(there))),
    )


def day_of(own: MatchRound, told: Told, now: datetime, *, mends: bool = False) -> Day:
    """What has begun stands as it was mailed, and what the team fixed stands while both are there;
    where it `mends`, so does every other meeting of the newest plan.
    """
    began = frozenset(slot for slot, at in enumerate(own.times()) if at <= now)
    kept = _kept(own, told.there, began, mends=mends)
    late = {end for each in kept for end in (each.left, each.right)} - set(told.there)
    people = [replace(person, absent=person.absent | began) for person in told.people]
    people += [Person(number, None, frozenset(range(own.slots))) for number in sorted(late)]
    return Day(tuple(people), told.wishes, own.slots, own.tables, kept=kept)


def digest_of(own: MatchRound, told: Told) -> str:
    """Another one means that a plan is out of date."""
    people = [(person.key, person.organisation, sorted(person.absent)) for person in told.people]
    wishes = sorted(map(_as_told, told.wishes))
    words = repr((own.times(), own.minutes, own.tables, people, wishes))
    return hashlib.sha256(words.encode()).hexdigest()


def _as_told(wish: Wish) -> tuple[int, int, int]:
    return wish.who, wish.whom, wish.weight


def _wishes(activity: int, there: set[int]) -> Iterable[Wish]:
    rows = MatchWish.objects.filter(activity_id=activity).order_by("pk")
    marks = {(who, whom): mark for who, whom, mark in rows.values_list("who", "whom", "mark")}
    refused = {frozenset(pair) for pair, mark in marks.items() if mark == Mark.RATHER_NOT}
    for (who, whom), mark in marks.items():
        if frozenset((who, whom)) not in refused and {who, whom} <= there:
            yield Wish(who, whom, WEIGHTS[Mark(mark)])


def _organisations(people: Sequence[Participant]) -> dict[int, int]:
    """Known ones by their number; those that were typed by their words, below zero."""
    typed: dict[str, int] = {}
    found: dict[int, int] = {}
    for person in people:
        row = person.registration
        if row.organisation_id is not None:
            found[person.number] = row.organisation_id
        elif words := folded(row.printed_organisation).strip():
            found[person.number] = typed.setdefault(words, -1 - len(typed))
    return found


def _kept(
    own: MatchRound, there: Mapping[int, Participant], began: frozenset[int], *, mends: bool
) -> tuple[Kept, ...]:
    stood = Q(is_published=True) if own.version else Q(is_planned=True)
    stays = Q(is_planned=True) if mends else Q(is_planned=True, is_fixed=True)
    rows = MatchMeeting.objects.filter(
        (stood & Q(slot__in=began)) | (stays & ~Q(slot__in=began)),
        activity_id=own.pk,
        slot__lt=own.slots,
        table__lt=own.tables,
    )
    return tuple(
        Kept(row.slot, row.table, row.left_id, row.right_id)
        for row in rows.order_by("slot", "table", "pk")
        if row.slot in began or _both_come(row, there)
    )


def _both_come(row: MatchMeeting, there: Mapping[int, Participant]) -> bool:
    return all(end in there and row.slot not in there[end].away for end in row.ends)


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting as one of the two reads it; without the other, a free slot."""

    slot: int
    starts_at: datetime
    ends_at: datetime
    meeting: MatchMeeting | None = None
    other: Participant | None = None
    result: MatchResult | None = None

    @property
    def table(self) -> int:
        """As people count."""
        return self.meeting.table + 1 if self.meeting else 0


def timetable(
    own: MatchRound,
    person: int,
    meetings: Iterable[MatchMeeting],
    everyone: Mapping[int, Participant],
) -> list[Line]:
    """All slots of somebody, free ones too."""
    mine = {meeting.slot: meeting for meeting in meetings if person in meeting.ends}
    results = {
        row.meeting_id: row
        for row in MatchResult.objects.filter(meeting__in=mine.values(), registration_id=person)
    }
    lines = []
    for slot, at in enumerate(own.times()):
        line = Line(slot, at, at + timedelta(minutes=own.minutes))
        if meeting := mine.get(slot):
            other = meeting.right_id if meeting.left_id == person else meeting.left_id
            line = replace(
                line,
                meeting=meeting,
                other=everyone.get(other),
                result=results.get(meeting.pk),
            )
        lines.append(line)
    return lines


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of the team's board: who sits there, and what they said afterwards."""

    meeting: MatchMeeting
    left: Participant | None
    right: Participant | None
    results: tuple[MatchResult, ...]
    took_place: bool | None

    @property
    def table(self) -> int:
        return self.meeting.table + 1

    @property
    def is_broken(self) -> bool:
        """Whether one of the two withdrew since."""
        return not all(person and person.is_coming for person in (self.left, self.right))


@dataclass(frozen=True, slots=True)
class Slot:
    starts_at: datetime
    sittings: tuple[Sitting, ...]


def board_of(own: MatchRound, meetings: Sequence[MatchMeeting]) -> list[Slot]:
    """By slot and table."""
    everyone = everybody(own.pk)
    by_slot: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sittings(own.pk, meetings, everyone):
        by_slot[sitting.meeting.slot].append(sitting)
    return [Slot(at, tuple(by_slot[slot])) for slot, at in enumerate(own.times())]


def sittings(
    activity: int, meetings: Sequence[MatchMeeting], everyone: Mapping[int, Participant]
) -> list[Sitting]:
    said: dict[int, list[MatchResult]] = defaultdict(list)
    for row in MatchResult.objects.filter(meeting__in=meetings).order_by("pk"):
        said[row.meeting_id].append(row)
    here = set(
        Attendance.objects.filter(activity_id=activity).values_list("registration", flat=True)
    )
    return [
        Sitting(
            meeting,
            everyone.get(meeting.left_id),
            everyone.get(meeting.right_id),
            tuple(said[meeting.pk]),
            took_place(meeting, said[meeting.pk], here),
        )
        for meeting in meetings
    ]


def took_place(
    meeting: MatchMeeting, results: Iterable[MatchResult], here: Collection[int | None]
) -> bool | None:
    """What the team says goes first, then what the two say, then the list at the door.

    Unknown when nobody said anything and no list was kept.
    """
    if meeting.took_place is not None:
        return meeting.took_place
    said = [row.useful for row in results]
    if said:
        return any(useful != Useful.MISSED for useful in said)
    return all(end in here for end in meeting.ends) if here else None
