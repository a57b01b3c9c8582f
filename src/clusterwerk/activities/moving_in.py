"""Attendance lists on their way in: one row for each person and event, or events across.

A person who is known, by address or by name at the organisation, is that contact; somebody else
stays a name on the list. No contact and no organisation is made from an attendance list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.actions import Came, NewActivity, add_activities, note_attendances
from clusterwerk.activities.models import Activity, ActivityKind, Attendance
from clusterwerk.members.moving_in import values
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.parts.contacts import ContactPart
from clusterwerk.members.moving_in.parts.organisations import OrganisationPart
from clusterwerk.members.moving_in.targets import Target, register_target
from clusterwerk.members.moving_in.telling import register_words
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.members.moving_in.words import MONTH_NUMBERS
from clusterwerk.platform.text import folded

LIST_FIELDS = (
    Field("activity", gettext_lazy("Activity")),
    Field("activity_day", gettext_lazy("Day of the activity"), Kind.DAY),
    Field("activity_kind", gettext_lazy("Kind of activity")),
    Field("present", gettext_lazy("Was there"), Kind.YES_NO),
)
SHEET_FIELDS = (Field("present", gettext_lazy("Was there"), Kind.YES_NO),)
MATRIX_FIELDS = (Field("event_column", gettext_lazy("An activity, marked"), is_repeated=True),)
DAY = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}\s+[^\W\d]{3,9}\.?\s+\d{4}"
)
# A day whose year another title tells, as tabs of a workbook of one year have it.
SHORT_DAY = re.compile(
    rf"(?<![\d/.-])(\d{{1,2}})(?:[/.-](\d{{2}})(?![\d/.-])|\s+({'|'.join(MONTH_NUMBERS)})\b)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
WORDS = {
    ActivityKind.WORKING_GROUP: ("werkgroep", "working group", "groupe de travail"),
    ActivityKind.WORKSHOP: ("workshop", "atelier"),
    ActivityKind.TRAINING: ("opleiding", "training", "cursus", "formation", "masterclass"),
    ActivityKind.MISSION: ("missie", "mission", "beurs", "reis"),
    ActivityKind.DEMONSTRATION: ("demo", "bedrijfsbezoek", "bezoek", "visit"),
    ActivityKind.MATCHMAKING: ("matchmaking", "b2b"),
    ActivityKind.STEERING_GROUP: ("stuurgroep", "steering", "bestuur"),
    ActivityKind.LEARNING_NETWORK: ("lerend netwerk", "learning network"),
    ActivityKind.NETWORK_EVENT: ("netwerk", "network", "event", "borrel", "receptie", "avond"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """An activity as a list names it."""

    name: str
    day: date

    @property
    def key(self) -> tuple[str, date]:
        return folded(self.name), self.day


class AttendancePart:
    """Who was there, by the fields of one of the two forms."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        columns = _event_columns(context)
        activities, known = _kept(context)
        for draft in alive(drafts):
            events = list(_events(context, draft, columns))
            if not draft.is_alive:
                continue
            if not _names_somebody(draft):
                draft.wrong(_("The row names nobody: no name, no e-mail address, no contact."))
                continue
            self._plan(draft, events, activities, known)

    def _plan(
        self,
        draft: Draft,
        events: list[Event],
        activities: dict[tuple[str, date], Activity | None],
        known: set[tuple[Any, ...]],
    ) -> None:
        """What is on a list already, here or in an earlier row, is not noted again."""
        who = _who(draft)
        fresh = [event for event in events if not any((event.key, one) in known for one in who)]
        known.update((event.key, one) for event in fresh for one in _written(draft))
        draft.notes["events"] = fresh
        if not fresh:
            return
        draft.makes_also("attendance")
        if any(event.key not in activities for event in fresh):
            draft.makes_also("activity")
            activities.update({event.key: None for event in fresh if event.key not in activities})

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if draft.notes.get("events")]
        activities = _made(context, rows)
        came = [
            _came(context, draft, activities[event.key])
            for draft in rows
            for event in draft.notes["events"]
        ]
        made = note_attendances(seats=context.seats, cluster=context.cluster, came=came)
        context.done["attendances"] += len(made)


