"""Contacts, positions and consent: what is refused, and what one change does to another."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.members.actions import (
    ContactFacts,
    KnownAddressError,
    NewPosition,
    Said,
    add_contact,
    add_contacts,
    add_position,
    add_positions,
    archive_contact,
    change_contact,
    change_position,
    end_position,
    move_contact,
    record_consent,
    record_consents,
    restore_contact,
)
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    Position,
    PositionRole,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

DAY = date(2020, 1, 31)


@pytest.fixture
def seats(world: World) -> Seats:
    entered = cluster_seats(world.alpha)
    enter(entered)
    return entered


def lena(world: World) -> Contact:
    return Contact.objects.get(cluster=world.alpha)


def test_addresses_are_written_one_way_however_they_were_typed(world: World, seats: Seats) -> None:
    typed = ContactFacts(
        first_name=" An ", last_name="Peeters", email=" An@Works.EXAMPLE ", phone="09 222 33 44",
        mobile="+31 6 12345678",
    )  # fmt: skip
    contact = add_contact(seats=seats, cluster=world.alpha, new=typed)
    contact.refresh_from_db()
    assert (contact.email, contact.phone, contact.mobile) == (
        "an@works.example",
        "+3292223344",
        "+31612345678",
    )
    assert (str(contact), contact.name_sort) == ("An Peeters", "peeters an")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (ContactFacts(last_name="X", email="an.example"), "no e-mail address"),
        (ContactFacts(last_name="X", phone="12"), "no telephone number"),
        (ContactFacts(last_name="X", phone="ring me"), "no telephone number"),
        (ContactFacts(), "name or an e-mail address"),
    ],
)
def test_what_cannot_be_an_address_is_refused_in_words(
    world: World, seats: Seats, typed: ContactFacts, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        add_contact(seats=seats, cluster=world.alpha, new=typed)
    assert Contact.objects.count() == 1


def test_an_address_is_of_one_living_contact_of_the_cluster(world: World, seats: Seats) -> None:
    again = ContactFacts(last_name="Other", email="LENA@alpha.example")
    with pytest.raises(KnownAddressError) as refused:
        add_contact(seats=seats, cluster=world.alpha, new=again)
    known = lena(world)
    assert refused.value.contact == known
    with pytest.raises(DomainError):
        add_contacts(seats=seats, cluster=world.alpha, new=[again])
    archive_contact(seats=seats, contact=known, on=DAY)
    other = add_contact(seats=seats, cluster=world.alpha, new=again)
    with pytest.raises(KnownAddressError) as refused:
        restore_contact(seats=seats, contact=known)
    assert refused.value.contact == other


def test_another_cluster_knows_the_same_person_by_a_row_of_its_own(world: World) -> None:
    enter(cluster_seats(world.beta))
    same = ContactFacts(last_name="Écluse", email="lena@alpha.example")
    add_contact(seats=cluster_seats(world.beta), cluster=world.beta, new=same)
    assert set(Contact.objects.values_list("cluster", flat=True)) == {world.beta.pk}


def test_a_change_to_the_address_of_another_is_refused_and_changes_nothing(
    world: World, seats: Seats
) -> None:
    other = add_contact(
        seats=seats, cluster=world.alpha, new=ContactFacts(last_name="Other", email="o@x.example")
    )
    with pytest.raises(KnownAddressError):
        change_contact(seats=seats, contact=other, email="lena@alpha.example")
    other.refresh_from_db()
    assert other.email == "o@x.example"
    assert change_contact(seats=seats, contact=other, email="", last_name="Moved")
    assert not change_contact(seats=seats, contact=other, email="", last_name="Moved")


def test_one_person_serves_two_organisations_but_not_twice_in_one_role(
    world: World, seats: Seats
) -> None:
    new = NewPosition(lena(world), world.rival, role=PositionRole.TECHNICAL, first_day=DAY)
    add_position(seats=seats, new=new)
    assert Position.objects.count() == 2
    with pytest.raises(DomainError, match="already has this role"):
        add_position(seats=seats, new=new)
    with pytest.raises(DomainError, match="already has this role"):
        add_positions(seats=seats, cluster=world.alpha, new=[new])
    add_position(
        seats=seats,
        new=NewPosition(lena(world), world.rival, role=PositionRole.FINANCE, first_day=DAY),
    )
    assert Position.objects.count() == 3


def test_a_new_main_contact_takes_that_from_the_one_before(world: World, seats: Seats) -> None:
    first = Position.objects.get(is_main=True)
    an = add_contact(seats=seats, cluster=world.alpha, new=ContactFacts(first_name="An"))
    second = add_position(
        seats=seats, new=NewPosition(an, world.company, is_main=True, first_day=DAY)
    )
    first.refresh_from_db()
    assert (first.is_main, second.is_main) == (False, True)
    change_position(seats=seats, position=first, is_main=True)
    second.refresh_from_db()
    assert second.is_main is False


def test_a_contact_who_leaves_for_another_organisation_keeps_the_past(
    world: World, seats: Seats
) -> None:
    old = Position.objects.get()
    new = NewPosition(lena(world), world.rival, title="Director", first_day=DAY)
    moved = move_contact(seats=seats, position=old, new=new, on=DAY)
    old.refresh_from_db()
    assert old.period == DateRange(date(2018, 1, 1), DAY)
    assert moved.period == DateRange(DAY, None)


def test_a_position_does_not_end_before_it_begins(world: World, seats: Seats) -> None:
    old = Position.objects.get()
    with pytest.raises(DomainError, match="later day"):
        end_position(seats=seats, position=old, on=date(2018, 1, 1))
    with pytest.raises(DomainError, match="first day before its last"):
        add_position(
            seats=seats,
            new=NewPosition(lena(world), world.rival, first_day=DAY, last_day=DAY),
        )
    old.refresh_from_db()
    assert (Position.objects.count(), old.period.upper) == (1, None)


def test_who_is_archived_has_no_position_any_more(world: World, seats: Seats) -> None:
    archive_contact(seats=seats, contact=lena(world), on=DAY)
    assert not Position.objects.on(DAY).exists()
    assert not Contact.objects.living().exists()


def said(world: World, day: date, state: ConsentState) -> Said:
    return Said(lena(world), ConsentPurpose.NEWSLETTER, state, day, ConsentWay.WRITTEN, "letter")


def test_what_was_said_last_of_a_purpose_counts_and_what_was_before_is_kept(
    world: World, seats: Seats
) -> None:
    kept, is_changed = record_consent(seats=seats, said=said(world, DAY, ConsentState.WITHDRAWN))
    assert (kept.state, is_changed) == ("withdrawn", True)
    assert record_consent(seats=seats, said=said(world, DAY, ConsentState.WITHDRAWN))[1] is False
    with pytest.raises(DomainError, match="later"):
        record_consent(seats=seats, said=said(world, date(2019, 1, 1), ConsentState.GIVEN))
    assert Consent.objects.get().state == "withdrawn"
    past = Consent.objects.get().past  # type: ignore[attr-defined] # made by the tracking
    assert list(past.values_list("state", flat=True)) == [
        "given",
        "withdrawn",
    ]


def test_an_import_leaves_what_was_said_later(world: World, seats: Seats) -> None:
    early, late = date(2017, 1, 1), date(2021, 1, 1)
    old = [said(world, early, ConsentState.REFUSED)]
    assert record_consents(seats=seats, cluster=world.alpha, said=old) == []
    new = [
        said(world, late, ConsentState.WITHDRAWN),
        Said(lena(world), ConsentPurpose.PHOTOS, ConsentState.GIVEN, late, ConsentWay.SPOKEN),
    ]
    assert len(record_consents(seats=seats, cluster=world.alpha, said=new)) == 2
    states = dict(Consent.objects.values_list("purpose", "state"))
    assert states == {"newsletter": "withdrawn", "photos": "given"}


@pytest.mark.parametrize("role", [SeatRole.OBSERVER])
def test_who_only_reads_changes_no_contact(world: World, role: SeatRole) -> None:
    seats = cluster_seats(world.alpha, role)
    enter(seats)
    contact = lena(world)
    with pytest.raises(PermissionDenied):
        add_contact(seats=seats, cluster=world.alpha, new=ContactFacts(last_name="New"))
    with pytest.raises(PermissionDenied):
        change_contact(seats=seats, contact=contact, last_name="Changed")
    with pytest.raises(PermissionDenied):
        record_consent(seats=seats, said=said(world, DAY, ConsentState.WITHDRAWN))
    contact.refresh_from_db()
    assert (Contact.objects.count(), contact.last_name) == (1, "Écluse")
    assert Consent.objects.get().state == "given"


def test_positions_of_contacts_of_another_cluster_are_refused(world: World, seats: Seats) -> None:
    own = lena(world)
    enter(cluster_seats(world.beta))
    with pytest.raises(DomainError, match="another cluster"):
        add_positions(
            seats=cluster_seats(world.beta),
            cluster=world.beta,
            new=[NewPosition(own, world.rival)],
        )
