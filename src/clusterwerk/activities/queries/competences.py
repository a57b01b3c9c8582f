"""Which competences people of members were trained in, from who was at trainings that were held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clusterwerk.activities.models import ActivityKind, ActivityState, Attendance


@dataclass(frozen=True, slots=True)
class Trained:
    """People of one organisation trained in one competence, and the last day on which."""

    competence: str
    organisation: int
    name: str
    people: int
    last: date
    is_demo: bool


@dataclass(frozen=True, slots=True)
class CompetenceCount:
    """A competence with the organisations and people that were trained in it."""

    competence: str
    organisations: int
    people: int
    last: date


def trained(cluster: int, organisation: int | None = None) -> list[Trained]:
    """By competence and name. Somebody who came twice is one person; guests are not counted.

    Spelling in capitals makes no other competence. People whose organisation is not known are
    left out.
    """
    rows = Attendance.objects.filter(
        cluster_id=cluster,
        organisation__isnull=False,
        activity__kind=ActivityKind.TRAINING,
        activity__state=ActivityState.HELD,
    ).exclude(activity__competences=[])
    if organisation is not None:
        rows = rows.filter(organisation_id=organisation)
    found: dict[tuple[str, int], set[str]] = {}
    told: dict[str, str] = {}
    names: dict[int, str] = {}
    last: dict[tuple[str, int], date] = {}
    demo: set[tuple[str, int]] = set()
    for row in rows.order_by("activity__day", "pk").values_list(
        "organisation_id",
        "organisation__name",
        "contact_id",
        "printed_name",
        "email",
        "activity__day",
        "activity__competences",
        "is_demo",
    ):
        number, name, contact, printed, email, day, competences, is_demo = row
        who = f"#{contact}" if contact else (email or printed).casefold()
        for competence in competences:
            key = (competence.casefold(), number)
            told[key[0]] = competence
            names[number] = name
            last[key] = day
            if is_demo:
                demo.add(key)
            found.setdefault(key, set()).add(who)
    every = [
        Trained(told[key[0]], key[1], names[key[1]], len(people), last[key], key in demo)
        for key, people in found.items()
    ]
    return sorted(every, key=lambda each: (each.competence.casefold(), each.name.casefold()))


def by_competence(rows: Iterable[Trained]) -> Sequence[CompetenceCount]:
    """How many for each, for the evaluation; who is trained for two members counts for both."""
    found: dict[str, list[Trained]] = {}
    for row in rows:
        found.setdefault(row.competence, []).append(row)
    return [
        CompetenceCount(
            competence,
            len(held),
            sum(row.people for row in held),
            max(row.last for row in held),
        )
        for competence, held in found.items()
    ]
