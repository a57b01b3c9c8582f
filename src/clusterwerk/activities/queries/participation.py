"""Who takes part in the activities of a cluster on a day, counted from who was there.

Members are those of the day. What an organisation was at counts whether or not it was a member
then, of activities that the cluster leads or holds together with others and that were held.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from clusterwerk.activities.models import Activity, ActivityState, Attendance
from clusterwerk.measure.participation import (
    NEEDED,
    Participation,
    Window,
    still_counted,
    twelve_months,
    watched,
)
from clusterwerk.members.models import Membership
from clusterwerk.platform.access import reading

FEW = 12  # members beside the figures; all of them are in the list
DRIFTS, WATCHED = "drifts", "watched"
PARTS = ("size", "category", "province")
FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one kind and how many of them take part; an empty value is unknown."""

    value: str
    members: int
    participating: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Members of a day by how often they took part, and of each part its groups."""

    classes: Mapping[Participation, int]
    groups: Mapping[str, tuple[Group, ...]]
    drifting: int
    to_watch: int
    has_demo: bool

    @property
    def total(self) -> int:
        return sum(self.classes.values())

    @property
    def participating(self) -> int:
        return self.classes[Participation.TWO_OR_MORE]


def over_by(day: date) -> datetime:
    """The moment until which an activity that nobody noted as held must have ended."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return min(timezone.now(), midnight)


def held(cluster: int, window: Window, moment: datetime, before: str = "") -> Q:
    """Activities of the window, by their first day, that were held by the moment.

    `before` leads from the rows that are asked to the activity.
    """
    within = Q(**{f"{before}day__gt": window.after, f"{before}day__lte": window.last})
    over = Q(**{f"{before}state": ActivityState.PUBLISHED, f"{before}ends_at__lte": moment})
    return _owned(cluster) & within & (Q(**{f"{before}state": ActivityState.HELD}) | over)


def _owned(cluster: int) -> Q:
    """Attendances and activities alike carry who leads them and who holds them too."""
    return Q(cluster_id=cluster) | Q(shared_with__contains=[cluster])


def attended(cluster: int, window: Window, moment: datetime) -> "QuerySet[Attendance]":
    rows = Attendance.objects.filter(organisation__isnull=False).order_by()
    return rows.filter(held(cluster, window, moment, "activity__"))


def _came(cluster: int, window: Window, moment: datetime, least: int) -> "QuerySet[Any, Any]":
    """Organisations that were at so many activities of the window."""
    rows = attended(cluster, window, moment).values("organisation_id")
    often = rows.annotate(times=Count("activity_id", distinct=True)).filter(times__gte=least)
    return often.values("organisation_id")


def participation_class(cluster: int, day: date) -> Case:
    """Of the membership of an outer row; the subqueries name no outer row and run once."""
    window, moment = twelve_months(day), over_by(day)
    return Case(
        When(
            organisation_id__in=_came(cluster, window, moment, NEEDED),
            then=Value(str(Participation.TWO_OR_MORE)),
        ),
        When(
            organisation_id__in=_came(cluster, window, moment, 1),
            then=Value(str(Participation.ONE)),
        ),
        default=Value(str(Participation.NONE)),
        output_field=CharField(),
    )


def drifting(cluster: int, day: date) -> Q:
    """Takes part on the day, and no more at the end of the year unless it comes again."""
    moment = over_by(day)
    now = _came(cluster, twelve_months(day), moment, NEEDED)
    then = _came(cluster, still_counted(day), moment, NEEDED)
    return Q(organisation_id__in=now) & ~Q(organisation_id__in=then)


def to_watch(cluster: int, day: date) -> Q:
    """A member for six months and less than a year that does not take part."""
    window = watched(day)
    now = _came(cluster, twelve_months(day), over_by(day), NEEDED)
    young = Q(since__gt=window.after, since__lte=window.last)
    return young & ~Q(organisation_id__in=now)


def marked(condition: Q, name: str) -> Case:
    return Case(When(condition, then=Value(name)), output_field=CharField())


def second_newest(cluster: int, day: date) -> Subquery:
    """The day of the last but one activity of the organisation of an outer row."""
    own = Attendance.objects.filter(organisation_id=OuterRef(OuterRef("organisation_id")))
    found = Activity.objects.filter(
        held(cluster, twelve_months(day), over_by(day)), pk__in=own.values("activity_id")
    )
    return Subquery(found.order_by("-day", "-pk").values("day")[NEEDED - 1 : NEEDED])


