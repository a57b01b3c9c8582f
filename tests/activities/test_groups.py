"""Groups of a cluster: who sits there on a day, and meetings from agenda to what is to be done."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from activities.registered import subjects
from clusterwerk.activities.actions import Plan
from clusterwerk.activities.groups import actions, mails
from clusterwerk.activities.groups.actions import GroupFacts, MandateFacts
from clusterwerk.activities.groups.queries import (
    groups_on,
    mandates_of,
    open_actions_before,
    points_of,
    seat_share,
)
from clusterwerk.activities.models import (
    ActivityKind,
    ActivityState,
    Attendance,
    GroupKind,
    GroupMeeting,
    Mandate,
    MandateRole,
    StandingGroup,
)
from clusterwerk.members.actions.work import finish_task
from clusterwerk.members.models import Contact, Task
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.groups import GROUP_TABLES
from factories.world import World, cluster_seats

SINCE = date(2024, 1, 1)
BEFORE = datetime(2030, 1, 1, tzinfo=UTC)
STARTS = datetime(2030, 3, 4, 14, tzinfo=UTC)
AFTER = STARTS + timedelta(days=1)


def group(world: World, **facts: Any) -> StandingGroup:
    seats = cluster_seats(world.alpha)
    enter(seats)
    told = {"name": "Board", "kind": GroupKind.BOARD, "since": SINCE, **facts}
    return actions.found_group(seats=seats, cluster=world.alpha, facts=GroupFacts(**told))


def sits(world: World, own: StandingGroup, **facts: Any) -> Mandate:
    told = {"role": MandateRole.MEMBER, "since": SINCE, **facts}
    return actions.give_mandate(
        seats=cluster_seats(world.alpha), group=own, facts=MandateFacts(**told)
    )


def contact(world: World, name: str, email: str = "") -> Contact:
    return Contact.objects.create(
        cluster=world.alpha, first_name=name, last_name="Peeters", email=email, source="test"
    )


def meets(world: World, own: StandingGroup, starts: datetime = STARTS) -> GroupMeeting:
    plan = Plan(
        name=f"{own.name} {starts:%d/%m}",
        kind=ActivityKind.OTHER,
        language="en",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        time_zone="Europe/Brussels",
    )
    return actions.call_meeting(seats=cluster_seats(world.alpha), group=own, plan=plan)


def test_the_share_of_companies_is_a_range_while_kinds_are_unknown(world: World) -> None:
    own = group(world)
    sits(world, own, name="Chair", organisation=world.company, role=MandateRole.CHAIR)
    sits(world, own, name="A", organisation=world.company)
    sits(world, own, name="Nobody's")
    sits(world, own, name="Minutes", role=MandateRole.SECRETARY)
    sits(world, own, name="Agency", role=MandateRole.OBSERVER)
    rows = list(mandates_of(own).on(SINCE))
    companies = sum(
        row.organisation is not None and row.organisation.kind == "enterprise" for row in rows
    )
    share = seat_share(rows)
    assert (share.seats, share.companies, share.unknown) == (3, companies, 3 - companies)
    assert share.highest == 1
    assert share.lowest is not None
    assert share.lowest < 1
    assert not share.is_minority


def test_no_votes_have_no_share(world: World) -> None:
    own = group(world)
    sits(world, own, name="Agency", role=MandateRole.OBSERVER)
    (row,) = (each for each in groups_on(world.alpha.pk, SINCE) if each.group == own)
    assert (row.share.lowest, row.people, row.share.is_minority) == (None, 1, False)


def test_who_sat_there_is_known_on_any_day(world: World) -> None:
    own = group(world)
    first = sits(world, own, name="First", until=date(2025, 1, 1))
    second = sits(world, own, name="Second", since=date(2025, 1, 1))

    def on(day: date) -> list[Mandate]:
        return list(mandates_of(own).on(day))

    assert on(date(2023, 12, 31)) == []
    assert (on(date(2024, 12, 31)), on(date(2025, 1, 1))) == ([first], [second])


def test_nobody_sits_twice_in_one_group_at_once(world: World) -> None:
    own, other = group(world), group(world, name="Other")
    person = contact(world, "An")
    sits(world, own, contact=person)
    sits(world, other, contact=person)
    for twice in ({"contact": person}, {"name": "Bo"}, {"name": "bO"}):
        if "name" in twice and twice["name"] == "Bo":
            sits(world, own, **twice)
            continue
        with pytest.raises(DomainError, match="in this period already"):
            sits(world, own, **twice)
    with pytest.raises(DomainError, match="first day before"):
        sits(world, own, name="Cy", until=SINCE)
    with pytest.raises(DomainError, match="who sits there"):
        sits(world, own)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(
            cluster=world.alpha, group=own, contact=person, period=other.mandates.get().period
        )


def test_whoever_only_reads_changes_nothing_and_others_see_nothing(world: World) -> None:
    own = group(world)
    reader = cluster_seats(world.alpha, SeatRole.OBSERVER)
    enter(reader)
    with pytest.raises(PermissionDenied):
        actions.change_group(
            seats=reader,
            group=own,
            facts=GroupFacts(name="X", kind=GroupKind.BOARD, since=SINCE),
        )
    enter(cluster_seats(world.beta))
    assert not StandingGroup.objects.filter(pk=own.pk).exists()


def test_a_meeting_goes_from_agenda_to_minutes_and_its_actions_come_back(world: World) -> None:
    own = group(world)
    seats = cluster_seats(world.alpha)
    an = contact(world, "An", "an@example.org")
    bo = contact(world, "Bo")
    mandates = [sits(world, own, contact=an), sits(world, own, contact=bo)]
    meeting = meets(world, own)
    assert meeting.activity.state == ActivityState.DRAFT
    assert meeting.activity.kind == ActivityKind.STEERING_GROUP
    facts = {"title": "Budget", "text": "See the file", "minutes": 20}
    point = actions.put_point(seats=seats, meeting=meeting, facts=facts, now=BEFORE)
    for _press in range(2):
        assert mails.invite_group(seats=seats, meeting=meeting, now=BEFORE) == 1
    assert len(subjects("an@example.org")) == 1
    enter(seats)
    with pytest.raises(DomainError, match="not begun"):
        actions.fix_minutes(seats=seats, meeting=meeting, now=BEFORE)
    with pytest.raises(DomainError, match="not over"):
        mails.send_minutes(seats=seats, meeting=meeting, now=BEFORE)
    actions.put_point(
        seats=seats, meeting=meeting, facts={"notes": "Fine."}, point=point, now=AFTER
    )
    asked = actions.ask_to_do(
        seats=seats,
        meeting=meeting,
        title="Three offers",
        due_on=date(2030, 4, 1),
        mandate=mandates[0],
    )
    assert Task.objects.get(pk=asked.task_id).contact == an
    here = [mandates[0].pk]
    for _press in range(2):
        actions.note_present(seats=seats, meeting=meeting, mandates=here, now=AFTER)
    rows = Attendance.objects.filter(activity=meeting.activity)
    assert [row.contact for row in rows] == [an]
    meeting.activity.refresh_from_db()
    assert meeting.activity.state == ActivityState.HELD
    assert actions.fix_minutes(seats=seats, meeting=meeting, now=AFTER)
    assert not actions.fix_minutes(seats=seats, meeting=meeting, now=AFTER)
    with pytest.raises(DomainError, match="minutes are fixed"):
        actions.put_point(seats=seats, meeting=meeting, facts={"title": "New"}, now=AFTER)
    mended = actions.put_point(
        seats=seats, meeting=meeting, facts={"notes": "Fine, but late."}, point=point, now=AFTER
    )
    assert mended.corrected_at == AFTER
    mails.send_minutes(seats=seats, meeting=meeting, now=AFTER)
    assert len(subjects("an@example.org")) == 2
    enter(seats)
    later = meets(world, own, STARTS + timedelta(days=60))
    assert points_of(later)[0].title.startswith("Minutes of the meeting before")
    assert [row.task.title for row in open_actions_before(later)] == ["Three offers"]
    finish_task(seats=seats, task=asked.task, at=AFTER)
    assert open_actions_before(later) == []


def test_who_is_taken_off_the_list_was_not_there(world: World) -> None:
    own = group(world)
    seats = cluster_seats(world.alpha)
    first, second = sits(world, own, name="An"), sits(world, own, name="Bo")
    meeting = meets(world, own)
    both = {first.pk, second.pk}
    assert actions.note_present(seats=seats, meeting=meeting, mandates=both, now=AFTER) == 2
    actions.note_present(seats=seats, meeting=meeting, mandates={second.pk}, now=AFTER)
    rows = Attendance.objects.filter(activity=meeting.activity)
    assert [row.printed_name for row in rows] == ["Bo"]


def test_points_move_and_a_meeting_that_nobody_knows_of_is_thrown_away(world: World) -> None:
    own = group(world)
    seats = cluster_seats(world.alpha)
    meeting = meets(world, own)
    for title in "ABC":
        actions.put_point(seats=seats, meeting=meeting, facts={"title": title}, now=BEFORE)
    last = points_of(meeting)[-1]
    for _twice in range(3):
        actions.move_point(seats=seats, point=last, up=True)
    assert [point.title for point in points_of(meeting)] == ["C", "A", "B"]
    actions.drop_point(seats=seats, point=last)
    actions.drop_meeting(seats=seats, meeting=meeting)
    assert not GroupMeeting.objects.filter(group=own).exists()


def test_the_team_does_all_of_it_on_its_pages(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    key = world.alpha.key

    def post(view: str, *args: object, **typed: object) -> Any:
        return client.post(reverse(f"activities:{view}", args=[key, *args]), typed)

    wrong = post("group_add", name="Council", kind="board", since="2024-13-01")
    assert wrong.status_code == 422
    assert 'value="Council"' in wrong.content.decode()
    assert post("group_add", name="Council", kind="board", since="2024-01-01").status_code == 302
    enter(cluster_seats(world.alpha))
    own = StandingGroup.objects.get(name="Council")
    refused = post("group_add", name="council", kind="board", since="2024-01-01")
    assert "Another group of the cluster has this name." in refused.content.decode()
    assert post("mandate_add", own.pk, role="member", since="2024-01-01").status_code == 422
    typed = {"person": "Zed Zonder", "role": "chair", "since": "2024-01-01"}
    assert post("mandate_add", own.pk, **typed).status_code == 302
    page = client.get(reverse("activities:group_detail", args=[key, own.pk])).content.decode()
    assert "Zed Zonder" in page
    past = client.get(reverse("activities:group_detail", args=[key, own.pk]), {"on": "2020-01-01"})
    assert "Nobody sits there on this day" in past.content.decode()
    file = client.get(reverse("activities:group_detail", args=[key, own.pk]), {"file": "csv"})
    text = b"".join(file).decode("utf-8-sig")
    assert any("Zed Zonder" in line for line in csv.reader(StringIO(text)))
    when = {"day": "2026-01-05", "begins": "14:00", "ends": "16:00", "language": "en"}
    assert post("group_meet", own.pk, name="Council in winter", **when).status_code == 302
    enter(cluster_seats(world.alpha))
    meeting = GroupMeeting.objects.get(group=own)
    number = meeting.activity_id
    assert post("point_add", number, title="Budget").status_code == 302
    asked = post("group_meeting", number, **{"todo-title": "Count", "todo-due_on": "2026-02-01"})
    assert asked.status_code == 302
    assert post("group_meeting", number, **{"todo-title": ""}).status_code == 422
    enter(cluster_seats(world.alpha))
    held = Mandate.objects.get(group=own)
    assert post("group_present", number, here=held.pk).status_code == 302
    for name in ("minutes_fix", "minutes_send", "minutes_send"):
        assert post(name, number).status_code == 302
    for name in ("group_meeting", "group_minutes"):
        page = client.get(reverse(f"activities:{name}", args=[key, number])).content.decode()
        assert all(word in page for word in ("Budget", "Count", "Zed Zonder", "Minutes stand"))


@pytest.mark.parametrize("name", ["group_list", "own_groups"])
def test_without_groups_the_page_says_how_to_begin(client: Client, world: World, name: str) -> None:
    enter(cluster_seats(world.beta))
    for model in reversed(GROUP_TABLES):
        model._default_manager.filter(cluster=world.beta).delete()
    client.force_login(world.people["other_manager"])
    client.cookies["django_language"] = "en"
    args = [] if name == "own_groups" else [world.beta.key]
    page = client.get(reverse(f"activities:{name}", args=args), follow=True).content.decode()
    assert "No groups yet" in page
