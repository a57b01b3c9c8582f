"""Activity codes come from the files, and the register's own list fills what they leave open."""

from collections import Counter
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from clusterwerk.directory.actions import (
    NewOrganisation,
    publish_organisation,
    type_in_organisation,
)
from clusterwerk.directory.actions.sectors import NewActivity, keep_activities
from clusterwerk.directory.duplicates import merge
from clusterwerk.directory.models import (
    Ecosystem,
    EcosystemSector,
    Nomenclature,
    Organisation,
    OrganisationKind,
    OrganisationSector,
    Sector,
    SectorLink,
)
from clusterwerk.directory.queries import codes_under, sectors_of
from clusterwerk.directory.sectors import load_sectors, load_sectors_from_codes
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, unlocked
from factories.world import STEWARD, World, agency_seats, cluster_seats


@pytest.fixture
def sectors(db: None) -> None:
    seats = seats_of_command()
    enter(seats)
    load_sectors(seats=seats)


def test_both_lists_are_complete_at_every_level(sectors: None) -> None:
    counted = Counter(Sector.objects.values_list("nomenclature", "level"))
    assert [counted["2008", level] for level in range(1, 6)] == [21, 88, 272, 615, 943]
    assert [counted["2025", level] for level in range(1, 6)] == [22, 87, 287, 651, 977]


def test_every_code_but_a_section_has_its_parent_and_both_labels(sectors: None) -> None:
    assert not Sector.objects.filter(level__gt=1, parent__isnull=True).exists()
    assert not Sector.objects.filter(label_nl="").exists()
    assert not Sector.objects.filter(label_en="").exists()
    above = Sector.objects.get(nomenclature="2025", code="62100")
    codes = []
    while above.parent is not None:
        above = above.parent
        codes.append(above.code)
    assert codes == ["6210", "621", "62", "K"]


def test_the_crosswalk_says_which_codes_went_apart(sectors: None) -> None:
    links = SectorLink.objects.filter(older__code="6311").values_list("newer__code", "is_partial")
    assert sorted(links) == [("6020", True), ("6039", True), ("6310", True)]
    whole = SectorLink.objects.get(older__code="0111")
    assert (whole.newer.code, whole.is_partial) == ("0111", False)
    continued = SectorLink.objects.values_list("older", flat=True).distinct()
    assert continued.count() == Sector.objects.filter(nomenclature="2008", level=4).count()


def test_codes_of_ecosystems_are_unconfirmed_and_without_weight(sectors: None) -> None:
    assert Ecosystem.objects.count() == 14
    known = set(Sector.objects.filter(nomenclature="2008").values_list("code", flat=True))
    rows = EcosystemSector.objects.values_list("code", "weight", "is_confirmed")
    assert {code for code, _, _ in rows} <= known
    assert {(weight, confirmed) for _, weight, confirmed in rows} == {(None, False)}


def test_loading_twice_changes_nothing(sectors: None) -> None:
    assert load_sectors(seats=seats_of_command()) == 0
    assert EcosystemSector.objects.filter(weight=Decimal(1)).count() == 0


