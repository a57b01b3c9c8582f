"""A matchmaking day: wishes that stay secret, a plan that holds, timetables, results once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from activities.matched import (
    BEGINS,
    HOURS,
    email,
    marks,
    matchmaking_of,
    opened_round,
    pairs,
    planned,
    planned_by_job,
    publishes,
)
from activities.registered import NOW, OPEN, comes, published, row, subjects, withdraws
from clusterwerk.activities import actions
from clusterwerk.activities.actions import meetings, rounds, wishes
from clusterwerk.activities.actions.wishes import Answer, MeetingResult
from clusterwerk.activities.matchmaking.keeping import invite_late, note_days
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    MatchMeeting,
    MatchProfile,
    MatchResult,
    MatchRound,
    MatchWish,
    Registration,
)
from clusterwerk.activities.models.matchmaking import slot_times
from clusterwerk.activities.queries.matchmaking import participants, said_by
from clusterwerk.measure.meetings import plan
from clusterwerk.members.models import Contact, Interaction, InteractionParty
from clusterwerk.members.privacy.retaining import KINDS
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasing import erase
from clusterwerk.platform.history.personal import Subject
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import STEWARD, World, agency_seats, cluster_seats

EVENING = BEGINS + timedelta(hours=9)


@pytest.fixture
def five(world: World) -> Activity:
    own = matchmaking_of(world, 5)
    opened_round(world, own)
    return own


def number(own: Activity, person: int) -> int:
    return row(own, email(person)).pk


def timetable(own: Activity, person: int) -> list[int]:
    """Numbers of those whom somebody meets, as their link tells it."""
    enter(NOBODY)
    token = row(own, email(person)).token
    _own, lines = wishes.timetable_by_link(seats=NOBODY, token=token)
    return [line.other.number for line in lines if line.other]


def test_everybody_with_a_place_is_invited_once_late_ones_too(world: World, five: Activity) -> None:
    assert [subjects(email(each))[-1] for each in (0, 4)] == [
        "Whom do you want to meet? Matchmaking day"
    ] * 2
    opened_round(world, five)
    invite_late(NOW)  # others of the small world
    comes(five, "late@place.example")
    assert invite_late(NOW) == 1
    assert invite_late(NOW) == 0
    assert subjects("late@place.example")[-1].startswith("Whom do you want to meet?")
    assert len([one for one in subjects(email(0)) if one.startswith("Whom")]) == 1


def test_only_a_published_matchmaking_has_a_round_within_its_hours(world: World) -> None:
    seats = cluster_seats(world.alpha)
    evening = published(world)
    own = matchmaking_of(world, 0)
    enter(seats)
    late = replace(HOURS, slots=30)
    after = replace(HOURS, closes_at=BEGINS + timedelta(minutes=1))
    for activity, hours, words in (
        (evening, HOURS, "of the kind matchmaking"),
        (own, late, "do not fit"),
        (own, after, "before the first meeting"),
    ):
        with pytest.raises(DomainError, match=words):
            rounds.open_round(seats=seats, activity=activity, hours=hours, now=NOW)
    assert not MatchRound.objects.filter(activity__in=[evening, own]).exists()
    other = cluster_seats(world.beta)
    with pytest.raises(PermissionDenied):
        rounds.open_round(seats=other, activity=own, hours=HOURS, now=NOW)


def test_slots_leave_gaps_out_and_run_through_a_change_of_the_clock(world: World) -> None:
    noon = datetime(2030, 5, 6, 11, 30, tzinfo=UTC)
    found = slot_times(noon, 20, 5, 3, "12:00-13:00")
    assert [f"{at:%H:%M}" for at in found] == ["11:30", "13:00", "13:25"]
    own = published(world)
    zone = own.zone
    night = datetime(2030, 10, 27, 2, 30, tzinfo=zone)  # clocks go back at three
    found = slot_times(night, 20, 10, 4, "")
    assert [f"{at.astimezone(zone):%H:%M}" for at in found] == ["02:30", "02:00", "02:30", "03:00"]
    assert found[-1] - found[0] == timedelta(minutes=90)
    spring = datetime(2030, 3, 31, 1, 40, tzinfo=zone)  # clocks skip the hour after two
    found = slot_times(spring, 20, 0, 3, "")
    assert [f"{at.astimezone(zone):%H:%M}" for at in found] == ["01:40", "03:00", "03:20"]
    for odd in ("25:00-26:00", "13:00-12:00", "noon"):
        with pytest.raises(ValueError, match=r".*"):
            slot_times(noon, 20, 5, 1, odd)


def test_wishes_are_kept_changed_and_taken_back_until_they_close(
    world: World, five: Activity
) -> None:
    marks(five, 0, {1: 3, 2: 0, 3: 1}, away=(3, 99))
    marks(five, 0, {1: 2, 3: -1})
    enter(cluster_seats(world.alpha))
    found = MatchWish.objects.filter(activity=five).order_by("mark").values_list("whom", "mark")
    assert list(found) == [(number(five, 2), 0), (number(five, 1), 2)]
    enter(cluster_seats(world.alpha))
    said = {each.person.number: each for each in said_by(five.pk)}
    assert (said[number(five, 0)].wishes, said[number(five, 1)].wishes) == (1, 0)
    with pytest.raises(DomainError, match="Wishes are closed"):
        marks(five, 0, {4: 1}, now=HOURS.closes_at)
    withdraws(five, email(1))
    with pytest.raises(DomainError, match="Only who has a place"):
        marks(five, 1, {0: 1})


def test_nobody_reads_the_wishes_of_others_but_the_team_that_leads(
    world: World, five: Activity
) -> None:
    marks(five, 0, {1: 0})
    for seats in (NOBODY, cluster_seats(world.beta), STEWARD):
        enter(seats)
        assert not MatchWish.objects.filter(activity=five).exists()
        assert not MatchProfile.objects.filter(activity=five).exists()
    enter(cluster_seats(world.alpha))
    MatchWish.objects.filter(activity=five).update(shared_with=[world.beta.pk])
    enter(cluster_seats(world.beta))
    assert not MatchWish.objects.filter(activity=five).exists()
    enter(NOBODY)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = client.get(reverse("agenda:match_wishes", args=[row(five, email(1)).token]))
    told = page.content.decode()
    assert "Look 0" in told
    assert "selected" not in told.replace('<option value="" selected>', "")


def test_a_plan_keeps_apart_who_would_rather_not_meet_and_colleagues(
    world: World, five: Activity
) -> None:
    marks(five, 0, {1: 3, 2: 3})
    marks(five, 1, {0: 0, 3: 1})
    enter(cluster_seats(world.alpha))
    both = [number(five, 0), number(five, 2)]
    Registration.objects.filter(pk__in=both).update(printed_organisation="Same Works")
    found = planned(world, five)
    assert pairs(five) == {frozenset((number(five, 1), number(five, 3)))}
    assert found.is_proven_best
    assert (found.served, found.most_served) == (1, 1)


def test_two_who_press_plan_at_once_make_one_plan(world: World, five: Activity) -> None:
    marks(five, 0, {1: 3, 2: 1})
    first, second = planned_by_job(world, five), planned_by_job(world, five)
    enter(cluster_seats(world.alpha))
    before = list(MatchMeeting.objects.filter(activity=five).values_list("pk", flat=True))
    assert len(before) == 2
    planned(world, five)
    assert before == list(MatchMeeting.objects.filter(activity=five).values_list("pk", flat=True))
    with opened("jobs"):
        states = JobRun.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
        assert set(states) == {"succeeded"}


def test_a_plan_of_a_day_that_changed_meanwhile_is_not_kept(world: World, five: Activity) -> None:
    seats = cluster_seats(world.alpha)
    marks(five, 0, {1: 3})
    enter(seats)
    day = rounds.day_to_plan(seats=seats, activity=five.pk, now=NOW)
    marks(five, 2, {3: 1})
    enter(seats)
    kept = rounds.keep_plan(seats=seats, activity=five.pk, day=day, plan=plan(day), now=NOW)
    assert not kept
    assert pairs(five) == set()


def test_a_late_withdrawal_and_a_walk_in_are_planned_anew_around_what_is_fixed(
    world: World, five: Activity
) -> None:
    marks(five, 0, {1: 3, 2: 2})
    marks(five, 3, {4: 3})
    planned(world, five)
    assert publishes(world, five) == 5
    fixed = MatchMeeting.objects.get(
        activity=five, left=number(five, 0), right=number(five, 1), is_planned=True
    )
    seats = cluster_seats(world.alpha)
    enter(seats)
    rounds.fix_meeting(seats=seats, activity=five, meeting=fixed.pk, is_fixed=True)
    withdraws(five, email(4))
    comes(five, email(5))
    marks(five, 5, {3: 3, 0: 1})
    assert sorted(timetable(five, 3)) == [number(five, 4)]  # as it was mailed, until it is again
    planned(world, five, mends=True)
    wanted = {(0, 1), (0, 2), (0, 5), (3, 5)}
    assert pairs(five) == {frozenset((number(five, a), number(five, b))) for a, b in wanted}
    enter(seats)
    again = MatchMeeting.objects.get(pk=fixed.pk)
    assert (again.slot, again.table, again.is_fixed) == (fixed.slot, fixed.table, True)
    assert timetable(five, 3) == [number(five, 4)]
    told = publishes(world, five)
    assert timetable(five, 3) == [number(five, 5)]
    assert told == 3  # 0, 3 and the walk-in: the plan was mended, so 1 and 2 keep theirs
    assert subjects(email(1)).count("Your meetings: Matchmaking day") == 1
    assert subjects(email(3))[-1] == "Your meetings changed: Matchmaking day"
    assert publishes(world, five) == 0


def test_the_mailed_calendar_holds_each_meeting_and_strikes_out_what_fell_away(
    world: World, five: Activity
) -> None:
    marks(five, 0, {1: 3, 2: 2})
    planned(world, five)
    publishes(world, five)
    withdraws(five, email(2))
    planned(world, five)
    publishes(world, five)
    files = [mail["attachments"][0] for mail in mails(email(0)) if "meetings" in mail["subject"]]
    first, second = (Calendar.from_ical(text) for _name, text, _kind in files)
    assert [event["status"] for event in first.walk("VEVENT")] == ["CONFIRMED"] * 2
    states = [str(event["status"]) for event in second.walk("VEVENT")]
    assert sorted(states) == ["CANCELLED"] * 3 + ["CONFIRMED"]
    assert {event.decoded("sequence") for event in second.walk("VEVENT")} == {2}
    assert {str(one["uid"]) for one in first.walk("VEVENT")} <= {
        str(one["uid"]) for one in second.walk("VEVENT")
    }
    starts = [event.decoded("dtstart") for event in first.walk("VEVENT")]
    assert starts[0].utcoffset() == timedelta(hours=2)
    assert starts[0] == BEGINS


def mails(address: str) -> list[dict[str, Any]]:
    with opened("mail"):
        rows = OutgoingMail.objects.order_by("pk").values_list("content", flat=True)
        return [mail for mail in rows if mail["to"] == [address]]


def test_sixty_people_are_planned_within_every_rule(world: World) -> None:
    own = matchmaking_of(world, 60)
    opened_round(world, own, replace(HOURS, slots=10, tables=20, minutes=20))
    draw = Random(60)
    for who in range(60):
        others = draw.sample([one for one in range(60) if one != who], 8)
        told = {whom: draw.choice([0, 1, 1, 2, 3]) for whom in others}
        marks(own, who, told, away=tuple(range(5)) if who % 9 == 0 else ())
    run = planned_by_job(world, own)
    enter(cluster_seats(world.alpha))
    rows = list(MatchMeeting.objects.filter(activity=own))
    refused = {
        frozenset(pair)
        for pair in MatchWish.objects.filter(activity=own, mark=0).values_list("who", "whom")
    }
    away = {person.number: person.away for person in participants(own.pk)}
    seats = [(meeting.slot, end) for meeting in rows for end in meeting.ends]
    assert len(rows) > 100
    assert len(seats) == len(set(seats))
    assert len({(meeting.slot, meeting.table) for meeting in rows}) == len(rows)
    assert max(meeting.table for meeting in rows) < 20
    assert not pairs(own) & refused
    assert all(slot not in away[end] for slot, end in seats)
    found = MatchRound.objects.get(pk=own.pk)
    assert found.served == found.most_served == 60
    assert found.share_reached > 0.99
    with opened("jobs"):
        assert JobRun.objects.get(pk=run.pk).result.endswith(f"/{own.pk}/matchmaking/")


def said_of(own: Activity, person: int, useful: str, now: datetime, **more: object) -> MatchResult:
    enter(NOBODY)
    token = row(own, email(person)).token
    _own, lines = wishes.timetable_by_link(seats=NOBODY, token=token)
    meeting = next(line.meeting.pk for line in lines if line.meeting)
    result = MeetingResult(useful, **more)  # type: ignore[arg-type] # fields of the action
    return wishes.say_result(seats=NOBODY, token=token, meeting=meeting, result=result, now=now)


def member_and_contact(world: World, own: Activity) -> Contact:
    """Person 0 comes for the member, person 1 is a contact."""
    enter(cluster_seats(world.alpha))
    contact = Contact.objects.filter(cluster=world.alpha).earliest("pk")
    Registration.objects.filter(pk=number(own, 0)).update(organisation=world.company)
    Registration.objects.filter(pk=number(own, 1)).update(contact=contact)
    enter(cluster_seats(world.alpha))
    return contact


@pytest.fixture
def afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes onto timelines must have happened."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: EVENING)


@pytest.mark.usefixtures("afterwards")
def test_a_meeting_that_took_place_is_on_both_timelines_once(world: World, five: Activity) -> None:
    contact = member_and_contact(world, five)
    marks(five, 0, {1: 3})
    marks(five, 2, {3: 1})
    planned(world, five)
    publishes(world, five)
    with pytest.raises(DomainError, match="not begun"):
        said_of(five, 0, "yes", NOW)
    said_of(five, 0, "little", EVENING, goes_on=True, note="They send a sample")
    again = said_of(five, 0, "yes", EVENING, goes_on=True, note="They send a sample")
    said_of(five, 2, "missed", EVENING)
    seats = cluster_seats(world.alpha)
    enter(seats)
    assert MatchResult.objects.filter(registration=number(five, 0)).get() == again
    assert meetings.note_meetings(seats=seats, activity=five, now=EVENING) == 1
    assert meetings.note_meetings(seats=seats, activity=five, now=EVENING) == 0
    found = Interaction.objects.get(external_id=f"matchmaking:{again.meeting_id}")
    assert found.body == f"{world.company.name}: useful: yes, we go on. They send a sample"
    parties = InteractionParty.objects.filter(interaction=found)
    assert {(one.organisation_id, one.contact_id) for one in parties} == {
        (world.company.pk, None),
        (None, contact.pk),
    }
    assert note_days(EVENING) == 0
    enter(seats)
    assert note_days(EVENING + timedelta(days=1)) == 0  # noted by the button already
    enter(seats)
    assert MatchRound.objects.get(pk=five.pk).noted_at is not None


@pytest.mark.usefixtures("afterwards")
def test_the_evening_after_what_took_place_is_noted_by_itself(world: World, five: Activity) -> None:
    member_and_contact(world, five)
    marks(five, 0, {1: 3})
    planned(world, five)
    publishes(world, five)
    seats = cluster_seats(world.alpha)
    enter(seats)
    meeting = MatchMeeting.objects.get(activity=five)
    meetings.say_took_place(
        seats=seats, activity=five, meeting=meeting.pk, took_place=True, now=EVENING
    )
    assert note_days(EVENING) == 0  # the day itself is not over
    assert note_days(EVENING + timedelta(days=1)) == 1
    assert note_days(EVENING + timedelta(days=2)) == 0


def test_what_has_begun_stays_when_it_is_planned_again_during_the_day(
    world: World, five: Activity
) -> None:
    marks(five, 0, {1: 3, 2: 3})
    planned(world, five)
    publishes(world, five)
    enter(cluster_seats(world.alpha))
    first = MatchMeeting.objects.get(activity=five, slot=0)
    gone = next(one for one in (1, 2) if number(five, one) in first.ends)
    withdraws(five, email(gone), now=BEGINS - timedelta(minutes=1))
    planned(world, five, now=BEGINS + timedelta(minutes=5))
    enter(cluster_seats(world.alpha))
    assert MatchMeeting.objects.filter(pk=first.pk, is_planned=True).exists()
    with pytest.raises(DomainError, match="have begun"):
        rounds.change_round(
            seats=cluster_seats(world.alpha),
            activity=five,
            hours=HOURS,
            now=BEGINS + timedelta(minutes=5),
        )


def test_an_erased_person_leaves_no_words_and_takes_part_no_more(
    world: World, five: Activity
) -> None:
    contact = member_and_contact(world, five)
    marks(five, 1, {0: 2})
    planned(world, five)
    publishes(world, five)
    said_of(five, 1, "yes", EVENING, note="Private words")
    subject = Subject(Contact._meta.label, contact.pk)
    enter(cluster_seats(world.alpha))
    person = number(five, 1)
    erase(seats=cluster_seats(world.alpha), subjects=[subject], on=date(2030, 6, 1), reason="asked")
    enter(cluster_seats(world.alpha))
    profile = MatchProfile.objects.get(registration=person)
    assert (profile.looks_for, profile.offers) == ("", "")
    assert MatchResult.objects.get(registration=person).note == ""
    assert person not in {one.number for one in participants(five.pk)}


def test_a_day_that_moved_is_not_planned_before_its_hours_are_right(
    world: World, five: Activity
) -> None:
    seats = cluster_seats(world.alpha)
    marks(five, 0, {1: 3})
    enter(seats)
    later = timedelta(days=7)
    Activity.objects.filter(pk=five.pk).update(
        starts_at=BEGINS + later, ends_at=BEGINS + later + timedelta(hours=9)
    )
    with pytest.raises(DomainError, match="The activity moved"):
        rounds.day_to_plan(seats=seats, activity=five.pk, now=NOW)
    hours = replace(HOURS, starts_at=BEGINS + later)
    own = Activity.objects.get(pk=five.pk)
    assert rounds.change_round(seats=seats, activity=own, hours=hours, now=NOW)
    planned(world, five)
    assert len(pairs(five)) == 1


def test_an_agency_leads_a_round_and_has_no_timelines(world: World) -> None:
    seats = agency_seats(world.agency)
    enter(seats)
    facts = replace(OPEN, name="Before the call", kind=ActivityKind.MATCHMAKING, capacity=None)
    facts = replace(facts, starts_at=BEGINS, ends_at=EVENING)
    draft = actions.plan_activity(seats=seats, lead=world.agency, plan=facts)
    own = actions.publish_activity(seats=seats, activity=draft, now=NOW)
    for each in range(3):
        comes(own, email(each))
    enter(seats)
    rounds.open_round(seats=seats, activity=own, hours=HOURS, now=NOW)
    marks(own, 0, {1: 3, 2: 1})
    enter(seats)
    day = rounds.day_to_plan(seats=seats, activity=own.pk, now=NOW)
    assert rounds.keep_plan(seats=seats, activity=own.pk, day=day, plan=plan(day), now=NOW)
    assert rounds.publish_timetables(seats=seats, activity=own, now=NOW) == 3
    assert len(timetable(own, 0)) == 2
    enter(seats)
    with pytest.raises(DomainError, match="no timelines"):
        meetings.note_meetings(seats=seats, activity=own, now=EVENING)
    enter(cluster_seats(world.alpha))
    assert not MatchWish.objects.filter(activity=own).exists()


def test_profiles_and_notes_go_after_their_time(world: World, five: Activity) -> None:
    marks(five, 0, {1: 1})
    planned(world, five)
    publishes(world, five)
    said_of(five, 0, "yes", EVENING, note="Words")
    enter(cluster_seats(world.alpha))
    for key in ("match_profile", "match_note"):
        kind = KINDS[key]
        assert not kind.rows(world.alpha.pk, date(2030, 5, 6)).exists()
        (old,) = kind.rows(world.alpha.pk, date(2030, 5, 7))
        assert kind.day_of(old) == date(2030, 5, 6)


def test_the_answer_of_a_stranger_is_refused(world: World, five: Activity) -> None:
    enter(NOBODY)
    with pytest.raises(DomainError, match="Nobody is registered"):
        wishes.say_wishes(seats=NOBODY, token="nothing", answer=Answer("", "", (), {}), now=NOW)
