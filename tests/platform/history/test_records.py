"""The past as a person reads it: panel, whole history, as it was on a day, and taking back."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from clusterwerk.members.actions import Promise, promise_contribution
from clusterwerk.members.models import Contribution, Membership, MembershipCategory
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import because, enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.actions import undo, undo_of
from clusterwerk.platform.history.queries import Change, as_it_was, changes
from clusterwerk.platform.history.records import Record, record_of
from clusterwerk.platform.history.tracking import computed_fields, event_models, tracked_model
from clusterwerk.reporting.models import PublishedReading
from factories.owner import as_owner
from factories.world import World, agency_seats, build_world, cluster_seats

NARROW = "\N{NARROW NO-BREAK SPACE}"
# Nobody reads these in a history: keys of owners, marks, what is computed or a mere position.
HIDDEN = {
    "id", "agency", "cluster", "document", "membership", "organisation", "is_demo", "name_sort",
    "search_text", "slug", "key", "position", "decimals", "dimension", "segment", "attributes",
    "subject", "title_basis", "recorded_at", "recorded_by", "includes_demo", "indicator", "scheme",
    "kind", "created_at", "proposed_at", "outcome", "breach",
    "noted_by", "noted_at", "cluster_id", "agency_id", "rule",
    "sequence", "shared_with", "uid", "activity", "token", "told",
    "planned_from", "version",
    "person",
    "digest",
}  # fmt: skip


def the(model: type) -> Record:
    record = record_of(model)
    assert record is not None
    return record


def seats_of_person(world: World, name: str) -> Seats:
    person = world.people[name]
    enter(Seats(actor=person.pk))
    seats = seats_for(person.pk)
    enter(seats)
    return seats


def test_every_kept_field_is_shown_or_named_as_nobodys_reading_matter() -> None:
    for event in event_models():
        model = tracked_model(event)
        record = the(model)
        kept = {field.name for field in event._meta.get_fields() if "pgh_" not in field.name}
        assert kept - computed_fields(model) - set(record.fields) - HIDDEN == set(), model
        assert set(record.fields) <= kept, model


def test_the_changes_of_a_file_come_newest_first_with_before_and_after(world: World) -> None:
    seats = seats_of_person(world, "manager")
    because(seats.actor, "agreed by telephone")
    promise = Promise(membership=world.membership, working_year=1, amount=Decimal(650))
    promise_contribution(seats=seats, promise=promise)
    found = changes(the(Membership), world.membership.pk).changes
    newest = next(change for change in found if change.record.model is Contribution)
    assert (newest.label, newest.actor, newest.reason) == (
        "update",
        "manager",
        "agreed by telephone",
    )
    ((field),) = newest.fields
    told = [str(value).replace(NARROW, "") for value in (field.before, field.after)]
    assert told == ["€500", "€650"]


def test_a_page_of_changes_goes_on_where_the_last_ended(world: World) -> None:
    seats = seats_of_person(world, "manager")
    for amount in range(1, 8):
        promise = Promise(membership=world.membership, working_year=1, amount=Decimal(amount))
        promise_contribution(seats=seats, promise=promise)
    whole = changes(the(Membership), world.membership.pk).changes
    found: list[Change] = []
    after = None
    while True:
        page = changes(the(Membership), world.membership.pk, after=after, most=2)
        found += page.changes
        after = page.next
        if after is None:
            break
    assert [change.key for change in found] == [change.key for change in whole]
    assert len(found) == len({change.key for change in found}) == 13


def test_the_agency_reads_the_past_of_a_membership_without_its_amounts(world: World) -> None:
    enter(agency_seats(world.agency))
    found = changes(the(Membership), world.membership.pk).changes
    assert {change.record.model for change in found} >= {Membership}
    assert Contribution not in {change.record.model for change in found}


def test_people_of_another_cluster_are_not_named(world: World) -> None:
    """The shared organisation was changed by somebody whose seats the reader may not see."""
    other = seats_of_person(world, "other_manager")
    with unlocked(other, "directory"):
        world.company.source = "seen elsewhere"
        world.company.save()
    seats_of_person(world, "manager")
    newest = changes(the(type(world.company)), world.company.pk).changes[0]
    assert newest.actor_id == world.people["other_manager"].pk
    assert newest.actor == ""
    seats_of_person(world, "other_manager")
    assert changes(the(type(world.company)), world.company.pk).changes[0].actor == "other_manager"


def aged(table: str, moment: datetime, condition: str) -> None:
    """Let some of the past be older, which only the owner of the tables can."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"update {table} set pgh_created_at = %s where {condition}", [moment])