def test_only_a_steward_loads_the_codes(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    with pytest.raises(PermissionDenied):
        load_sectors(seats=seats)
    assert not Sector.objects.exists()


def test_the_register_fills_codes_that_the_files_leave_out(sectors: None) -> None:
    rows = [
        {"Category": category, "Code": code, "Language": language, "Description": label}
        for category, code, language, label in (
            ("Nace2003", "01", "NL", "Landbouw"),
            ("Nace2003", "01.110", "NL", "Teelt van granen"),
            ("Nace2003", "01110", "FR", "Culture de céréales"),
            ("Nace2025", "62100", "NL", "Computerprogr."),
            ("JuridicalForm", "015", "NL", "Naamloze vennootschap"),
            ("Nace2025", "?", "NL", "Onbekend"),
        )
    ]
    seats = seats_of_command()
    assert load_sectors_from_codes(rows, seats=seats) == 2
    assert load_sectors_from_codes(rows, seats=seats) == 0
    grain = Sector.objects.get(nomenclature=Nomenclature.NACE_2003, code="01110")
    assert (grain.label_nl, grain.label_en, grain.level) == ("Teelt van granen", "", 5)
    kept = Sector.objects.get(nomenclature="2025", code="62100")
    assert kept.label_nl == "Ontwerpen van computerprogramma\N{RIGHT SINGLE QUOTATION MARK}s"


def test_a_section_holds_its_divisions_and_a_code_all_below_it(sectors: None) -> None:
    assert codes_under("2025", "621") == ["621", "6210", "62100"]
    section = codes_under("2008", "J")
    assert {code[:2] for code in section if code.isdigit()} == {"58", "59", "60", "61", "62", "63"}
    assert "J" in section


def test_many_codes_at_once_hold_what_each_holds_in_two_queries(
    sectors: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = ("J", "25", "621", "0111", "62100")
    with django_assert_num_queries(2):
        together = codes_under("2025", *asked)
    assert together == sorted({code for each in asked for code in codes_under("2025", each)})
    assert codes_under("2025", "999") == []


def test_activities_of_an_organisation_come_with_their_labels(world: World) -> None:
    seats = seats_of_command()
    enter(seats)
    load_sectors(seats=seats)
    with unlocked(seats, "directory"):
        for code, is_main in (("01110", False), ("62100", True), ("99999", False)):
            OrganisationSector.objects.create(
                organisation=world.company,
                nomenclature="2025",
                code=code,
                is_main=is_main,
                source="register",
            )
    shown = [
        (each.name.shown_code, each.name.label, each.is_main)
        for each in sectors_of(world.company.pk)
    ]
    assert shown == [
        ("62.100", "Computer programming activities", True),
        ("01.110", "Growing of cereals, other than rice, leguminous crops and oil seeds", False),
        ("99.999", "", False),
    ]


def activities(world: World) -> list[tuple[str, bool, str]]:
    rows = OrganisationSector.objects.filter(organisation=world.company)
    return sorted(rows.values_list("code", "is_main", "source"))


def test_a_source_replaces_what_it_said_before_and_leaves_others_alone(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    first = [NewActivity(Nomenclature.NACE_2025, "62.100", is_main=True)]
    assert keep_activities(
        seats=seats, organisation=world.company, source="register", activities=first
    )
    typed = [*first, NewActivity(Nomenclature.NACE_2025, "01110")]
    keep_activities(seats=seats, organisation=world.company, source="member", activities=typed)
    second = [NewActivity(Nomenclature.NACE_2025, "71120", is_main=True)]
    keep_activities(seats=seats, organisation=world.company, source="register", activities=second)
    assert activities(world) == [("01110", False, "member"), ("71120", True, "register")]
    assert not keep_activities(
        seats=seats, organisation=world.company, source="register", activities=second
    )


CODE = NewActivity(Nomenclature.NACE_2025, "62100", is_main=True)


def private_organisation(world: World) -> Organisation:
    new = NewOrganisation(
        name="Nordlys ApS", kind=OrganisationKind.ENTERPRISE, country="DK", source="by hand"
    )
    seats = cluster_seats(world.alpha)
    enter(seats)
    made = type_in_organisation(seats=seats, cluster=world.alpha.pk, new=new)
    keep_activities(seats=seats, organisation=made, source="member", activities=[CODE])
    return made


def test_what_a_private_organisation_does_is_private_with_it(world: World) -> None:
    made = private_organisation(world)
    assert [each.name.code for each in sectors_of(made.pk)] == ["62100"]
    assert OrganisationSector.objects.get(organisation=made).cluster_id == world.alpha.pk
    for seats in (cluster_seats(world.beta), agency_seats(world.agency), NOBODY, STEWARD):
        enter(seats)
        assert sectors_of(made.pk) == []


def test_nobody_else_says_what_a_private_organisation_does(world: World) -> None:
    made = private_organisation(world)
    other = cluster_seats(world.beta)
    enter(other)
    with pytest.raises(PermissionDenied):
        keep_activities(seats=other, organisation=made, source="x", activities=[])
    enter(cluster_seats(world.alpha))
    assert [each.name.code for each in sectors_of(made.pk)] == ["62100"]


def test_what_is_published_takes_its_activities_along(world: World) -> None:
    made = private_organisation(world)
    publish_organisation(seats=cluster_seats(world.alpha), organisation=made)
    enter(cluster_seats(world.beta))
    row = OrganisationSector.objects.get(organisation=made)
    assert (row.code, row.cluster_id) == ("62100", None)


def test_matching_makes_no_activity_of_a_private_organisation_public(world: World) -> None:
    made = private_organisation(world)
    manager = cluster_seats(world.alpha)
    merge(seats=manager, losing=made, keeping=world.company)
    assert activities(world) == []
    assert OrganisationSector.objects.get(organisation=made).cluster_id == world.alpha.pk
