"""Contacts that are one person: found, merged with all that was theirs, and taken apart again."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.directory.duplicates.holding import seen_of
from clusterwerk.directory.duplicates.searching import call_distinct
from clusterwerk.directory.models import Merge
from clusterwerk.members.duplicates.finding import SUBJECT, alike, find_pairs, pairs
from clusterwerk.members.duplicates.merging import (
    COMPARED,
    merge_contacts,
    separate_contacts,
    survivor_of,
)
from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomField,
    CustomValue,
    Interaction,
    InteractionParty,
    KnownAddress,
    Position,
    Task,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats


@pytest.fixture
def seats(world: World) -> Seats:
    found = Seats(actor=7, held=cluster_seats(world.alpha).held)
    enter(found)
    return found


def contact(world: World, **facts: Any) -> Contact:
    return Contact.objects.create(cluster=world.alpha, source="test", **facts)


def consent(of: Contact, state: str, day: date, purpose: str = "newsletter") -> Consent:
    return Consent.objects.create(
        cluster_id=of.cluster_id,
        contact=of,
        purpose=purpose,
        state=state,
        said_on=day,
        way="written",
    )


def works(world: World, who: Contact, **facts: Any) -> Position:
    period = facts.pop("period", DateRange(date(2018, 1, 1), None))
    return Position.objects.create(
        cluster=world.alpha, contact=who, organisation=world.company, period=period, **facts
    )


def said(of: Contact) -> list[tuple[str, str]]:
    rows = Consent.objects.filter(contact=of).order_by("purpose")
    return list(rows.values_list("purpose", "state"))


def test_pairs_of_the_own_contacts_are_kept_with_their_reasons(world: World, seats: Seats) -> None:
    one = contact(world, first_name="An", last_name="Peeters", email="an@works.example")
    other = contact(world, first_name="Ann", last_name="Peeters", email="a.n+x@works.example")
    contact(world, first_name="Tom", last_name="Maes", archived_on=date(2020, 1, 1))
    contact(world, first_name="Tom", last_name="Maes")
    enter(cluster_seats(world.beta))
    Contact.objects.create(cluster=world.beta, first_name="An", last_name="Peeters", source="test")
    enter(seats)
    assert find_pairs(seats=seats, cluster=world.alpha.pk) == 1
    (pair,) = pairs(world.alpha)
    assert (pair.losing, pair.keeping, pair.score) == (other, one, 100)
    assert [str(reason) for reason in pair.reasons] == [
        "the same mailbox",
        "first names that one person may go by",
        "addresses of one company",
    ]


def test_those_that_somebody_called_different_are_not_asked_again(
    world: World, seats: Seats
) -> None:
    one, other = (contact(world, first_name="An", last_name="Peeters") for _each in range(2))
    assert [each.contact for each in alike(world.alpha.pk, one)] == [other]
    call_distinct(seats=seats, cluster=world.alpha.pk, one=one.pk, other=other.pk, subject=SUBJECT)
    assert find_pairs(seats=seats, cluster=world.alpha.pk) == 0
    assert alike(world.alpha.pk, one) == []


def rows_of_somebody(world: World, who: Contact) -> dict[str, int]:
    """One row of each kind that hangs on a contact."""
    own = {"cluster": world.alpha, "contact": who}
    talk = Interaction.objects.create(cluster=world.alpha, kind="call", subject="Hello")
    activity = Activity.objects.create(
        cluster=world.alpha, name=f"Visit {who.pk}", day=date(2020, 1, 1), source="test"
    )
    field = CustomField.objects.create(
        cluster=world.alpha, subject="contact", key=f"k{who.pk}", label="Diet", kind="text"
    )
    made = (
        works(world, who, role="finance"),
        Task.objects.create(title="Call", **own),
        InteractionParty.objects.create(interaction=talk, **own),
        Attendance.objects.create(activity=activity, source="test", **own),
        CustomValue.objects.create(field=field, value="no fish", **own),
        KnownAddress.objects.create(email="an@home.example", **own),
    )
    return {type(row)._meta.label: row.pk for row in made}


def holders(rows: dict[str, int]) -> set[int]:
    models = (Position, Task, InteractionParty, Attendance, CustomValue, KnownAddress)
    return {
        model._base_manager.values_list("contact_id", flat=True).get(pk=rows[model._meta.label])
        for model in models
    }


def test_everything_follows_and_comes_back(world: World, seats: Seats) -> None:
    gone = contact(world, first_name="An", email="an@old.example", phone="+3292223344")
    kept = contact(world, last_name="Peeters", email="an@new.example", note="Knows everybody")
    rows = rows_of_somebody(world, gone)
    chosen = {"first_name": "losing", "phone": "losing", "email": "keeping"}
    made = merge_contacts(seats=seats, losing=gone, keeping=kept, chosen=chosen)
    kept.refresh_from_db()
    assert (str(kept), kept.email, kept.phone) == ("An Peeters", "an@new.example", "+3292223344")
    assert holders(rows) == {kept.pk}
    assert KnownAddress.objects.get(email="an@old.example").contact == kept
    assert survivor_of(world.alpha.pk, gone.pk) == kept.pk
    assert separate_contacts(seats=seats, merge=made) == []
    assert holders(rows) == {gone.pk}
    back, kept = Contact.objects.get(pk=gone.pk), Contact.objects.get(pk=kept.pk)
    assert (back.first_name, back.email, kept.first_name) == ("An", "an@old.example", "")
    assert not KnownAddress.objects.filter(email="an@old.example").exists()
    assert survivor_of(world.alpha.pk, gone.pk) is None


def test_the_address_may_come_from_the_one_that_goes_with_what_came_back(
    world: World, seats: Seats
) -> None:
    gone = contact(world, first_name="An", email="an@new.example", bounced_on=date(2024, 1, 1))
    kept = contact(world, first_name="An", email="an@old.example", note="one")
    gone.note = "two"
    gone.save()
    made = merge_contacts(
        seats=seats, losing=gone, keeping=kept, chosen={"email": "losing", "note": "both"}
    )
    kept.refresh_from_db()
    assert (kept.email, kept.bounced_on) == ("an@new.example", date(2024, 1, 1))
    assert kept.note == "one\n\ntwo"
    assert KnownAddress.objects.get(email="an@old.example").contact == kept
    assert separate_contacts(seats=seats, merge=made) == []
    kept.refresh_from_db()
    assert (kept.email, kept.bounced_on, kept.note) == ("an@old.example", None, "one")


@pytest.mark.parametrize("losing_refused", [True, False])
def test_what_one_withdrew_holds_for_both_however_old(
    world: World, seats: Seats, *, losing_refused: bool
) -> None:
    gone, kept = contact(world, first_name="An"), contact(world, first_name="An")
    refused, agreed = (gone, kept) if losing_refused else (kept, gone)
    consent(refused, "withdrawn", date(2019, 1, 1))
    consent(agreed, "given", date(2023, 1, 1))
    consent(gone, "given", date(2023, 1, 1), "photos")
    made = merge_contacts(seats=seats, losing=gone, keeping=kept, chosen={})
    assert said(kept) == [("newsletter", "withdrawn"), ("photos", "given")]
    assert separate_contacts(seats=seats, merge=made) == []
    assert ("newsletter", "given") in said(agreed)
    assert ("newsletter", "withdrawn") in said(refused)


def test_what_was_withdrawn_after_the_merge_is_withdrawn_by_both(
    world: World, seats: Seats
) -> None:
    gone, kept = contact(world, first_name="An"), contact(world, first_name="An")
    for who in (gone, kept):
        consent(who, "given", date(2019, 1, 1))
    made = merge_contacts(seats=seats, losing=gone, keeping=kept, chosen={})
    Consent.objects.filter(contact=kept).update(state="withdrawn", said_on=date(2024, 1, 1))
    separate_contacts(seats=seats, merge=made)
    assert said(kept) == said(Contact.objects.get(pk=gone.pk)) == [("newsletter", "withdrawn")]


def test_the_same_role_at_one_organisation_is_one_position(world: World, seats: Seats) -> None:
    gone, kept = contact(world, first_name="An"), contact(world, first_name="An")
    works(world, gone, role="finance", title="Head", period=DateRange(date(2015, 1, 1), None))
    stays = works(world, kept, role="finance")
    made = merge_contacts(seats=seats, losing=gone, keeping=kept, chosen={})
    stays.refresh_from_db()
    assert (stays.period.lower, stays.title) == (date(2015, 1, 1), "Head")
    assert Position.objects.filter(contact=kept).count() == 1
    assert separate_contacts(seats=seats, merge=made) == []
    assert Position.objects.get(contact=gone.pk).title == "Head"


def test_a_merge_is_taken_back_before_the_one_before_it(world: World, seats: Seats) -> None:
    one, two, three = (contact(world, first_name="An") for _each in range(3))
    first = merge_contacts(seats=seats, losing=one, keeping=two, chosen={})
    second = merge_contacts(seats=seats, losing=two, keeping=three, chosen={})
    assert survivor_of(world.alpha.pk, one.pk) == three.pk
    with pytest.raises(DomainError, match="take back the later merge first"):
        separate_contacts(seats=seats, merge=first)
    separate_contacts(seats=seats, merge=second)
    separate_contacts(seats=seats, merge=first)
    assert Contact.objects.filter(pk__in=[one.pk, two.pk, three.pk]).count() == 3


def test_who_cannot_stand_again_stays_merged(world: World, seats: Seats) -> None:
    gone = contact(world, first_name="An", email="an@old.example")
    kept = contact(world, first_name="An")
    made = merge_contacts(seats=seats, losing=gone, keeping=kept, chosen={})
    contact(world, first_name="Somebody", email="an@old.example")
    with pytest.raises(DomainError, match="another contact has its address by now"):
        separate_contacts(seats=seats, merge=made)
    made.refresh_from_db()
    assert made.undone_at is None
    assert survivor_of(world.alpha.pk, gone.pk) == kept.pk


def test_what_changed_while_two_were_compared_is_looked_at_again(
    world: World, seats: Seats
) -> None:
    gone, kept = contact(world, first_name="An"), contact(world, first_name="An")
    seen = seen_of((gone, kept), COMPARED)
    Contact.objects.filter(pk=kept.pk).update(mobile="+32470112233")
    with pytest.raises(DomainError, match="Somebody changed one of the two"):
        merge_contacts(seats=seats, losing=gone, keeping=kept, chosen={}, seen=seen)
    assert Contact.objects.filter(pk=gone.pk).exists()


def test_real_and_invented_kept_and_archived_stay_apart(world: World, seats: Seats) -> None:
    real, invented = contact(world, first_name="An"), contact(world, first_name="An", is_demo=True)
    archived = contact(world, first_name="An", archived_on=date(2020, 1, 1))
    for losing, keeping, words in (
        (real, invented, "An invented contact"),
        (real, archived, "no longer kept in lists"),
        (real, real, "Choose two different"),
    ):
        with pytest.raises(DomainError, match=words):
            merge_contacts(seats=seats, losing=losing, keeping=keeping, chosen={})
    merge_contacts(seats=seats, losing=archived, keeping=real, chosen={})
    assert Merge.objects.filter(subject=SUBJECT).count() == 1


@pytest.mark.parametrize("role", [SeatRole.STAFF, SeatRole.FINANCE, SeatRole.OBSERVER])
def test_only_a_manager_merges_contacts(world: World, seats: Seats, role: SeatRole) -> None:
    gone, kept = contact(world, first_name="An"), contact(world, first_name="An")
    others = cluster_seats(world.alpha, role)
    enter(others)
    with pytest.raises(PermissionDenied):
        merge_contacts(seats=others, losing=gone, keeping=kept, chosen={})
    enter(seats)
    assert Contact.objects.filter(pk=gone.pk).exists()
