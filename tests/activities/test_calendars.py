"""What calendars of others read of activities, parsed back as they would."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from clusterwerk.activities.actions import (
    Plan,
    cancel_activity,
    change_activity,
    plan_activity,
    publish_activity,
)
from clusterwerk.activities.calendars import Invited, Method, Party, calendar_file, feeds
from clusterwerk.activities.models import Activity, ActivityKind, PublishedActivity
from clusterwerk.activities.queries.agenda import upcoming_of
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.site import public_address
from clusterwerk.reporting.queries.version import published_version
from factories.world import World, cluster_seats

BEFORE = datetime(2030, 1, 1, tzinfo=UTC)
STAMP = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
PLAN = Plan(
    name="Opening",
    kind=ActivityKind.NETWORK_EVENT,
    language="en",
    starts_at=datetime(2090, 5, 6, 14, tzinfo=UTC),
    ends_at=datetime(2090, 5, 6, 17, tzinfo=UTC),
    time_zone="Europe/Brussels",
    summary="Come and see.",
    venue="Hall 3",
    address="Kaai 1, Gent",
    online_url="https://meet.example/secret",
)
WHOLE, ALPHA = "/agenda/calendar.ics", "/agenda/clusters/alpha/calendar.ics"


def out(world: World, plan: Plan = PLAN) -> Activity:
    seats = cluster_seats(world.alpha)
    enter(seats)
    draft = plan_activity(seats=seats, lead=world.alpha, plan=plan)
    own = publish_activity(seats=seats, activity=draft, now=BEFORE)
    enter(NOBODY)
    return own


def told(activity: Activity | PublishedActivity, **more: Any) -> Any:
    return only(calendar_file(activity, stamp=STAMP, **more))


def only(file: bytes) -> Any:
    """Its one event; what a property is depends on its name, which types do not tell."""
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def names(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def unsaved(**facts: Any) -> PublishedActivity:
    plain = {**PLAN.facts(), "day": date(2090, 5, 6), "state": "published", **facts}
    known = {field.name for field in PublishedActivity._meta.fields}
    return PublishedActivity(**{key: plain[key] for key in plain if key in known})


def test_an_activity_is_written_with_exactly_what_everybody_may_know(
    world: World, settings: Any
) -> None:
    settings.PUBLIC_ORIGIN = "https://clusters.example:8443"
    own = out(world)
    file = calendar_file(own, stamp=STAMP, holders=["Alpha", "Beta"])
    event, whole = only(file), Calendar.from_ical(file)
    assert (str(whole["METHOD"]), str(whole["VERSION"])) == ("PUBLISH", "2.0")
    assert {name: str(event[name]) for name in event if name not in {"DTSTAMP", "CATEGORIES"}} == {
        "UID": f"{own.uid}@clusters.example",
        "SEQUENCE": "0",
        "SUMMARY": "Opening",
        "DESCRIPTION": "Come and see.\n\nHeld by Alpha, Beta.",
        "LOCATION": "Hall 3, Kaai 1, Gent",
        "STATUS": "CONFIRMED",
        "URL": f"https://clusters.example:8443/agenda/{own.uid}/",
        "DTSTART": str(event["DTSTART"]),
        "DTEND": str(event["DTEND"]),
    }
    assert event["DTSTAMP"].dt == STAMP
    assert event["CATEGORIES"].to_ical() == b"Network event"
    assert event["DTSTART"].dt == datetime(2090, 5, 6, 16, tzinfo=ZoneInfo("Europe/Brussels"))
    assert b"DTSTART;TZID=Europe/Brussels:20900506T160000\r\n" in file
    assert b"secret" not in file


def test_a_moved_activity_keeps_its_number_and_raises_its_version(world: World) -> None:
    own = out(world)
    before = told(own)
    later = replace(
        PLAN, starts_at=PLAN.starts_at + timedelta(days=1), ends_at=PLAN.ends_at + timedelta(days=1)
    )
    seats = cluster_seats(world.alpha)
    enter(seats)
    change_activity(seats=seats, activity=own, plan=later)
    enter(NOBODY)
    after = told(PublishedActivity.objects.get(activity=own.pk))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)


def test_a_cancelled_activity_says_so_and_why(client: Client, world: World) -> None:
    own = out(world)
    seats = cluster_seats(world.alpha)
    enter(seats)
    cancel_activity(seats=seats, activity=own, because="The hall burnt down.")
    enter(NOBODY)
    event = only(client.get(f"/agenda/{own.uid}/calendar.ics").content)
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert str(event["DESCRIPTION"]).startswith("Cancelled: The hall burnt down.\n\nCome and see.")


@pytest.mark.parametrize(
    ("starts", "written"),
    [
        (datetime(2030, 3, 31, 0, 59, tzinfo=UTC), ";TZID=Europe/Brussels:20300331T015900"),
        (datetime(2030, 3, 31, 1, tzinfo=UTC), ";TZID=Europe/Brussels:20300331T030000"),
        (datetime(2030, 10, 27, 0, tzinfo=UTC), ";TZID=Europe/Brussels:20301027T020000"),
        # Two o'clock for the second time; by the local clock it would be the first (3.3.5).
        (datetime(2030, 10, 27, 1, tzinfo=UTC), ":20301027T010000Z"),
        (datetime(2030, 10, 27, 2, tzinfo=UTC), ";TZID=Europe/Brussels:20301027T030000"),
    ],
)
def test_hours_are_right_on_both_sides_of_a_change_of_the_clocks(
    starts: datetime, written: str
) -> None:
    file = calendar_file(unsaved(starts_at=starts, ends_at=starts + timedelta(hours=5)))
    assert f"DTSTART{written}\r\n".encode() in file
    if written != "20301027T020000":  # twice in that night; calendars take the first
        assert only(file)["DTSTART"].dt.astimezone(UTC) == starts
    assert only(file)["DTEND"].dt.astimezone(UTC) == starts + timedelta(hours=5)


def test_the_rules_of_the_zone_name_the_hour_by_the_clock_before_it() -> None:
    starts = datetime(2030, 6, 1, tzinfo=UTC)
    file = calendar_file(unsaved(starts_at=starts, ends_at=starts + timedelta(hours=1)))
    (zone,) = Calendar.from_ical(file).walk("VTIMEZONE")
    parts: list[Any] = zone.subcomponents
    found = [
        (part.name, f"{part['DTSTART'].dt:%Y-%m-%d %H:%M}", part["TZOFFSETTO"].to_ical())
        for part in parts
    ]
    assert found == [
        ("STANDARD", "2029-01-01 01:00", "+0100"),
        ("DAYLIGHT", "2029-03-25 02:00", "+0200"),
        ("STANDARD", "2029-10-28 03:00", "+0100"),
        ("DAYLIGHT", "2030-03-31 02:00", "+0200"),
        ("STANDARD", "2030-10-27 03:00", "+0100"),
        ("DAYLIGHT", "2031-03-30 02:00", "+0200"),
        ("STANDARD", "2031-10-26 03:00", "+0100"),
    ]


def test_a_mission_abroad_has_the_hours_of_its_place() -> None:
    starts = datetime(2030, 7, 1, 13, tzinfo=UTC)
    ends = starts + timedelta(hours=1)
    file = calendar_file(unsaved(starts_at=starts, ends_at=ends, time_zone="America/New_York"))
    assert b"DTSTART;TZID=America/New_York:20300701T090000\r\n" in file
    assert b"TZID:America/New_York\r\n" in file


def test_one_of_which_the_day_alone_is_known_takes_the_whole_day() -> None:
    file = calendar_file(unsaved(starts_at=None, ends_at=None))
    assert b"DTSTART;VALUE=DATE:20900506\r\nDTEND;VALUE=DATE:20900507\r\n" in file


HOSTILE = "A, b; c\\d 🎉\r\nATTENDEE:mailto:x@example.org\rEND:VEVENT\u2028X\x00\x0bY " + "é" * 300


def test_a_name_can_neither_begin_a_line_nor_break_one() -> None:
    file = calendar_file(unsaved(name=HOSTILE, venue=HOSTILE, summary=HOSTILE, description=""))
    event = only(file)
    clean = "A, b; c\\d 🎉\nATTENDEE:mailto:x@example.org\nEND:VEVENT\nX \nY " + "é" * 300
    assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION")] == [clean, clean]
    assert str(event["LOCATION"]) == f"{clean}, Kaai 1, Gent"
    assert "ATTENDEE" not in event
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert lines.count(b"END:VEVENT") == 1


def test_an_invitation_names_who_invites_whom_and_its_withdrawal_cancels() -> None:
    invited = Invited(Party("Alpha", "alpha@example.org"), Party('An "\r\nX:1', "an@example.org"))
    activity, online = unsaved(venue="", address=""), "https://meet.example/secret"
    file = calendar_file(activity, Method.REQUEST, invited=invited, online_url=online)
    event = only(file)
    assert str(Calendar.from_ical(file)["METHOD"]) == "REQUEST"
    assert (str(event["ORGANIZER"]), event["ORGANIZER"].params["CN"]) == (
        "mailto:alpha@example.org",
        "Alpha",
    )
    assert event["ATTENDEE"].params["CN"] == "An ' X:1"
    assert not {"X"} & set(event)
    assert str(event["LOCATION"]) == online
    withdrawn = calendar_file(activity, Method.CANCEL, invited=invited)
    assert str(only(withdrawn)["STATUS"]) == "CANCELLED"
    assert b"METHOD:CANCEL\r\n" in withdrawn
    with pytest.raises(ValueError, match="needs an organizer"):
        calendar_file(activity, Method.REQUEST)
    broken = replace(invited, attendee=Party("An", "an@example.org\r\nX:2"))
    with pytest.raises(ValueError, match="CR or LF"):
        calendar_file(activity, Method.REQUEST, invited=broken)


def test_a_draft_is_in_no_calendar(client: Client, world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    draft = plan_activity(seats=seats, lead=world.alpha, plan=PLAN)
    client.force_login(world.people["manager"])
    for address in (WHOLE, ALPHA):
        assert "Opening" not in names(client, address)
    assert "Opening" not in client.get("/agenda/feed.json").content.decode()
    assert client.get(f"/agenda/{draft.uid}/calendar.ics").status_code == 404


def test_a_calendar_holds_what_the_page_would_show_for_the_same_question(
    client: Client, world: World
) -> None:
    out(world)
    assert sorted(names(client, WHOLE)) == ["Opening", *["Workshop to come"] * 3]
    assert sorted(names(client, ALPHA)) == ["Opening", "Workshop to come"]
    assert names(client, f"{WHOLE}?kind=network_event") == ["Opening"]
    assert names(client, f"{WHOLE}?cluster=beta") == ["Workshop to come"]
    assert names(client, f"{WHOLE}?find=opening") == ["Opening"]
    assert names(client, f"{WHOLE}?since=2090-05-01") == ["Opening"]
    assert names(client, f"{WHOLE}?region=Waals+Gewest") == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{WHOLE}?kind=nothing", 400),
        (f"{WHOLE}?cluster=nowhere", 404),
        ("/agenda/clusters/nowhere/calendar.ics", 404),
        ("/agenda/feed.json?since=soon", 400),
    ],
)
def test_who_follows_what_does_not_exist_is_not_given_everything(
    client: Client, world: World, address: str, status: int
) -> None:
    assert client.get(address).status_code == status


def test_what_is_over_stays_a_year_and_only_the_latest_fit(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = out(world)
    rows = PublishedActivity.objects.filter(activity=own.pk)
    for days, shown in ((300, True), (400, False)):
        moment = timezone.now() - timedelta(days=days)
        enter(cluster_seats(world.alpha))
        rows.update(starts_at=moment, ends_at=moment + timedelta(hours=1), state="held")
        assert ("Opening" in names(client, ALPHA)) is shown
    monkeypatch.setattr(feeds, "MOST", 1)
    assert names(client, ALPHA) == ["Workshop to come"]


@pytest.mark.parametrize("address", [WHOLE, ALPHA, "/agenda/feed.json"])
def test_who_has_the_version_gets_nothing_until_something_changes(
    client: Client, world: World, address: str
) -> None:
    own = out(world)
    known = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": known})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", known)
    seats = cluster_seats(world.alpha)
    enter(seats)
    change_activity(seats=seats, activity=own, plan=replace(PLAN, summary="Another word."))
    changed = client.get(address, headers={"If-None-Match": known})
    assert changed.status_code == 200
    assert "Another word." in changed.content.decode()


def test_a_json_feed_tells_hours_place_and_state(client: Client, world: World) -> None:
    own = out(world)
    response = client.get("/agenda/feed.json?kind=network_event")
    assert response.headers["Content-Type"] == "application/feed+json"
    page = response.json()
    assert (page["version"], page["feed_url"]) == (
        "https://jsonfeed.org/version/1.1",
        "http://testserver/agenda/feed.json?kind=network_event",
    )
    (item,) = page["items"]
    assert (item["id"], item["title"], item["tags"]) == (str(own.uid), "Opening", ["Network event"])
    assert item["_activity"] == {
        "starts": "2090-05-06T16:00:00+02:00",
        "ends": "2090-05-06T19:00:00+02:00",
        "time_zone": "Europe/Brussels",
        "location": "Hall 3, Kaai 1, Gent",
        "is_online": True,
        "is_cancelled": False,
        "sequence": 0,
    }
    assert "secret" not in response.content.decode()


def test_the_pages_lead_to_the_calendars_and_keep_the_question(
    client: Client, world: World
) -> None:
    own = out(world)
    detail = client.get(f"/agenda/{own.uid}/").content.decode()
    assert f'href="/agenda/{own.uid}/calendar.ics"' in detail
    page = client.get("/agenda/?kind=network_event&find=open%26+x&after=").content.decode()
    asked = "?kind=network_event&amp;find=open%26+x"
    followed = public_address(WHOLE).partition(":")[2]
    assert f'href="webcal:{followed}{asked}"' in page
    assert f'href="{WHOLE}{asked}"' in page
    assert f'href="/agenda/feed.json{asked}"' in page


class Microdata(HTMLParser):
    """Properties of a page by name, as search engines collect them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.types: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.types += [kind] if (kind := given.get("itemtype")) else []
        if name := given.get("itemprop"):
            value = given.get("content") or given.get("href") or tag
            self.found.setdefault(name, []).append(value)


