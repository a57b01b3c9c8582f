"""Bad days of registrations: moved, clocks, mail away, erased, twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from procrastinate import JobContext
from pytest_django import Settings

from activities.registered import (
    HOUR,
    NOW,
    OPEN,
    asks,
    comes,
    confirms,
    filled_in,
    published,
    row,
    subjects,
    taken,
    withdraws,
)
from activities.test_notices import calendars
from clusterwerk.activities import actions, keeping
from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.calendars.files import calendar_file
from clusterwerk.activities.models import Activity, PublishedActivity, Registration
from clusterwerk.members.models import Contact
from clusterwerk.members.privacy.erasing import erase_contact
from clusterwerk.platform.access.seats import NOBODY, Seats, seats_for
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs.effects import perform_effect
from clusterwerk.platform.jobs.errors import TryAgainError
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.jobs.states import EffectState
from factories.smtp import mail_server
from factories.world import World, cluster_seats

DAY = timedelta(days=1)
BRUSSELS = ZoneInfo("Europe/Brussels")


def moves(world: World, own: Activity, by: timedelta) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    plan = replace(OPEN, capacity=None, starts_at=OPEN.starts_at + by, ends_at=OPEN.ends_at + by)
    actions.change_activity(seats=seats, activity=own, plan=plan)
    enter(NOBODY)


def many(world: World, own: Activity, number: int) -> list[str]:
    seats = cluster_seats(world.alpha)
    enter(seats)
    told = [f"p{at}@example.org" for at in range(number)]
    for email in told:
        who = Registrant(name="Bea Bos", email=email, language="en")
        actions.add_registration(seats=seats, activity=own, who=who, now=NOW)
    enter(NOBODY)
    return told


def test_moved_after_a_hundred_confirmations_each_hears_once_and_is_reminded_of_the_new_day(
    world: World,
) -> None:
    own = published(world, capacity=None)
    told = many(world, own, 100)
    withdraws(own, "p7@example.org")
    moves(world, own, 3 * DAY)
    assert [keeping.tell_of_changes(NOW) for _minute in range(2)] == [99, 0]
    for email in (told[0], told[99]):
        (_first, was), (method, moved) = calendars(email)
        assert (method, moved["UID"], moved.sequence) == ("REQUEST", was["UID"], was.sequence + 1)
        assert moved.start == OPEN.starts_at + 3 * DAY
    assert [method for method, _event in calendars("p7@example.org")] == ["REQUEST", "CANCEL"]
    assert keeping.remind(OPEN.starts_at - DAY) == 0
    assert keeping.remind(OPEN.starts_at + 2 * DAY) == 99
    assert subjects(told[0])[-1] == "Soon: Opening"


def test_what_all_mails_of_a_change_share_is_read_once(world: World) -> None:
    own = published(world, capacity=None, online_url="https://meet.example/secret")
    asked = {}
    for number in (1, 5, 9):
        many_of = [f"r{number}x{at}@example.org" for at in range(number)]
        seats = cluster_seats(world.alpha)
        enter(seats)
        Registration.objects.filter(activity=own).delete()
        for email in many_of:
            who = Registrant(name="Bea Bos", email=email, language="en")
            actions.add_registration(seats=seats, activity=own, who=who, now=NOW)
        plan = replace(
            OPEN, capacity=None, venue=f"Hall {number}", online_url="https://meet.example/secret"
        )
        actions.change_activity(seats=seats, activity=own, plan=plan)
        enter(NOBODY)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert keeping.tell_of_changes(NOW) == number
        shared = [
            q
            for q in captured.captured_queries
            if "online_url" in q["sql"] or "publicprofile" in q["sql"]
        ]
        asked[number] = len(shared)
    assert len(set(asked.values())) == 1


@pytest.mark.parametrize(
    ("starts", "eve"),
    [
        # Sunday at ten, after the night in which clocks go back: 25 hours before.
        (datetime(2026, 10, 25, 9, tzinfo=UTC), datetime(2026, 10, 24, 8, tzinfo=UTC)),
        # And forward: 23 hours before.
        (datetime(2027, 3, 28, 8, tzinfo=UTC), datetime(2027, 3, 27, 9, tzinfo=UTC)),
        (datetime(2027, 3, 27, 9, tzinfo=UTC), datetime(2027, 3, 26, 9, tzinfo=UTC)),
    ],
)
def test_the_reminder_leaves_a_day_before_by_the_clock_of_the_place(
    world: World, starts: datetime, eve: datetime
) -> None:
    early = datetime(2026, 9, 1, tzinfo=UTC)
    seats = cluster_seats(world.alpha)
    enter(seats)
    plan = replace(OPEN, starts_at=starts, ends_at=starts + HOUR)
    draft = actions.plan_activity(seats=seats, lead=world.alpha, plan=plan)
    own = actions.publish_activity(seats=seats, activity=draft, now=early)
    enter(NOBODY)
    comes(own, "bea@example.org", early)
    minute = timedelta(minutes=1)
    assert [keeping.remind(eve + after) for after in (-minute, minute, minute)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("starts", "hours"),
    [
        (datetime(2026, 10, 24, 21, tzinfo=UTC), 6),  # 23:00 to 04:00, six hours
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 1),  # half past two for the second time
        (datetime(2027, 3, 27, 22, tzinfo=UTC), 5),  # 23:00 to 05:00, five hours
    ],
)
def test_calendars_of_a_night_in_which_clocks_change_have_the_right_moments(
    world: World, starts: datetime, hours: int
) -> None:
    own = PublishedActivity(
        name="Night", starts_at=starts, ends_at=starts + hours * HOUR, time_zone="Europe/Brussels"
    )
    file = calendar_file(own)
    (event,) = Calendar.from_ical(file).events
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    length = event.end.astimezone(UTC) - event.start.astimezone(UTC)
    # Of an hour that comes twice a file by the local clock would tell the first (RFC 5545, 3.3.5).
    moment = event.start if event.start.tzinfo is UTC else event.start.replace(fold=0)
    assert (moment.astimezone(UTC), length) == (starts, hours * HOUR)


def test_a_mail_server_away_for_an_hour_loses_no_registration_and_mails_once(
    world: World, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    now = timezone.now()
    own = published(world)
    enter(NOBODY)
    asks(own, "bea@example.org", now=now - HOUR)
    with opened("jobs"):
        noted = OutsideEffect.objects.latest("pk")
    with pytest.raises(TryAgainError):
        perform_effect.func(cast("JobContext", None), effect=noted.pk)
    assert keeping.lapse_and_move_up(now) == 0
    assert (row(own, "bea@example.org").state, taken(own)) == ("unconfirmed", 1)
    with mail_server(settings) as server:
        for _again in range(2):
            perform_effect.func(cast("JobContext", None), effect=noted.pk)
    assert len(server.taken) == 1
    assert keeping.lapse_and_move_up(now + timedelta(minutes=30)) == 0
    assert confirms(own, "bea@example.org", now + timedelta(minutes=30)) == "confirmed"


def test_the_hour_to_confirm_ends_an_hour_after_the_mail_left(world: World) -> None:
    now = timezone.now()
    own = published(world)
    asks(own, "bea@example.org", now=now - 3 * HOUR)
    left = now - timedelta(minutes=10)
    with opened("jobs"):
        OutsideEffect.objects.filter(key__startswith="registration:").update(
            state=EffectState.DONE, attempts=4, ended_at=left
        )
    assert keeping.lapse_and_move_up(now) == 0
    assert keeping.lapse_and_move_up(left + HOUR) == 1
    assert row(own, "bea@example.org").state == "lapsed"


def test_a_reminder_that_waits_is_of_no_use_once_it_began(world: World) -> None:
    own = published(world)
    comes(own, "bea@example.org")
    eve = OPEN.starts_at - DAY
    before = timezone.now()
    assert keeping.remind(eve + 20 * HOUR) == 1
    with opened("jobs"):
        noted = OutsideEffect.objects.get(key__contains=":reminder:")
    assert noted.lapses
    assert noted.expires_at is not None
    assert noted.expires_at - before < 4 * HOUR + timedelta(minutes=1)


def test_a_person_erased_leaves_a_count_a_dead_link_and_a_place(
    client: Client, world: World
) -> None:
    own = published(world, capacity=1)
    comes(own, "bea@example.org")
    assert comes(own, "cas@example.org") == "waiting"
    token, waiting_mails = row(own, "bea@example.org").token, len(subjects("bea@example.org"))
    assert waiting_mails > 0
    enter(Seats(actor=world.people["manager"].pk))
    seats = seats_for(world.people["manager"].pk)
    enter(seats)
    contact = Contact.objects.create(
        cluster=world.alpha, first_name="Bea", last_name="Bos", email="bea@example.org"
    )
    registered = Registration.objects.get(activity=own, email="bea@example.org")
    erase_contact(seats=seats, contact=contact, reason="asked", on=NOW.date(), emptied=())
    registered.refresh_from_db()
    assert (registered.name, registered.email) == (f"— {registered.pk}", "")
    enter(NOBODY)
    assert subjects("bea@example.org") == []
    keeping.lapse_and_move_up(NOW)
    assert (row(own, "cas@example.org").state, taken(own)) == ("confirmed", 1)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("agenda:registration_link", args=[token]))
    assert answer.status_code == 404
    assert "Nobody is registered with this link." in answer.content.decode()


def test_an_address_written_otherwise_from_frame_and_platform_is_one_person(world: World) -> None:
    own = published(world, capacity=9)
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    frame = reverse("embeds:frame_register", args=["en", "alpha", own.uid])
    page = reverse("agenda:register", args=[own.uid])
    for address, email in ((frame, "Bea@Example.org"), (page, " bea@example.ORG ")):
        assert visitor.post(address, filled_in(own, email=email)).status_code == 200
    assert taken(own) == 1
    assert subjects("bea@example.org")[1:] == ["Your registration: Opening"]


def test_who_waits_and_asks_again_keeps_the_one_turn(world: World) -> None:
    own = published(world, capacity=1)
    comes(own, "bea@example.org")
    assert comes(own, "cas@example.org") == "waiting"
    asks(own, "CAS@example.org", now=NOW + HOUR)
    with opened("registration"):
        rows = Registration.objects.filter(activity_id=own.pk, email__iexact="cas@example.org")
        assert rows.count() == 1
    seats = cluster_seats(world.alpha)
    enter(seats)
    who = Registrant(name="Cas Cools", email="Cas@Example.org", language="en")
    with pytest.raises(DomainError, match="registered already"):
        actions.add_registration(seats=seats, activity=own, who=who, now=NOW)
    enter(NOBODY)
    withdraws(own, "bea@example.org")
    assert (row(own, "cas@example.org").state, taken(own)) == ("confirmed", 1)


@pytest.mark.parametrize("kind", ["one", "calendar.ics", "feed.json", "feed.xml"])
def test_nothing_is_written_for_who_has_the_calendar_until_it_changes(
    world: World, kind: str
) -> None:
    own = published(world)
    one = reverse("agenda:activity_calendar", args=[own.uid])
    address = one if kind == "one" else f"/agenda/{kind}"
    first = Client().get(address)
    known = {"If-None-Match": first["ETag"]}
    again = Client().get(address, headers=known)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    moves(world, own, DAY)
    assert Client().get(address, headers=known).status_code == 200
