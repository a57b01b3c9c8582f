"""Mails to who registered carry what calendars act on, and remind a day before."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from typing import cast

from icalendar import Calendar, Event
from procrastinate import JobContext
from pytest_django import Settings

from activities.registered import NOW, OPEN, asks, comes, published, subjects, withdraws
from clusterwerk.activities import actions, keeping
from clusterwerk.activities.models import Activity
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.jobs.effects import perform_effect
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.mail.models import OutgoingMail
from factories.smtp import mail_server
from factories.world import STEWARD, World, cluster_seats

DAY = timedelta(days=1)
ONLINE = "https://meet.example/secret"


def calendars(email: str) -> list[tuple[str, Event]]:
    """Method and event of each mail to an address that has one, oldest first."""
    found = []
    with opened("mail"):
        for mail in OutgoingMail.objects.order_by("pk").values_list("content", flat=True):
            if mail["to"] == [email] and mail["attachments"]:
                ((text, kind),) = mail["alternatives"]
                assert mail["attachments"] == [["invite.ics", text, "application/ics"]]
                parsed = Calendar.from_ical(text)
                assert kind == f"text/calendar; method={parsed['METHOD']}"
                found.append((str(parsed["METHOD"]), parsed.events[0]))
    return found


def changes(world: World, own: Activity, **facts: object) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    plan = replace(OPEN, **facts)  # type: ignore[arg-type] # fields of the plan
    actions.change_activity(seats=seats, activity=own, plan=plan)
    enter(NOBODY)
    keeping.tell_of_changes(NOW)


def test_a_calendar_is_told_of_the_place_of_each_change_and_of_the_end(world: World) -> None:
    own = published(world, capacity=1, online_url=ONLINE)
    asks(own, "bea@example.org")
    assert calendars("bea@example.org") == []
    comes(own, "bea@example.org")
    comes(own, "cas@example.org")
    assert calendars("cas@example.org") == []
    later = OPEN.ends_at + timedelta(hours=1)
    changes(world, own, capacity=1, ends_at=later, online_url=ONLINE)
    seats = cluster_seats(world.alpha)
    enter(seats)
    actions.cancel_activity(seats=seats, activity=own, because="Fire.")
    enter(NOBODY)
    keeping.tell_of_changes(NOW)
    told = calendars("bea@example.org")
    assert [method for method, _event in told] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [event for _method, event in told]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event.sequence for event in events] == [0, 1, 2]
    assert [event.end for event in events] == [OPEN.ends_at, later, later]
    assert {str(event["ATTENDEE"]) for event in events} == {"mailto:bea@example.org"}
    assert [ONLINE in str(event["DESCRIPTION"]) for event in events] == [True, True, False]
    assert str(events[2]["STATUS"]) == "CANCELLED"


def test_whoever_withdraws_loses_it_in_the_calendar_and_whoever_moves_up_gets_it(
    world: World,
) -> None:
    own = published(world, capacity=1)
    comes(own, "bea@example.org")
    comes(own, "cas@example.org")
    withdraws(own, "bea@example.org")
    assert [method for method, _event in calendars("bea@example.org")] == ["REQUEST", "CANCEL"]
    assert [method for method, _event in calendars("cas@example.org")] == ["REQUEST"]


def test_the_mail_that_goes_out_holds_a_part_for_calendars_and_a_file(
    world: World, settings: Settings
) -> None:
    own = published(world, name="Café", capacity=1)
    comes(own, "bea@example.org")
    enter(STEWARD)
    noted = OutsideEffect.objects.latest("pk")
    with mail_server(settings) as server:
        perform_effect.func(cast("JobContext", None), effect=noted.pk)
    (mail,) = server.taken
    parts = [part for part in message_from_bytes(mail.encode()).walk() if not part.is_multipart()]
    kinds = ["text/plain", "text/calendar", "application/ics"]
    assert [part.get_content_type() for part in parts] == kinds
    assert (parts[1].get_param("method"), parts[1].get_param("charset")) == ("REQUEST", "utf-8")
    assert [part.get_filename() for part in parts] == [None, None, "invite.ics"]
    calendar, file = (part.get_payload(decode=True) for part in parts[1:])
    assert isinstance(file, bytes)
    assert "SUMMARY:Café" in file.decode()
    assert file.splitlines() == cast("bytes", calendar).splitlines()


def test_who_comes_is_reminded_a_day_before_and_once(world: World) -> None:
    own = published(world, capacity=3)
    comes(own, "bea@example.org")
    eve = OPEN.starts_at - DAY
    comes(own, "late@example.org", eve + timedelta(minutes=1))
    asks(own, "unproven@example.org")
    assert keeping.remind(eve - timedelta(minutes=1)) == 0
    assert [keeping.remind(eve + timedelta(hours=2)) for _minute in range(2)] == [1, 0]
    assert subjects("bea@example.org")[-1] == "Soon: Opening"
    assert calendars("bea@example.org")[-1][0] == "REQUEST"
    assert "Soon: Opening" not in subjects("late@example.org")
    assert keeping.remind(OPEN.starts_at) == 0


def test_who_was_reminded_is_reminded_again_when_it_moves_and_not_when_it_is_cancelled(
    world: World,
) -> None:
    own = published(world)
    comes(own, "bea@example.org")
    eve = OPEN.starts_at - DAY
    assert keeping.remind(eve) == 1
    changes(world, own, starts_at=OPEN.starts_at + 3 * DAY, ends_at=OPEN.ends_at + 3 * DAY)
    assert [keeping.remind(eve + day * DAY) for day in (1, 3)] == [0, 1]
    changes(world, own, starts_at=OPEN.starts_at + 6 * DAY, ends_at=OPEN.ends_at + 6 * DAY)
    seats = cluster_seats(world.alpha)
    enter(seats)
    actions.cancel_activity(seats=seats, activity=own, because="Fire.")
    enter(NOBODY)
    assert keeping.remind(eve + 6 * DAY) == 0
