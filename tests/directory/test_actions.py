"""Adding organisations, their identifiers and places to the shared directory."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from clusterwerk.directory import actions
from clusterwerk.directory.actions import NewOrganisation
from clusterwerk.directory.identifiers import demo_number
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    Place,
)
from clusterwerk.directory.places import load_places, read_municipalities
from clusterwerk.directory.queries import organisation_known_as, places_by_nis_code
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY, SeatRole, Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats, organisation_seats

NUMBER = IdentifierScheme.BE_ENTERPRISE
STAFF_NUMBER = "0428759497"


def entered(seats: Seats) -> Seats:
    enter(seats)
    return seats


def company(name: str, number: str = "", *, is_demo: bool = False) -> NewOrganisation:
    return NewOrganisation(
        name=name,
        kind=OrganisationKind.ENTERPRISE,
        source="test",
        started_on=date(2001, 2, 3),
        is_demo=is_demo,
        identifiers={NUMBER: number} if number else {},
    )


def test_cluster_staff_registers_an_organisation_with_its_number(world: World) -> None:
    seats = entered(cluster_seats(world.alpha, SeatRole.STAFF))
    made = actions.register_organisation(
        seats=seats, new=company("  Nieuwe   Werken ", "BE0428.759.497")
    )
    assert (made.name, made.started_on, made.is_demo) == ("Nieuwe Werken", date(2001, 2, 3), False)
    assert organisation_known_as(NUMBER, STAFF_NUMBER) == made


def test_whoever_only_reads_registers_nothing(world: World) -> None:
    for seats in (
        NOBODY,
        cluster_seats(world.alpha, SeatRole.OBSERVER),
        organisation_seats(world.company),
    ):
        entered(seats)
        with pytest.raises(PermissionDenied):
            actions.register_organisation(seats=seats, new=company("Refused"))
    assert not Organisation.objects.filter(name="Refused").exists()


def test_the_directory_is_closed_again_after_an_action(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    actions.register_organisation(seats=seats, new=company("Nieuwe Werken"))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Organisation.objects.create(name="Around", kind=OrganisationKind.ENTERPRISE, source="x")


def test_a_number_of_another_organisation_is_refused_and_names_it(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    actions.register_organisation(seats=seats, new=company("Nieuwe Werken", STAFF_NUMBER))
    with pytest.raises(DomainError, match="0428759497 already belongs to Nieuwe Werken"):
        actions.register_organisation(seats=seats, new=company("Dubbel", STAFF_NUMBER))
    assert not Organisation.objects.filter(name="Dubbel").exists()


def test_a_wrong_number_registers_nothing(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    for number, is_demo in (
        ("0428759498", False),
        (demo_number(1), False),
        (STAFF_NUMBER, True),
    ):
        with pytest.raises(DomainError):
            actions.register_organisation(seats=seats, new=company("Fout", number, is_demo=is_demo))
    assert not Organisation.objects.filter(name="Fout").exists()


def test_a_name_of_blanks_is_refused(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    with pytest.raises(DomainError, match="needs a name"):
        actions.register_organisation(seats=seats, new=company("  "))


def test_many_are_registered_in_the_order_given_or_none_at_all(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    new = [company(f"Demo {index}", demo_number(index), is_demo=True) for index in range(3)]
    made = actions.register_organisations(seats=seats, new=new)
    assert [each.name for each in made] == ["Demo 0", "Demo 1", "Demo 2"]
    assert organisation_known_as(NUMBER, demo_number(2)) == made[2]
    again = [company("Demo 3", demo_number(3), is_demo=True), company("Bad", demo_number(4))]
    with pytest.raises(DomainError):
        actions.register_organisations(seats=seats, new=again)
    assert not Organisation.objects.filter(name="Demo 3").exists()


def test_the_same_number_twice_in_one_batch_is_refused(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    twice = [company("One", STAFF_NUMBER), company("Two", STAFF_NUMBER)]
    with pytest.raises(DomainError, match="already belongs to an organisation"):
        actions.register_organisations(seats=seats, new=twice)
    assert not Organisation.objects.filter(name="One").exists()


def test_an_identifier_is_added_once_and_not_to_two_organisations(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    _, new = actions.add_identifier(
        seats=seats, organisation=world.company, scheme=NUMBER, value=STAFF_NUMBER
    )
    _, again = actions.add_identifier(
        seats=seats, organisation=world.company, scheme=NUMBER, value="0428.759.497"
    )
    assert (new, again) == (True, False)
    with pytest.raises(DomainError, match="Éclair Works"):
        actions.add_identifier(
            seats=seats, organisation=world.rival, scheme=NUMBER, value=STAFF_NUMBER
        )
    assert OrganisationIdentifier.objects.filter(value=STAFF_NUMBER).count() == 1


def test_a_name_in_a_source_gives_one_organisation_of_its_kind(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    institute, new = actions.organisation_of_source(seats=seats, name="UGent", source="report")
    known, again = actions.organisation_of_source(seats=seats, name="UGent", source="later")
    assert (new, again, known) == (True, False, institute)
    assert institute.kind == OrganisationKind.KNOWLEDGE_INSTITUTION
    other, _ = actions.organisation_of_source(seats=seats, name="ACB vzw", source="report")
    assert other.kind == OrganisationKind.ASSOCIATION


def test_only_a_steward_loads_the_places(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    with pytest.raises(PermissionDenied):
        load_places(seats=seats)
    assert not Place.objects.exists()


def test_loading_the_places_twice_changes_nothing(db: None) -> None:
    seats = entered(seats_of_command())
    assert (load_places(seats=seats), load_places(seats=seats)) == (565, 0)
    places = places_by_nis_code()
    assert (places["44021"].name, places["44021"].province) == ("Gent", "Oost-Vlaanderen")
    assert (places["21004"].name, places["21004"].province) == ("Brussel", "")


def test_a_place_that_was_renamed_is_corrected(db: None) -> None:
    seats = entered(seats_of_command())
    load_places(seats=seats)
    with unlocked(seats, "directory"):
        Place.objects.filter(nis_code="44021").update(name="Ghent")
    assert load_places(seats=seats) == 1
    assert Place.objects.get(nis_code="44021").name == "Gent"


def test_the_list_of_places_holds_every_municipality_of_2025() -> None:
    regions = [place.region for place in read_municipalities()]
    assert (
        regions.count("Vlaams Gewest"),
        regions.count("Waals Gewest"),
        regions.count("Brussels Hoofdstedelijk Gewest"),
    ) == (285, 261, 19)
