"""The list at the door: who said they would come, who is there, and who came without a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from clusterwerk.activities.models import (
    LIVING,
    Activity,
    Attendance,
    Registration,
    RegistrationState,
)
from clusterwerk.platform.text import folded


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list; `registration` and `attendance` are not both missing."""

    registration: Registration | None
    attendance: Attendance | None

    @property
    def name(self) -> str:
        return str(self.attendance or self.registration)

    @property
    def organisation(self) -> str:
        """By name, or as it was typed; empty when nobody said."""
        for row in (self.attendance, self.registration):
            if row is not None and (row.organisation_id or row.printed_organisation):
                return str(row.organisation) if row.organisation_id else row.printed_organisation
        return ""

    @property
    def guests(self) -> int:
        """Those who came, or those who were announced."""
        row = self.attendance or self.registration
        return row.guests if row else 0

    @property
    def is_here(self) -> bool:
        return self.attendance is not None

    @property
    def is_expected(self) -> bool:
        found = self.registration
        return found is not None and found.state == RegistrationState.CONFIRMED


@dataclass(frozen=True, slots=True)
class InRoom:
    """Heads with guests: in the room, and of those who registered; organisations that are known."""

    people: int
    expected: int
    organisations: int


def people_at(activity: Activity, words: Sequence[str] = ()) -> list[Person]:
    """By name. Who withdrew stands on the list only when they came."""
    here = list(_attendances(activity))
    by_registration = {row.registration_id: row for row in here if row.registration_id}
    coming = Registration.objects.filter(activity=activity).select_related("organisation")
    said = coming.filter(Q(state__in=LIVING) | Q(pk__in=by_registration))
    people = [Person(row, by_registration.get(row.pk)) for row in said]
    people += [Person(None, row) for row in here if row.registration_id is None]
    fitting = (person for person in people if _fits(person, words))
    return sorted(fitting, key=lambda person: (folded(person.name), person.name))


def _fits(person: Person, words: Sequence[str]) -> bool:
    told = folded(f"{person.name} {person.organisation}")
    return all(folded(word) in told for word in words)


def person_at(activity: Activity, registration: int) -> Person | None:
    found = Registration.objects.filter(activity=activity, pk=registration)
    coming = found.select_related("organisation").first()
    if coming is None:
        return None
    return Person(coming, _attendances(activity).filter(registration=coming).first())


def counted_in_room(activity: Activity) -> InRoom:
    here = Attendance.objects.filter(activity=activity)
    rows = list(here.values_list("guests", "organisation"))
    said = Registration.objects.filter(activity=activity, state=RegistrationState.CONFIRMED)
    return InRoom(
        people=sum(1 + guests for guests, _ in rows),
        expected=sum(1 + guests for guests in said.values_list("guests", flat=True)),
        organisations=len({organisation for _, organisation in rows if organisation}),
    )


def by_organisation(people: Iterable[Person]) -> list[tuple[str, list[Person]]]:
    """Organisations by name, those without one last."""

    def key(person: Person) -> tuple[bool, str, str]:
        return not person.organisation, folded(person.organisation), person.organisation

    ordered = sorted(people, key=key)
    return [(name, list(rows)) for (_, _, name), rows in groupby(ordered, key=key)]


def _attendances(activity: Activity) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(activity=activity)
    return rows.select_related("organisation", "contact")
