"""What stays when a move is taken back, and what stays with it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from clusterwerk.directory.actions import publish_organisation
from clusterwerk.directory.models import Organisation, OrganisationIdentifier
from clusterwerk.members.models import (
    Contact,
    Contribution,
    CustomField,
    CustomValue,
    FieldKind,
    FieldSubject,
    Interaction,
    InteractionParty,
    Membership,
    MembershipCategory,
    Move,
    Position,
    SizeStatement,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.members.moving_in import undoing
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from factories.moving import moved
from factories.world import World

MEMBERS = (
    b"Naam;Ondernemingsnummer;Lid sinds;Bijdrage;Aantal werknemers\n"
    b"Vexotron;0400.000.185;1/2/2020;500;7\nLumiflux;;1/2/2021;250;40\n"
)
PEOPLE = (
    b"E-mail;Voornaam;Achternaam;Functie;Bedrijf\n"
    b"an@vexo.example;An;Adam;Directeur;Vexotron\nbo@lumi.example;Bo;Boon;Inkoper;Lumiflux\n"
)


@pytest.fixture
def before(world: World, seats: Seats) -> dict[str, set[Any]]:
    """What stood there before the move."""
    return stood()


@pytest.fixture
def move(before: dict[str, set[Any]], world: World, seats: Seats) -> Move:
    """Two members with a contact each, imported."""
    made = moved(seats, world.alpha, leden_csv=MEMBERS, contacten_csv=PEOPLE)
    import_move(seats=seats, move=made)
    return made


def stood() -> dict[str, set[Any]]:
    """All rows that a move may bring, by table, in words."""
    told: dict[type[Model], tuple[str, ...]] = {
        Organisation: ("name",),
        OrganisationIdentifier: ("organisation__name", "value"),
        SizeStatement: ("organisation__name", "headcount"),
        TagUse: ("organisation__name", "tag__name"),
        CustomValue: ("organisation__name", "contact__email", "value"),
        Membership: ("organisation__name", "period__startswith"),
        Contribution: ("organisation__name", "amount"),
        Contact: ("email",),
        Position: ("contact__email", "organisation__name", "title"),
        Interaction: ("subject",),
        InteractionParty: ("interaction__subject", "contact__email", "organisation__name"),
    }
    return {
        model.__name__: set(model._default_manager.order_by().values_list(*names))
        for model, names in told.items()
    }


def left(before: dict[str, set[Any]]) -> dict[str, set[Any]]:
    """What stands there more than before."""
    return {name: rows - before[name] for name, rows in stood().items() if rows - before[name]}


def by_hand(seats: Seats) -> None:
    enter(seats, reason="by hand")


def as_move(seats: Seats, move: Move) -> None:
    """What follows stands in the history as if the move had written it."""
    enter(seats, reason=move.reason)


def asked(world: World, **about: Any) -> Task:
    """Somebody of the team has something to do with it."""
    return Task.objects.create(
        cluster=world.alpha, title="Call", owner=world.people["manager"], due_on=date(2024, 1, 1),
        **about,
    )  # fmt: skip


def test_a_contact_that_stays_keeps_its_position_and_own_values(
    world: World, seats: Seats, before: dict[str, set[Any]], move: Move
) -> None:
    by_hand(seats)
    contact = Contact.objects.get(email="an@vexo.example")
    field = CustomField.objects.create(
        cluster=world.alpha,
        subject=FieldSubject.CONTACT,
        key="diet",
        label="Diet",
        kind=FieldKind.TEXT,
    )
    as_move(seats, move)
    for person in (contact, Contact.objects.get(email="bo@lumi.example")):
        CustomValue.objects.create(cluster=world.alpha, field=field, contact=person, value="none")
    by_hand(seats)
    asked(world, contact=contact)
    undone = undo_move(seats=seats, move=move)
    assert undone["kept"] == [
        "Contact: An Adam (something else refers to it)",
        "Organisation: Vexotron (something else refers to it)",
    ]
    assert left(before) == {
        "Organisation": {("Vexotron",)},
        "OrganisationIdentifier": {("Vexotron", "0400000185")},
        "SizeStatement": {("Vexotron", 7)},
        "CustomValue": {(None, "an@vexo.example", "none")},
        "Contact": {("an@vexo.example",)},
        "Position": {("an@vexo.example", "Vexotron", "Directeur")},
    }


def test_a_contact_that_was_there_before_loses_what_the_move_gave_it(
    world: World, seats: Seats, before: dict[str, set[Any]]
) -> None:
    by_hand(seats)
    contact = Contact.objects.create(
        cluster=world.alpha, last_name="Adam", email="an@vexo.example", source="test"
    )
    asked(world, contact=contact)
    move = moved(seats, world.alpha, contacten_csv=PEOPLE)
    import_move(seats=seats, move=move)
    assert Position.objects.filter(contact=contact).count() == 1
    undone = undo_move(seats=seats, move=move)
    assert undone["kept"] == []
    assert left(before) == {"Contact": {("an@vexo.example",)}}


def test_an_organisation_that_stays_keeps_its_number_size_and_tags_but_no_membership(
    world: World, seats: Seats, before: dict[str, set[Any]], move: Move
) -> None:
    organisation = Organisation.objects.get(name="Vexotron")
    as_move(seats, move)
    tag = Tag.objects.create(cluster=world.alpha, name="Founder")
    for firm in (organisation, Organisation.objects.get(name="Lumiflux")):
        TagUse.objects.create(cluster=world.alpha, tag=tag, organisation=firm)
    by_hand(seats)
    asked(world, organisation=organisation)
    undone = undo_move(seats=seats, move=move)
    assert sorted(undone["kept"]) == [
        "Organisation: Vexotron (something else refers to it)",
        "Tag: Founder (something else refers to it)",
    ]
    assert left(before) == {
        "Organisation": {("Vexotron",)},
        "OrganisationIdentifier": {("Vexotron", "0400000185")},
        "SizeStatement": {("Vexotron", 7)},
        "TagUse": {("Vexotron", "Founder")},
    }


def test_a_membership_that_stays_keeps_its_amount_and_its_organisation(
    world: World, seats: Seats, before: dict[str, set[Any]], move: Move
) -> None:
    by_hand(seats)
    category = MembershipCategory.objects.create(cluster=world.alpha, name="Founder")
    Membership.objects.filter(organisation__name="Vexotron").update(category=category)
    undone = undo_move(seats=seats, move=move)
    assert undone["kept"] == [
        "Membership: Vexotron (changed since)",
        "Organisation: Vexotron (something else refers to it)",
    ]
    assert left(before) == {
        "Organisation": {("Vexotron",)},
        "OrganisationIdentifier": {("Vexotron", "0400000185")},
        "SizeStatement": {("Vexotron", 7)},
        "Membership": {("Vexotron", date(2020, 2, 1))},
        "Contribution": {("Vexotron", Decimal("500.00"))},
    }


def test_a_note_that_stays_keeps_whom_it_was_with(
    world: World, seats: Seats, before: dict[str, set[Any]]
) -> None:
    notes = (
        b"Datum;Soort;Onderwerp;Notitie;E-mail;Bedrijf\n"
        b"2024-03-01;nota;Visit;Seen;an@vexo.example;Vexotron\n"
        b"2024-03-02;nota;Call;Heard;bo@lumi.example;Lumiflux\n"
    )
    move = moved(seats, world.alpha, contacten_csv=PEOPLE, notities_csv=notes)
    import_move(seats=seats, move=move)
    by_hand(seats)
    Interaction.objects.filter(subject="Visit").update(body="Seen at last")
    undo_move(seats=seats, move=move)
    assert left(before) == {
        "Organisation": {("Vexotron",)},
        "Contact": {("an@vexo.example",)},
        "Position": {("an@vexo.example", "Vexotron", "Directeur")},
        "Interaction": {("Visit",)},
        "InteractionParty": {("Visit", "an@vexo.example", "Vexotron")},
    }


def test_an_organisation_that_was_published_since_stays_with_its_number(
    world: World, seats: Seats, before: dict[str, set[Any]], move: Move
) -> None:
    by_hand(seats)
    publish_organisation(seats=seats, organisation=Organisation.objects.get(name="Vexotron"))
    undone = undo_move(seats=seats, move=move)
    assert "Organisation: Vexotron (changed since)" in undone["kept"]
    assert left(before) == {
        "Organisation": {("Vexotron",)},
        "OrganisationIdentifier": {("Vexotron", "0400000185")},
        "SizeStatement": {("Vexotron", 7)},
    }
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_a_category_goes_when_the_members_that_a_move_gave_it_go_back(
    world: World, seats: Seats, move: Move
) -> None:
    before = set(MembershipCategory.objects.values_list("name"))
    text = b"Naam;Lid sinds;Lidmaatschap\nVexotron;1/2/2020;Partner\nLumiflux;1/2/2021;Partner\n"
    second = moved(seats, world.alpha, leden_csv=text)
    import_move(seats=seats, move=second)
    assert ("Partner",) in set(MembershipCategory.objects.values_list("name"))
    undone = undo_move(seats=seats, move=second)
    assert (undone["kept"], undone["restored"]) == ([], 2)
    assert set(MembershipCategory.objects.values_list("name")) == before


def test_what_stays_is_counted_whole_and_told_in_part(
    seats: Seats, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One contact and its position changed, so their organisation stays; the other was deleted."""
    monkeypatch.setattr(undoing, "MOST_TOLD", 2)
    by_hand(seats)
    Contact.objects.filter(email="an@vexo.example").update(first_name="Anna")
    Position.objects.filter(contact__email="an@vexo.example").update(title="Chair")
    gone = Contact.objects.get(email="bo@lumi.example")
    Position.objects.filter(contact=gone).delete()
    gone.delete()
    undone = undo_move(seats=seats, move=move)
    assert (undone["kept_count"], len(undone["kept"])) == (3, 2)
