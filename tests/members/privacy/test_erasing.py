"""A cluster's manager erases a contact: the person goes everywhere, what happened stays."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomField,
    CustomValue,
    Expectation,
    Interaction,
    InteractionKind,
    InteractionParty,
    KnownAddress,
    MoveRow,
    Position,
    Suppression,
    Task,
)
from clusterwerk.members.privacy import suppressed
from clusterwerk.members.privacy.erasing import erase_contact, reaching
from clusterwerk.members.privacy.naming import texts_about
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasing import erase_again
from clusterwerk.platform.history.personal import Subject
from clusterwerk.platform.history.verifying import verify
from clusterwerk.platform.models import Erasure
from factories.seals import rows, seal_and_cut
from factories.world import STEWARD, World, cluster_seats

TODAY = date(2026, 11, 22)
EMAIL = "lena@alpha.example"


def manager(world: World) -> Seats:
    enter(Seats(actor=world.people["manager"].pk))
    seats = seats_for(world.people["manager"].pk)
    enter(seats)
    return seats


def lena(world: World) -> Contact:
    """With something of hers in every table."""
    manager(world)
    own = {"cluster": world.alpha}
    contact = Contact.objects.get(email=EMAIL)
    Consent.objects.filter(contact=contact).update(state="withdrawn")
    talk = Interaction.objects.create(
        **own,
        kind=InteractionKind.MEETING,
        happened_at=datetime(2019, 5, 6, 9, tzinfo=UTC),
        subject="Lunch with Lena",
        body="Lena wants a partner.",
    )
    InteractionParty.objects.create(
        **own, interaction=talk, organisation=world.company, contact=contact
    )
    Expectation.objects.create(
        **own,
        organisation=world.company,
        contact=contact,
        said_on=date(2019, 5, 6),
        text="Find a partner",
    )
    Task.objects.create(**own, title="Call Lena Écluse", contact=contact)
    Task.objects.create(**own, title=f"Write to {EMAIL}")
    field = CustomField.objects.create(
        **own, subject="contact", key="diet", label="Diet", kind="text"
    )
    value = CustomValue.objects.create(**own, field=field, contact=contact, value="no fish")
    value.delete()
    KnownAddress.objects.create(**own, email="lena@home.example", contact=contact)
    MoveRow.objects.update(cells=["Lena", EMAIL])
    evening = Activity.objects.get(cluster=world.alpha, name="Network evening")
    Attendance.objects.create(**own, activity=evening, contact=contact, source="test")
    Attendance.objects.create(
        **own, activity=evening, printed_name="L. Écluse", email=EMAIL, source="test"
    )
    return contact


def naming(contact: Contact) -> set[str]:
    return {text.key for text in texts_about(contact) if text.names}


def erase_lena(world: World, *, rehearse: bool = False) -> Contact:
    contact = lena(world)
    seats = manager(world)
    erase_contact(
        seats=seats,
        contact=contact,
        reason="asked for it",
        on=TODAY,
        emptied=naming(contact),
        rehearse=rehearse,
    )
    return contact


def test_the_person_is_gone_and_what_happened_stays(world: World) -> None:
    contact = erase_lena(world)
    contact.refresh_from_db()
    assert (str(contact), contact.email, contact.note) == ("—", "", "")
    assert contact.archived_on is not None
    for model in (Consent, Position, CustomValue):
        assert not model._default_manager.filter(contact=contact).exists()
    assert not KnownAddress.objects.filter(contact=contact).exists()
    talk = Interaction.objects.get(happened_at=datetime(2019, 5, 6, 9, tzinfo=UTC))
    assert (talk.kind, talk.subject, talk.body) == ("meeting", "—", "")
    (party,) = InteractionParty.objects.filter(interaction=talk)
    assert (party.organisation, party.contact) == (world.company, None)
    assert Expectation.objects.get(said_on=date(2019, 5, 6)).text == "Find a partner"
    assert list(Task.objects.filter(title="—").values_list("contact", flat=True)) == [None, None]
    assert MoveRow.objects.get().cells == []


def test_who_was_there_is_counted_on_without_the_person(world: World) -> None:
    contact = erase_lena(world)
    found = Attendance.objects.filter(cluster=world.alpha)
    assert found.count() == 3
    assert not found.filter(contact=contact).exists()
    assert set(found.values_list("email", flat=True)) == {""}
    assert found.filter(printed_name__startswith="— ").count() == 2


@pytest.mark.usefixtures("owner")
def test_the_past_holds_nothing_of_the_person_and_still_verifies(world: World) -> None:
    contact = lena(world)
    enter(STEWARD)
    seal_and_cut()
    seats = manager(world)
    keys = naming(contact)
    erase_contact(seats=seats, contact=contact, reason="asked", on=TODAY, emptied=keys)
    enter(STEWARD)
    assert verify().named == []
    seal_and_cut()
    assert (verify().named, verify().erasures) == ([], 1)
    for table in ("members_contactevent", "members_interactionevent", "members_taskevent",
                  "members_customvalueevent", "activities_attendanceevent"):  # fmt: skip
        (found,) = rows(
            f"select count(*) from {table} e where e::text ilike %s and cluster_id = %s",
            "%lena%",
            world.alpha.pk,
        )
        assert found == (0,), table


def test_a_text_that_the_manager_keeps_stays_word_for_word(world: World) -> None:
    contact = lena(world)
    seats = manager(world)
    erase_contact(seats=seats, contact=contact, reason="asked", on=TODAY, emptied=set())
    talk = Interaction.objects.get(happened_at=datetime(2019, 5, 6, 9, tzinfo=UTC))
    assert (talk.subject, talk.body) == ("Lunch with Lena", "Lena wants a partner.")


def test_texts_that_name_the_person_are_found_linked_or_not(world: World) -> None:
    contact = lena(world)
    found = {text.text: text.names for text in texts_about(contact)}
    assert found == {
        "Lunch with Lena\nLena wants a partner.": True,
        "Call Lena Écluse": True,
        f"Write to {EMAIL}": True,
        "First talk": False,
        "Find a partner": False,
    }


def test_a_rehearsal_counts_and_changes_nothing(world: World) -> None:
    contact = erase_lena(world, rehearse=True)
    contact.refresh_from_db()
    assert contact.email == EMAIL
    assert Position.objects.filter(contact=contact).count() == 1
    assert not Suppression.objects.filter(since=TODAY).exists()
    with opened("erasure"):
        assert not Erasure.objects.exists()


def test_the_address_is_recognised_later_and_stands_nowhere(world: World) -> None:
    erase_lena(world)
    rows = Suppression.objects.filter(since=TODAY)
    assert [row.purposes for row in rows] == [["newsletter"]] * 2  # also the one at home
    assert suppressed(world.alpha.pk, ["Lena@Alpha.example", "an@alpha.example"]) == {
        "Lena@Alpha.example": "erased"
    }
    enter(cluster_seats(world.beta))
    assert suppressed(world.beta.pk, [EMAIL]) == {}


@pytest.mark.parametrize("person", ["staff", "observer", "other_manager", "steward", "member"])
def test_nobody_but_the_manager_of_the_cluster_erases(world: World, person: str) -> None:
    contact = lena(world)
    enter(Seats(actor=world.people[person].pk))
    seats = seats_for(world.people[person].pk)
    enter(seats)
    with pytest.raises(PermissionDenied):
        erase_contact(seats=seats, contact=contact, reason="x", on=TODAY, emptied=())
    manager(world)
    assert Contact.objects.get(pk=contact.pk).email == EMAIL


def test_the_database_refuses_to_empty_the_past_of_another_cluster(world: World) -> None:
    enter(cluster_seats(world.beta))
    other = Contact.objects.get(email="lena@beta.example").pk
    manager(world)
    asked = f'{{"members_contactevent": [{other}]}}'
    with (
        opened("erasure"),
        pytest.raises(ProgrammingError, match="holds rows of others"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "select access.erase_history(gen_random_uuid(), 'members.Contact', %s, null, 'x', %s)",
            [other, asked],
        )


def test_nobody_is_erased_twice(world: World) -> None:
    contact = erase_lena(world)
    seats = manager(world)
    with pytest.raises(DomainError, match="already"):
        erase_contact(seats=seats, contact=contact, reason="x", on=TODAY, emptied=())


def test_an_erasure_is_repeated_on_a_restored_back_up(world: World) -> None:
    contact = lena(world)
    subject = Subject.of(contact)
    enter(STEWARD)
    seats = reaching(STEWARD, subject)
    assert seats is not None
    enter(seats)
    with opened("erasure"):
        key = "5f0c6a6e-3df0-4c93-8a4f-0a4d8c2f9b11"
        erase_again(seats=seats, subject=subject, key=key, on=TODAY, first=TODAY)  # type: ignore[arg-type] # the database reads it
    manager(world)
    contact.refresh_from_db()
    assert (str(contact), Task.objects.filter(title="—").count()) == ("—", 2)
