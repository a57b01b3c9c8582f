"""Groups as pages and files read them, on any day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Case, IntegerField, Q, QuerySet, When

from clusterwerk.activities.models import (
    VOTING,
    ActionPoint,
    AgendaPoint,
    GroupMeeting,
    Mandate,
    MandateRole,
    StandingGroup,
)
from clusterwerk.activities.models.groups import MandateQuery
from clusterwerk.directory.models import OrganisationKind

_ORDER = {role: place for place, role in enumerate(MandateRole.values)}


@dataclass(frozen=True, slots=True)
class SeatShare:
    """Voting seats on a day, and those held for companies; `unknown` are of no kind we know.

    Observers and the secretary have no vote. Definition: docs/methods/governance.md.
    """

    seats: int
    companies: int
    unknown: int

    @property
    def lowest(self) -> Fraction | None:
        """As if every unknown seat were held by others; None without seats."""
        return Fraction(self.companies, self.seats) if self.seats else None

    @property
    def highest(self) -> Fraction | None:
        return Fraction(self.companies + self.unknown, self.seats) if self.seats else None

    @property
    def is_minority(self) -> bool:
        """Companies surely hold half of the seats or less."""
        return self.highest is not None and self.highest <= Fraction(1, 2)

    @property
    def may_be_minority(self) -> bool:
        return self.lowest is not None and self.lowest <= Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class GroupOnDay:
    group: StandingGroup
    share: SeatShare
    people: int


def groups_of(cluster: int) -> QuerySet[StandingGroup]:
    return StandingGroup.objects.filter(cluster_id=cluster)


def groups_on(cluster: int, day: date) -> list[GroupOnDay]:
    """Every group of the cluster, those that still meet first."""
    sitting: dict[int, list[Mandate]] = {}
    rows = Mandate.objects.on(day).filter(cluster_id=cluster).select_related("organisation")
    for row in rows:
        sitting.setdefault(row.group_id, []).append(row)
    groups = sorted(groups_of(cluster), key=lambda one: (_is_over(one, day), one.name.casefold()))
    return [
        GroupOnDay(one, seat_share(sitting.get(one.pk, ())), len(sitting.get(one.pk, ())))
        for one in groups
    ]


def _is_over(group: StandingGroup, day: date) -> bool:
    return group.until is not None and group.until <= day


def mandates_of(group: StandingGroup) -> MandateQuery:
    """The chair first, then members, secretary and observers, by name."""
    places = [When(role=role, then=place) for role, place in _ORDER.items()]
    rows = Mandate.objects.filter(cluster_id=group.cluster_id, group=group)
    return rows.select_related("contact", "organisation").order_by(
        Case(*places, output_field=IntegerField()),
        "organisation__name_sort",
        "contact__name_sort",
        "name",
        "pk",
    )


def seat_share(mandates: Iterable[Mandate]) -> SeatShare:
    """Of mandates that stand on one day, with their organisations."""
    kinds = [
        row.organisation.kind if row.organisation is not None else ""
        for row in mandates
        if row.role in VOTING
    ]
    return SeatShare(
        seats=len(kinds),
        companies=sum(kind == OrganisationKind.ENTERPRISE for kind in kinds),
        unknown=sum(not kind for kind in kinds),
    )


def meetings_of(group: StandingGroup) -> list[GroupMeeting]:
    """The latest first."""
    rows = GroupMeeting.objects.filter(cluster_id=group.cluster_id, group=group)
    return list(rows.select_related("activity").order_by("-activity__day", "-pk"))


def meeting_of(activity: int) -> GroupMeeting | None:
    rows = GroupMeeting.objects.select_related("group", "activity", "cluster")
    return rows.filter(activity_id=activity).first()


def points_of(meeting: GroupMeeting) -> list[AgendaPoint]:
    return list(AgendaPoint.objects.filter(cluster_id=meeting.cluster_id, meeting=meeting))


def actions_of(meeting: GroupMeeting) -> list[ActionPoint]:
    return list(_actions(meeting).filter(meeting=meeting))


def open_actions_before(meeting: GroupMeeting) -> list[ActionPoint]:
    """What earlier meetings of the group asked and nobody has done yet, the oldest first."""
    day = meeting.activity.day
    earlier = Q(meeting__activity__day__lt=day) | Q(
        meeting__activity__day=day, meeting_id__lt=meeting.pk
    )
    rows = _actions(meeting).filter(earlier, meeting__group_id=meeting.group_id)
    return list(rows.filter(task__done_at=None))


def _actions(meeting: GroupMeeting) -> QuerySet[ActionPoint]:
    rows = ActionPoint.objects.filter(cluster_id=meeting.cluster_id)
    related = ("task__owner", "mandate__contact", "mandate__organisation", "meeting__activity")
    return rows.select_related(*related).order_by("meeting__activity__day", "pk")


def sitting_at(meeting: GroupMeeting) -> Sequence[Mandate]:
    """Who has a mandate on the day of the meeting, and so is expected."""
    return list(mandates_of(meeting.group).filter(period__contains=meeting.activity.day))
