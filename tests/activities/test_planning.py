"""An activity from draft to held or cancelled, and what everybody reads of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from clusterwerk.activities.actions import (
    Plan,
    cancel_activity,
    change_activity,
    drop_draft,
    note_held,
    plan_activity,
    publish_activity,
)
from clusterwerk.activities.forms.planning import ActivityForm, moment
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    ActivityPlaces,
    Attendance,
    PublishedActivity,
)
from clusterwerk.activities.queries import Shelf, activity_page
from clusterwerk.platform.access.seats import NOBODY, SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

BEFORE = datetime(2030, 1, 1, tzinfo=UTC)
PLAN = Plan(
    name="Opening",
    kind=ActivityKind.NETWORK_EVENT,
    language="en",
    starts_at=datetime(2030, 5, 6, 23, 30, tzinfo=UTC),
    ends_at=datetime(2030, 5, 7, 1, tzinfo=UTC),
    time_zone="Europe/Brussels",
    capacity=20,
    takes_registrations=True,
)


def planned(world: World) -> Activity:
    seats = cluster_seats(world.alpha)
    enter(seats)
    return plan_activity(seats=seats, lead=world.alpha, plan=PLAN)


def out(world: World) -> Activity:
    draft = planned(world)
    return publish_activity(seats=cluster_seats(world.alpha), activity=draft, now=BEFORE)


def test_a_draft_begins_on_the_local_day_and_nobody_outside_reads_it(world: World) -> None:
    draft = planned(world)
    assert (draft.state, draft.day) == ("draft", date(2030, 5, 7))
    enter(cluster_seats(world.beta))
    assert not Activity.objects.filter(pk=draft.pk).exists()
    enter(NOBODY)
    assert not PublishedActivity.objects.filter(activity=draft.pk).exists()


def test_an_observer_plans_nothing(world: World) -> None:
    seats = cluster_seats(world.alpha, SeatRole.OBSERVER)
    with pytest.raises(PermissionDenied):
        plan_activity(seats=seats, lead=world.alpha, plan=PLAN)
    assert not Activity.objects.filter(name=PLAN.name).exists()


def test_what_is_published_is_read_by_everybody_and_has_its_places(world: World) -> None:
    own = out(world)
    enter(NOBODY)
    shown = PublishedActivity.objects.get(activity=own.pk)
    assert (shown.name, shown.state, shown.uid) == ("Opening", "published", own.uid)
    assert ActivityPlaces.objects.get(activity=own.pk).left == 20
    assert not Activity.objects.filter(pk=own.pk).exists()
    with pytest.raises(DomainError, match="published already"):
        publish_activity(seats=cluster_seats(world.alpha), activity=_own(world, own), now=BEFORE)


def _own(world: World, activity: Activity) -> Activity:
    enter(cluster_seats(world.alpha))
    return Activity.objects.get(pk=activity.pk)


def test_what_is_over_is_not_published(world: World) -> None:
    draft = planned(world)
    with pytest.raises(DomainError, match="It is over"):
        publish_activity(
            seats=cluster_seats(world.alpha), activity=draft, now=datetime(2031, 1, 1, tzinfo=UTC)
        )
    assert _own(world, draft).state == "draft"


@pytest.mark.parametrize(
    ("change", "version"), [({"summary": "New"}, 0), ({"venue": "Hall"}, 1), ({}, 0)]
)
def test_calendars_learn_of_what_they_show(
    world: World, change: dict[str, str], version: int
) -> None:
    own = out(world)
    plan = replace(PLAN, **change)  # type: ignore[arg-type] # texts alone
    seats = cluster_seats(world.alpha)
    assert change_activity(seats=seats, activity=own, plan=plan) == bool(change)
    assert PublishedActivity.objects.get(activity=own.pk).sequence == version


def test_fewer_places_than_are_taken_are_refused(world: World) -> None:
    own = out(world)
    ActivityPlaces.objects.filter(activity=own).update(taken=12)
    seats = cluster_seats(world.alpha)
    with pytest.raises(DomainError, match="at least as many places as are taken"):
        change_activity(seats=seats, activity=own, plan=replace(PLAN, capacity=11))
    assert ActivityPlaces.objects.get(activity=own).capacity == 20
    assert change_activity(seats=seats, activity=own, plan=replace(PLAN, capacity=12))


def test_what_is_cancelled_stays_with_its_reason(world: World) -> None:
    own = out(world)
    seats = cluster_seats(world.alpha)
    cancel_activity(seats=seats, activity=own, because="The hall burnt down.")
    shown = PublishedActivity.objects.get(activity=own.pk)
    assert (shown.state, shown.cancelled_because, shown.sequence) == (
        "cancelled",
        "The hall burnt down.",
        1,
    )
    with pytest.raises(DomainError, match="It is cancelled"):
        change_activity(seats=seats, activity=own, plan=replace(PLAN, venue="Hall"))
    with pytest.raises(DomainError, match="Only what is published"):
        cancel_activity(seats=seats, activity=own, because="Again.")


def test_it_is_noted_as_held_once_it_began(world: World) -> None:
    own = out(world)
    seats = cluster_seats(world.alpha)
    with pytest.raises(DomainError, match="not begun"):
        note_held(seats=seats, activity=own, now=BEFORE)
    note_held(seats=seats, activity=own, now=PLAN.ends_at)
    assert PublishedActivity.objects.get(activity=own.pk).state == "held"


def test_a_draft_is_thrown_away_unless_somebody_was_there(world: World) -> None:
    draft = planned(world)
    seats = cluster_seats(world.alpha)
    row = Attendance.objects.create(
        **draft.owners, activity=draft, printed_name="An Aerts", source="test"
    )
    with pytest.raises(DomainError, match="Take them off"):
        drop_draft(seats=seats, activity=draft)
    row.delete()
    drop_draft(seats=seats, activity=draft)
    assert not Activity.objects.filter(pk=draft.pk).exists()


def test_another_cluster_reads_what_it_holds_together_and_changes_nothing(world: World) -> None:
    own = out(world)
    Activity.objects.filter(pk=own.pk).update(shared_with=[world.beta.pk])
    other = cluster_seats(world.beta)
    enter(other)
    shared = Activity.objects.select_related("cluster", "agency").get(pk=own.pk)
    assert shared in activity_page(world.beta.pk, Shelf.COMING, date(2030, 1, 1))
    assert Activity.objects.filter(pk=own.pk).update(name="Ours now") == 0
    with pytest.raises(PermissionDenied):
        change_activity(seats=other, activity=shared, plan=replace(PLAN, venue="Ours"))


def test_hours_that_the_clocks_skip_are_refused_and_those_that_come_twice_are_the_first() -> None:
    zone = ZoneInfo("Europe/Brussels")
    with pytest.raises(ValueError, match="no 02:30 that day"):
        moment(date(2030, 3, 31), time(2, 30), zone)
    assert moment(date(2030, 10, 27), time(2, 30), zone).astimezone(UTC).hour == 0
    assert moment(date(2030, 3, 31), time(3, 0), zone).astimezone(UTC).hour == 1


FORM = {
    "name": "Opening", "kind": "workshop", "day": "2030-05-06", "begins": "14:00", "ends": "17:00",
    "time_zone": "Europe/Brussels", "language": "en", "audience": "members",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"ends": "13:00"}, "ends", "It must end after it starts."),
        ({"last_day": "2031-05-06"}, "last_day", "longer than a month"),
        ({"time_zone": "Europe/Gent"}, "time_zone", "no time zone of this name"),
        ({"time_zone": "../etc/passwd"}, "time_zone", "no time zone of this name"),
        ({"day": "2030-03-31", "begins": "02:30"}, "begins", "no 02:30 that day"),
        ({"municipality": "Nergenshuizen"}, "municipality", "No municipality"),
        ({"capacity": "0"}, "capacity", "greater than or equal to 1"),
        ({"online_url": "javascript:alert(1)"}, "online_url", "valid URL"),
    ],
)
def test_what_is_mistyped_is_said_at_its_field(
    world: World, typed: dict[str, str], field: str, told: str
) -> None:
    form = ActivityForm({**FORM, **typed})
    assert not form.is_valid()
    assert told in str(form.errors[field])


def test_a_mission_abroad_has_the_time_of_its_place(world: World) -> None:
    form = ActivityForm({**FORM, "time_zone": "Asia/Tokyo", "price_other": "1.250,50"})
    assert form.is_valid(), form.errors
    plan = form.plan()
    assert plan.starts_at.astimezone(UTC) == datetime(2030, 5, 6, 5, tzinfo=UTC)
    assert str(plan.price_other) == "1250.50"
