"""An address finds the municipality of today, or is told why not."""

from decimal import Decimal

import pytest

from clusterwerk.directory.models import Place, Postcode
from clusterwerk.directory.places import load_places, read_municipalities, read_postcodes
from clusterwerk.directory.queries import find_place, place_book, place_of
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter, unlocked


@pytest.fixture
def places(db: None) -> None:
    seats = seats_of_command()
    enter(seats)
    load_places(seats=seats)


def name_of(place: Place | None) -> str:
    assert place is not None
    return place.name


def test_a_postcode_leads_to_the_municipality_of_today(places: None) -> None:
    assert name_of(place_of("9000")) == "Gent"
    assert name_of(place_of("B-9000", "Ghent")) == "Gent"
    assert name_of(place_of("9090", "Melle")) == "Merelbeke-Melle"  # merged in 2025


def test_a_postcode_in_two_municipalities_is_decided_by_the_name(places: None) -> None:
    assert name_of(place_of("1040", "Etterbeek")) == "Etterbeek"
    assert name_of(place_of("1050", "Bruxelles")) == "Brussel"
    found = find_place("1040", "Elsewhere")
    assert found.place is None
    assert found.problem == (
        "The postcode 1040 lies in Brussel, Etterbeek. Write the municipality beside it."
    )


def test_an_unknown_postcode_is_told_with_what_to_do(places: None) -> None:
    assert find_place("9999").problem == (
        "No municipality has the postcode 9999. Check the four digits."
    )
    assert find_place("90000").problem == (
        "“90000” is not a Belgian postcode: give four digits, for example 9000."
    )


def test_a_name_alone_is_enough_when_one_municipality_bears_it(places: None) -> None:
    assert name_of(place_of("", "  liège ")) == "Luik"
    assert find_place("", "Nowhere") == find_place("", "")


def test_a_book_answers_as_the_single_question_does(places: None) -> None:
    book = place_book()
    for postcode, name in (("9000", ""), ("1040", "Etterbeek"), ("1040", ""), ("", "Gent")):
        assert book.find(postcode, name) == find_place(postcode, name)


def test_a_postcode_that_no_place_has_gives_way_to_the_name(places: None) -> None:
    book = place_book()
    assert name_of(book.of("9999", "Gent")) == "Gent"
    assert name_of(place_of("9999", "Gent")) == "Gent"
    assert book.of("1040", "Gent") is None  # lies in Brussel and Etterbeek
    assert book.of("9999", "Nowhere") is None


def test_a_postcode_that_moved_is_corrected_by_loading_again(places: None) -> None:
    seats = seats_of_command()
    with unlocked(seats, "directory"):
        Postcode.objects.filter(code="9000").update(place=Place.objects.get(nis_code="11002"))
    load_places(seats=seats)
    assert name_of(place_of("9000")) == "Gent"
    assert Postcode.objects.count() == 1152


def test_the_files_hold_every_postcode_and_all_points_but_two() -> None:
    municipalities = {place.nis_code: place for place in read_municipalities()}
    assert {nis for _code, nis in read_postcodes()} == set(municipalities)
    without = [place.name for place in municipalities.values() if place.latitude is None]
    assert without == ["Sint-Pieters-Woluwe", "Herstappe"]
    gent = municipalities["44021"]
    assert (gent.latitude, gent.longitude) == (Decimal("51.05"), Decimal("3.71667"))
