"""What happens to registrations by the clock: they lapse, move up, hear of changes and of the day.

A transaction for each activity, and for so many mails: a worker that dies in between has done a
part, whole, and the next minute does the rest.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet
from django.utils import timezone

from clusterwerk.activities.actions.visitors import (
    CONFIRM_WITHIN,
    DOOR,
    lapse,
    late_of,
    locked_places,
    move_up,
)
from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    LIVING,
    ActivityPlaces,
    ActivityState,
    Attendance,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.notices import About, Notice, tell
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, unlocked
from clusterwerk.platform.jobs.asking import app
from clusterwerk.platform.rows import changed

REASON = "registrations"
AT_ONCE = 200  # mails of one transaction
REMIND_BEFORE = timedelta(days=1)
ASK_AFTER = timedelta(hours=1)
ASKED_WITHIN = timedelta(days=2)


def _at(zone: F, moment: Any) -> Func:  # noqa: ANN401 - an expression, of either kind
    """The clock of a zone at a moment, or the moment of such a clock."""
    return Func(zone, moment, function="timezone", output_field=DateTimeField())


_ZONE = F("time_zone")
_EVE = _at(_ZONE, _at(_ZONE, F("starts_at")) - REMIND_BEFORE)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_registrations")
def keep_registrations(timestamp: int) -> None:  # noqa: ARG001
    """Every minute; what another worker holds is left to it."""
    now = timezone.now()
    lapse_and_move_up(now)
    while tell_of_changes(now) or remind(now):
        pass


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="ask_how_it_was")
def ask_how_it_was(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes; a worker that died has asked a part, and the next time asks the rest."""
    ask_feedback(timezone.now())


def lapse_and_move_up(now: datetime) -> int:
    """Activities in which a registration lapsed or moved up."""
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        found = list(_with_unproven(now) | _with_room(now))
    touched = 0
    for activity in found:
        with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
            touched += _keep(activity, now)
    return touched


def tell_of_changes(now: datetime) -> int:
    """Mail who has not heard of the last version of an activity to come; returns how many."""
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        told = 0
        for shown in _changed(now):
            behind = Registration.objects.filter(
                _comes(), activity_id=shown.pk, told__lt=shown.sequence
            )
            rows = behind.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
            about = About(shown)
            is_off = shown.state == ActivityState.CANCELLED
            for own in rows[: AT_ONCE - told]:
                tell(own, shown, Notice.CANCELLED if is_off else Notice.CHANGED, about=about)
                changed(own, told=shown.sequence)
                told += 1
            if told >= AT_ONCE:
                break
    return told


def remind(now: datetime) -> int:
    """Mail who comes a day before it starts, by the clock of the place; returns how many.

    Whoever registered within that day needs no reminder. Who was reminded of an earlier hour is
    reminded of the later one too.
    """
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        reminded = 0
        for shown, eve in _soon(now):
            assert shown.starts_at is not None, "published ones have hours"
            behind = _unreminded(shown.pk, eve)
            rows = behind.select_for_update(skip_locked=True, of=("self",))
            about, until = About(shown), shown.starts_at - now
            for own in rows[: AT_ONCE - reminded]:
                tell(own, shown, Notice.REMINDER, about=about, until=until)
                changed(own, reminded_at=now)
                reminded += 1
            if reminded >= AT_ONCE:
                break
    return reminded


def ask_feedback(now: datetime) -> int:
    """Mail who was ticked at the door once an hour after the end; returns how many.

    Whoever is ticked later, from a list on paper, is asked within two days.
    """
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        ended = list(_ended(now))
    asked = 0
    for shown in ended:
        with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
            rows = _unasked(shown.pk).filter(pk__in=_ticked(shown))
            about = About(shown)
            for own in rows.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]:
                tell(own, shown, Notice.FEEDBACK, about=about, until=ASKED_WITHIN)
                changed(own, feedback_asked_at=now)
                asked += 1
    return asked