def test_search_engines_find_what_an_event_must_have(client: Client, world: World) -> None:
    own = out(world)
    read = Microdata()
    read.feed(client.get(f"/agenda/{own.uid}/").content.decode())
    assert read.types == ["https://schema.org/Event", "https://schema.org/Place"]
    assert read.found["name"] == ["h1", "Hall 3"]
    assert read.found["address"] == ["Kaai 1, Gent"]
    assert read.found["location"] == ["div"]
    starts, ends = (
        datetime.fromisoformat(read.found[name][0]) for name in ("startDate", "endDate")
    )
    assert (starts, ends) == (PLAN.starts_at, PLAN.ends_at)
    assert read.found["eventStatus"] == ["https://schema.org/EventScheduled"]
    assert read.found["eventAttendanceMode"] == ["https://schema.org/MixedEventAttendanceMode"]


def test_the_version_of_what_is_published_follows_activities_to_come(world: World) -> None:
    seen = [published_version()]
    own = out(world)
    seen.append(published_version())
    seats = cluster_seats(world.alpha)
    enter(seats)
    change_activity(seats=seats, activity=own, plan=replace(PLAN, name="Great opening"))
    seen.append(published_version())
    cancel_activity(seats=seats, activity=own, because="Storm.")
    seen.append(published_version())
    assert len(set(seen)) == 4
    enter(NOBODY)
    assert published_version() == seen[-1]


def test_the_next_activities_of_a_cluster_are_told_to_its_readers(world: World) -> None:
    own = out(world)
    profile = PublicProfile.objects.get(slug="alpha")
    found = upcoming_of(profile.pk, timezone.now(), 1)
    assert [each.activity.pk for each in found] == [
        PublishedActivity.objects.filter(cluster=world.alpha).earliest("starts_at").pk
    ]
    context = {"rows": upcoming_of(profile.pk, timezone.now(), 5)}
    text = render_to_string("activities/_agenda_rows.html", context)
    assert f'<a href="/agenda/{own.uid}/" lang="en"><b>Opening</b></a>' in text