def _event_columns(context: Comparison) -> list[tuple[int, Event | str]]:
    """Columns that are an activity each: its name and day, or what is missing."""
    found: list[tuple[int, Event | str]] = []
    for at, column in enumerate(context.file.columns):
        if column["field"] != "event_column":
            continue
        event = event_of(column["header"], column.get("day", ""))
        missing = _("“%(header)s” has no day. Say in the columns on which day it was.")
        found.append((at, event or missing % {"header": column["header"]}))
    return found


def event_of(header: str, told: str = "") -> Event | None:
    """Name and day from the header of a column; `told` is the day that a person gave."""
    found = DAY.search(header)
    text = told or (found.group() if found else "")
    try:
        day = values.day(text) if text else None
    except ValueError:
        day = None
    if day is None:
        return None
    name = header.replace(found.group(), "") if found else header
    name = " ".join(name.strip(" -,;:()|/").split())
    return Event(name or _("Activity"), day)


def event_of_sheet(titles: Sequence[str]) -> Event | None:
    """The activity of a whole sheet: the first of its titles with a day, and a name beside it.

    A title that is a day alone gets the name of another title.
    """
    dated = next((event for text in titles if (event := event_of(text))), None)
    if dated is None:
        titles = _with_year(titles)
        dated = next((event for text in titles if (event := event_of(text))), None)
    if dated is None or dated.name != _("Activity"):
        return dated
    named = next((text for text in titles if not DAY.search(text)), "")
    return Event(" ".join(named.split())[:200] or dated.name, dated.day)


def _with_year(titles: Sequence[str]) -> Sequence[str]:
    """Days without a year get the one year that the titles name: that of the file, mostly."""
    years = {year for text in titles for year in YEAR.findall(text)}
    if len(years) != 1:
        return titles
    year = years.pop()
    return [
        SHORT_DAY.sub(
            lambda day: f"{day[1]}/{day[2]}/{year}" if day[2] else f"{day[0]} {year}", text, count=1
        )
        for text in titles
    ]


class SheetPart(AttendancePart):
    """Everybody on the sheet was at one activity, which the sheet is named after."""

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        event = event_of_sheet(context.options.get("titles", []))
        message = _(
            "The sheet does not say on which day the activity was. Write name and day in its name "
            "or in a line above the heading, such as “Network evening 12/03/2024”."
        )
        for draft in alive(drafts):
            if event is None:
                draft.wrong(message)
            else:
                draft.values |= {"activity": event.name, "activity_day": event.day}
        super().compare(context, drafts)


def _events(
    context: Comparison, draft: Draft, columns: list[tuple[int, Event | str]]
) -> Iterator[Event]:
    name, day = draft.get("activity"), draft.get("activity_day")
    if name and day:
        if day > context.today:
            draft.wrong(_("The day of the activity is still to come."), "activity_day")
        elif draft.get("present") is not False:
            yield Event(name[:200], day)
    elif not columns:
        what = "activity" if not name else "activity_day"
        draft.wrong(_("The activity or its day is missing."), what)
    for at, event in columns:
        mark = draft.cells[at] if at < len(draft.cells) else ""
        if not mark or not values.flag(mark):
            continue
        if isinstance(event, str):
            draft.wrong(event)
        else:
            yield event


def _names_somebody(draft: Draft) -> bool:
    return bool(draft.contact or _printed(draft) or draft.get("email"))


def _printed(draft: Draft) -> str:
    parts = (draft.get("first_name"), draft.get("last_name"))
    return draft.get("full_name") or " ".join(part for part in parts if part)


def _who(draft: Draft) -> set[str]:
    """By what somebody is known on a list: the contact, the address, or the name.

    A name alone is also the one that stands there with an address; of two addresses with one name
    each is somebody.
    """
    email, name = str(draft.get("email") or ""), _printed(draft)
    if draft.contact:
        return {draft.contact, *_address(email)}
    return {*_address(email), *_name(name), *(() if email else _name(name, addressed=True))}


def _written(draft: Draft) -> set[str]:
    if draft.contact:
        return {draft.contact}
    return _keys(str(draft.get("email") or ""), _printed(draft))


def _keys(email: str, name: str) -> set[str]:
    """What a row of a list leaves behind, so that the same person is found again."""
    return {*_address(email), *_name(name, addressed=bool(email))}


def _address(email: str) -> set[str]:
    return {f"address {email.lower()}"} if email else set()


def _name(name: str, *, addressed: bool = False) -> set[str]:
    return {f"name{' with address' * addressed} {folded(name)}"} if name else set()