def _ended(now: datetime) -> QuerySet[PublishedActivity]:
    rows = PublishedActivity.objects.exclude(state=ActivityState.CANCELLED)
    ended = rows.filter(ends_at__gt=now - ASKED_WITHIN, ends_at__lte=now - ASK_AFTER)
    return ended.filter(Exists(_unasked(OuterRef("pk")))).order_by("ends_at", "pk")


def _unasked(activity: Any) -> QuerySet[Registration]:  # noqa: ANN401 - or a column
    """Whoever has a place and an address, and neither was asked nor answered."""
    rows = Registration.objects.exclude(email="").filter(feedback_asked_at=None, said_at=None)
    return rows.filter(activity_id=activity, state=RegistrationState.CONFIRMED).order_by("pk")


def _ticked(shown: PublishedActivity) -> list[int]:
    """Read with the seats of who holds it: lists of who was there are not the job's."""
    with looking_as(seats_of_holders(shown)):
        rows = Attendance.objects.filter(activity_id=shown.pk, registration__isnull=False)
        return list(rows.values_list("registration_id", flat=True))


def _comes() -> Q:
    """Who has said yes by the link; the others read the new facts when they do."""
    return Q(state__in=LIVING, confirmed_at__isnull=False)


def _changed(now: datetime) -> list[PublishedActivity]:
    behind = Registration.objects.filter(
        _comes(), activity_id=OuterRef("pk"), told__lt=OuterRef("sequence")
    )
    rows = PublishedActivity.objects.filter(Exists(behind), ends_at__gt=now)
    return list(rows.order_by("starts_at", "pk"))


def _soon(now: datetime) -> list[tuple[PublishedActivity, datetime]]:
    """With the same hour of the day before, which a change of the clocks puts 23 or 25 off."""
    rows = (
        PublishedActivity.objects.annotate(eve=_EVE)
        .filter(
            Exists(_unreminded(OuterRef("pk"), OuterRef("eve"))),
            state=ActivityState.PUBLISHED,
            starts_at__gt=now,
            eve__lte=now,
        )
        .order_by("starts_at", "pk")
    )
    return [(shown, shown.eve) for shown in rows]


def _unreminded(activity: Any, since: Any) -> QuerySet[Registration]:  # noqa: ANN401 - or columns
    return Registration.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lt=since),
        activity_id=activity,
        state=RegistrationState.CONFIRMED,
        confirmed_at__lt=since,
    ).order_by("pk")


def _with_unproven(now: datetime) -> set[int]:
    rows = Registration.objects.filter(
        state__in=[RegistrationState.UNCONFIRMED, RegistrationState.WAITING],
        confirmed_at=None,
        asked_at__lte=now - CONFIRM_WITHIN,
    )
    return set(rows.values_list("activity_id", flat=True))


def _with_room(now: datetime) -> set[int]:
    """Where somebody waits who may come and a place is free: places were added, or given up."""
    waits = Registration.objects.filter(
        activity_id=OuterRef("pk"),
        state=RegistrationState.WAITING,
        approved=True,
        confirmed_at__isnull=False,
    )
    free = Q(capacity=None) | Q(taken__lt=F("capacity"))
    rows = ActivityPlaces.objects.filter(free, Exists(waits)).values_list("pk", flat=True)
    coming = PublishedActivity.objects.filter(ends_at__gt=now, state=ActivityState.PUBLISHED)
    return set(coming.filter(pk__in=list(rows)).values_list("pk", flat=True))


def _keep(activity: int, now: datetime) -> bool:
    locked_places(activity)
    late = Registration.objects.filter(
        activity_id=activity,
        state__in=[RegistrationState.UNCONFIRMED, RegistrationState.WAITING],
        confirmed_at=None,
        asked_at__lte=now - CONFIRM_WITHIN,
    )
    rows = late_of(list(late.select_for_update(of=("self",))), now)
    for own in rows:
        lapse(own)
    return bool(move_up(PublishedActivity.objects.get(pk=activity), now)) or bool(rows)