def late_on(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def amounts_on(world: World, day: date) -> list[str]:
    standing = as_it_was(the(Membership), world.membership.pk, day)
    fields = [part.fields for part in standing if part.record.model is Contribution]
    return [str(value).replace(NARROW, "") for ((_, _, _), (_, value, _)) in fields]


def test_a_row_is_shown_as_it_stood_at_the_end_of_a_day(transactional_db: None) -> None:
    with transaction.atomic():
        world = build_world()
    early, later = (timezone.localdate() - timedelta(days=number) for number in (10, 5))
    for amount in (600, 700):
        with transaction.atomic():
            enter(cluster_seats(world.alpha))
            Contribution.objects.filter(membership=world.membership).update(amount=amount)
    long_ago = late_on(early - timedelta(days=10))
    aged("members_membershipevent", long_ago, "pgh_label = 'insert'")
    aged("members_contributionevent", long_ago, "pgh_label = 'insert'")
    aged("members_contributionevent", late_on(early), "amount = 600")
    aged("members_contributionevent", late_on(later), "amount = 700")
    with transaction.atomic():
        enter(cluster_seats(world.alpha))
        assert amounts_on(world, early - timedelta(days=1)) == ["€500"]
        assert amounts_on(world, early) == ["€600"]
        assert amounts_on(world, later - timedelta(days=1)) == ["€600"]
        assert amounts_on(world, later) == ["€700"]
        assert as_it_was(the(Membership), world.membership.pk, date(2000, 1, 1)) == []


def test_the_last_change_is_taken_back_and_both_stay_in_the_past(world: World) -> None:
    seats = seats_of_person(world, "manager")
    membership = world.membership
    membership.period = DateRange(date(2018, 1, 1), date(2020, 1, 1))
    membership.save()
    plan = undo_of(seats, the(Membership), membership.pk)
    assert plan.event is not None
    undo(seats=seats, record=the(Membership), key=membership.pk, event=plan.event.pk)
    membership.refresh_from_db()
    assert membership.period == DateRange(date(2018, 1, 1), None)
    told = [
        (change.label, change.reason)
        for change in changes(the(Membership), membership.pk).changes
        if change.record.model is Membership
    ]
    assert told == [
        ("update", f"undo of change {plan.event.pk}"),
        ("update", ""),
        ("insert", ""),
    ]


def test_what_was_added_by_mistake_is_taken_away_unless_something_refers_to_it(
    world: World,
) -> None:
    seats = seats_of_person(world, "manager")
    record = the(MembershipCategory)
    fresh = MembershipCategory.objects.create(cluster=world.alpha, name="Typing error")
    plan = undo_of(seats, record, fresh.pk)
    assert plan.event is not None
    undo(seats=seats, record=record, key=fresh.pk, event=plan.event.pk)
    assert not MembershipCategory.objects.filter(pk=fresh.pk).exists()
    used = world.membership.category_id
    assert not undo_of(seats, record, used).decision
    event = changes(record, used).changes[0].event.pk
    with pytest.raises(DomainError):
        undo(seats=seats, record=record, key=used, event=event)
    assert MembershipCategory.objects.filter(pk=used).exists()


def test_a_change_that_is_no_longer_the_newest_is_not_taken_back(world: World) -> None:
    seats = seats_of_person(world, "manager")
    record = the(MembershipCategory)
    category = world.membership.category
    category.name = "First"
    category.save()
    seen = undo_of(seats, record, category.pk).event
    category.name = "Second"
    category.save()
    assert seen is not None
    with pytest.raises(DomainError):
        undo(seats=seats, record=record, key=category.pk, event=seen.pk)
    category.refresh_from_db()
    assert category.name == "Second"


def test_undo_breaks_no_constraint(world: World) -> None:
    """The old name has been given to another category since."""
    seats = seats_of_person(world, "manager")
    record = the(MembershipCategory)
    category = world.membership.category
    category.name = "Renamed"
    category.save()
    MembershipCategory.objects.create(cluster=world.alpha, name="Member")
    plan = undo_of(seats, record, category.pk)
    assert plan.event is not None
    with pytest.raises(DomainError):
        undo(seats=seats, record=record, key=category.pk, event=plan.event.pk)
    category.refresh_from_db()
    assert category.name == "Renamed"


@pytest.mark.parametrize("person", ["observer", "programme_manager", "other_manager", "member"])
def test_only_who_may_change_a_row_takes_its_change_back(world: World, person: str) -> None:
    seats_of_person(world, "manager")
    world.membership.source = "changed"
    world.membership.save()
    seats = seats_of_person(world, person)
    plan = undo_of(seats, the(Membership), world.membership.pk)
    assert not plan.decision
    assert str(plan.decision.reason)
    with pytest.raises((DomainError, PermissionDenied)):
        undo(seats=seats, record=the(Membership), key=world.membership.pk, event=1)
    seats_of_person(world, "manager")
    assert Membership.objects.get(pk=world.membership.pk).source == "changed"


def address(world: World, undoing: str = "") -> str:
    return f"/history/members/membership/{world.membership.pk}/{undoing}"


def test_the_pages_of_the_past_open_for_its_people_alone(world: World, client: Client) -> None:
    for person, status in [("manager", 200), ("other_manager", 404), ("stranger", 404)]:
        client.force_login(world.people[person])
        assert client.get(address(world)).status_code == status
        assert client.get(address(world, "undo/")).status_code == status


def test_the_past_of_an_account_is_for_the_person_alone(world: World, client: Client) -> None:
    page = f"/history/platform/user/{world.people['staff'].pk}/"
    client.force_login(world.people["manager"])
    assert client.get(page).status_code == 404
    client.force_login(world.people["staff"])
    assert client.get(page).status_code == 200


def test_the_panel_stands_on_the_page_of_a_member_and_undo_works_there(
    world: World, client: Client
) -> None:
    client.force_login(world.people["manager"])
    seats_of_person(world, "manager")
    world.membership.source = "a slip of the finger"
    world.membership.save()
    page = client.get(f"/members/alpha/{world.membership.pk}/")
    assert f'hx-get="{address(world)}"' in page.text
    panel = client.get(address(world), headers={"HX-Request": "true", "HX-Target": "past"})
    assert "a slip of the finger" in panel.text
    assert address(world, "undo/") in panel.text
    assert "<h1" not in panel.text
    seats = seats_of_person(world, "manager")
    event = undo_of(seats, the(Membership), world.membership.pk).event
    assert event is not None
    answer = client.post(address(world, "undo/"), {"event": event.pk}, follow=True)
    assert answer.status_code == 200
    seats_of_person(world, "manager")
    assert Membership.objects.get(pk=world.membership.pk).source == "test"
    again = client.post(address(world, "undo/"), {"event": event.pk})
    assert again.status_code == 409


@pytest.mark.parametrize(
    "query",
    [
        "?day=tomorrow",
        "?day=2999-01-01",
        "?day=",
        "?after=nonsense",
        "?after=2020-01-01T00:00:00%2B00:00~x~99999999999999999999999",
        "?after=2020-99-01T00:00:00~x~1",
    ],
)
def test_a_wrong_query_gets_an_answer_and_no_error(
    world: World, client: Client, query: str
) -> None:
    client.force_login(world.people["manager"])
    expected = 422 if "day=" in query else 200
    assert client.get(address(world) + query).status_code == expected


def test_who_may_not_see_the_past_of_a_row_is_offered_no_panel(
    world: World, client: Client
) -> None:
    reading = PublishedReading.objects.filter(cluster=world.alpha).get()
    page = f"/programme/figures/{reading.pk}/"
    for person, is_offered in [("manager", True), ("stranger", False)]:
        client.force_login(world.people[person])
        assert ('id="past"' in client.get(page).text) == is_offered