def _kept(
    context: Comparison,
) -> tuple[dict[tuple[str, date], Activity | None], set[tuple[Any, ...]]]:
    """Activities by name and day, and who is on their lists; what this move adds is added."""
    if "activities" not in context.shelf:
        rows = Activity.objects.filter(cluster=context.cluster)
        activities: dict[tuple[str, date], Activity | None] = {
            (folded(row.name), row.day): row for row in rows
        }
        keys = {row.pk: key for key, row in activities.items() if row is not None}
        came = Attendance.objects.filter(cluster=context.cluster)
        known = {
            (keys[activity], one)
            for activity, contact, email, name in came.values_list(
                "activity", "contact", "email", "printed_name"
            )
            for one in ({f"c:{contact}"} if contact else _keys(email, name))
        }
        context.shelf["activities"] = (activities, known)
    held: tuple[dict[tuple[str, date], Activity | None], set[tuple[Any, ...]]] = context.shelf[
        "activities"
    ]
    return held


def _made(context: Import, rows: Sequence[Draft]) -> dict[tuple[str, date], Activity]:
    """All activities that the rows name, by name and day; those that are not there are made."""
    kept = Activity.objects.filter(cluster=context.cluster)
    found = {(folded(row.name), row.day): row for row in kept}
    fresh: dict[tuple[str, date], NewActivity] = {}
    for draft in rows:
        for event in draft.notes["events"]:
            if event.key not in found:
                kind = kind_of(str(draft.get("activity_kind") or "")) or kind_of(event.name)
                fresh.setdefault(
                    event.key,
                    NewActivity(
                        event.name,
                        event.day,
                        context.source,
                        kind or ActivityKind.OTHER,
                        context.comparison.is_demo,
                    ),
                )
    made = add_activities(seats=context.seats, cluster=context.cluster, new=list(fresh.values()))
    context.done["activities"] += len(made)
    return found | dict(zip(fresh, made, strict=True))


def kind_of(text: str) -> ActivityKind | None:
    words = folded(text)
    fitting = (kind for kind, parts in WORDS.items() if any(part in words for part in parts))
    return next(fitting, None)


def _came(context: Import, draft: Draft, activity: Activity) -> Came:
    return Came(
        activity=activity,
        source=context.source,
        contact=context.contacts.get(draft.contact),
        organisation=context.organisations.get(draft.organisation),
        printed_name=_printed(draft),
        email=str(draft.get("email") or ""),
        printed_organisation=str(draft.get("name") or ""),
    )


_PEOPLE = (OrganisationPart(makes=False, is_needed=False), ContactPart(makes=False))
ATTENDANCE = Target(
    "attendance",
    gettext_lazy("Attendance list"),
    gettext_lazy("One row for each person at an activity, with its day."),
    60,
    (*_PEOPLE, AttendancePart(LIST_FIELDS)),
    ("activity",),
    names=("aanwezig", "attendance", "deelnem", "presence", "inschrijving"),
    prefers=("full_name",),
    weights={"activity": 24, "activity_day": 12, "present": 14, "full_name": 4},
)
MATRIX = Target(
    "attendance_matrix",
    gettext_lazy("Attendance, activities across"),
    gettext_lazy("One row for each person, one column for each activity, marked with x or 1."),
    61,
    (*_PEOPLE, AttendancePart(MATRIX_FIELDS)),
    ("event_column",),
    names=("aanwezig", "attendance", "presence"),
    prefers=("full_name",),
    weights={"event_column": 40},
)
SHEET = Target(
    "attendance_sheet",
    gettext_lazy("Attendance, one sheet for each activity"),
    gettext_lazy("One row for each person; the sheet or a line above it names activity and day."),
    62,
    (*_PEOPLE, SheetPart(SHEET_FIELDS)),
    ("full_name", "last_name", "email"),
    signs=frozenset({"handtekening", "signature", "aanwezig", "present"}),
    names=("aanwezig", "attendance", "deelnem", "presence", "inschrijving"),
    prefers=("full_name",),
    weights={"full_name": 8, "email": 4, "last_name": 10, "present": 14},
)


def register_attendance() -> None:
    register_target(SHEET)
    register_target(ATTENDANCE)
    register_target(MATRIX)
    register_words(
        done={
            "activities": gettext_lazy("activities"),
            "attendances": gettext_lazy("people on lists of activities"),
        },
        makes={
            "activity": gettext_lazy("activity"),
            "attendance": gettext_lazy("attendance"),
        },
    )