def members_on(cluster: int, day: date) -> "QuerySet[Membership]":
    """One row for each member of the day."""
    return Membership.objects.filter(cluster_id=cluster).on(day).order_by()


def drifting_members(cluster: int, day: date, limit: int) -> "QuerySet[Any]":
    """Who falls first, first; with `second`, the day of the activity on which it hangs."""
    rows = members_on(cluster, day).filter(drifting(cluster, day)).select_related("organisation")
    told = rows.annotate(second=Coalesce(second_newest(cluster, day), Value(FAR)))
    return told.order_by("second", "organisation__name_sort", "pk")[:limit]


def members_to_watch(cluster: int, day: date, limit: int) -> "QuerySet[Any]":
    """Who joined first, first; with `times`."""
    once = _came(cluster, twelve_months(day), over_by(day), 1)
    rows = members_on(cluster, day).filter(to_watch(cluster, day)).select_related("organisation")
    told = rows.annotate(
        times=Case(When(organisation_id__in=once, then=Value(1)), default=Value(0))
    )
    return told.order_by("since", "organisation__name_sort", "pk")[:limit]


def days_attended(cluster: int, day: date, organisations: Iterable[int]) -> dict[int, list[date]]:
    """For each organisation the days of the activities of its twelve months, one for each."""
    found = attended(cluster, twelve_months(day), over_by(day))
    rows = found.filter(organisation_id__in=list(organisations))
    told: dict[int, list[date]] = {}
    for organisation, _activity, attended_on in rows.values_list(
        "organisation_id", "activity_id", "activity__day"
    ).distinct():
        told.setdefault(organisation, []).append(attended_on)
    return told


def evidence_of(cluster: int, day: date, organisation: int) -> "QuerySet[Attendance]":
    """Everybody of the organisation that was there, the newest activity first."""
    rows = attended(cluster, twelve_months(day), over_by(day)).filter(organisation_id=organisation)
    return rows.select_related("activity", "contact", "registration").order_by(
        "-activity__day", "-activity", "pk"
    )


# Each fact of a member is worked out once; every part is then counted over the same rows.
_TALLY = """
select grouping(fact_size, fact_category, fact_province, drift, watch), participation,
  coalesce(fact_size, fact_category, fact_province, drift, watch), count(*),
  coalesce(bool_or(demo), false)
from ({members}) members
group by grouping sets (
  (participation), (participation, fact_size), (participation, fact_category),
  (participation, fact_province), (drift), (watch)
)
"""
# The one by which a line was counted has no bit.
_CLASSES, _DRIFT, _WATCH = 0b11111, 0b11101, 0b11110
_GROUPED = {0b01111: "size", 0b10111: "category", 0b11011: "province"}


def tally(cluster: int, day: date, parts: Mapping[str, Any]) -> Tally:
    """All figures of a day in one statement.

    `parts` are the expressions of size, category and province, as the list of members narrows by
    them, so that each number leads to a list of as many.
    """
    rows = members_on(cluster, day).values(
        participation=participation_class(cluster, day),
        drift=marked(drifting(cluster, day), DRIFTS),
        watch=marked(to_watch(cluster, day), WATCHED),
        demo=F("is_demo"),
        **{f"fact_{part}": Cast(parts[part], TextField()) for part in PARTS},
    )
    members, values = rows.query.get_compiler(using=reading.alias()).as_sql()
    with reading.connection().cursor() as cursor:
        cursor.execute(_TALLY.format(members=members), values)
        return _read(cursor.fetchall())


def _read(lines: Iterable[tuple[int, str, str | None, int, bool]]) -> Tally:
    classes = dict.fromkeys(Participation, 0)
    groups: dict[str, dict[str, list[int]]] = {part: {} for part in PARTS}
    counted = {_DRIFT: 0, _WATCH: 0}
    has_demo = False
    for part, name, value, number, is_demo in lines:
        if part == _CLASSES:
            classes[Participation(name)] = number
            has_demo = has_demo or is_demo
        elif part in counted:
            counted[part] += number if value else 0
        else:
            both = groups[_GROUPED[part]].setdefault(value or "", [0, 0])
            both[0] += number
            both[1] += number if name == Participation.TWO_OR_MORE else 0
    told = {
        part: tuple(Group(value, *both) for value, both in sorted(found.items()))
        for part, found in groups.items()
    }
    return Tally(classes, told, counted[_DRIFT], counted[_WATCH], has_demo)
