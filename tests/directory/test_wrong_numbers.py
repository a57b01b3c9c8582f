"""A mistyped number says what is wrong with it, where a name says that nothing was found."""

import pytest
from django.test import Client

from clusterwerk.directory.identifiers import why_no_number
from factories.world import World

FITS_NOT = (
    "is no enterprise number: its check digits do not fit. Look at the number again, above all at "
    "the last two digits."
)
OTHER_LENGTH = "is no Belgian enterprise number: ten digits that begin with 0 or 1."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0404.040.405", f"0404.040.405 {FITS_NOT}"),
        ("BE 0404.040.405", f"BE 0404.040.405 {FITS_NOT}"),
        ("0404.040", f"0404.040 {OTHER_LENGTH}"),
        ("0404.040.405.1", f"0404.040.405.1 {OTHER_LENGTH}"),
        (
            "DK 13585627",
            "DK 13585627 is no VAT number of Denmark: its check digits do not fit.",
        ),
        ("DK 1358562", "DK 1358562 is no VAT number of Denmark: 8 digits expected."),
        (
            "NL 123456789B01",
            "NL 123456789B01 is no VAT number of the Netherlands: its check digits do not fit.",
        ),
        ("0428.759.497", ""),
        ("DK 13585628", ""),
        ("Bakkerij 2000", ""),
        ("2000", ""),
        ("AB 1234567", ""),
        ("", ""),
    ],
)
def test_a_searched_number_says_what_is_wrong_with_it(typed: str, told: str) -> None:
    assert why_no_number(typed) == told


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("0404.040.40", False),
        ("0404.040.405", True),
        ("BE0404.040.40", False),
        ("BE0404.040.405", True),
        ("DK 1358562", False),
        ("DK 13585627", True),
        ("NL 123456789B0", False),
        ("NL 123456789B01", True),
    ],
)
def test_a_number_that_is_being_typed_is_left_alone_until_it_is_whole(
    typed: str, is_told: bool
) -> None:
    assert bool(why_no_number(typed, is_being_typed=True)) is is_told


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.people["manager"])
    return client


def test_the_search_page_says_what_is_wrong_with_a_number(manager: Client) -> None:
    page = manager.get("/directory/", {"find": "0404.040.405"}).content.decode()
    assert f"0404.040.405 {FITS_NOT}" in page
    assert "Try another word" not in page
    assert "Try another word" in manager.get("/directory/", {"find": "zzzz"}).content.decode()


def test_the_search_of_a_form_says_it_once_the_number_is_whole(manager: Client) -> None:
    def found(typed: str) -> str:
        asked = {"name": "organisation", "organisation_find": typed}
        return manager.get("/directory/picker/", asked).content.decode()

    assert f"0404.040.405 {FITS_NOT}" in found("0404.040.405")
    assert "Nothing found. Try another word" in found("0404.040.40")


def test_a_form_that_is_sent_with_a_short_number_says_so(world: World, manager: Client) -> None:
    page = manager.get(f"/members/{world.alpha.key}/add/", {"chosen_find": "0404.040"})
    assert f"0404.040 {OTHER_LENGTH}" in page.content.decode()


def test_the_quick_search_says_it_once_the_number_is_whole(manager: Client) -> None:
    def found(typed: str) -> str:
        answer = manager.get("/desk/search/", {"q": typed}, headers={"HX-Request": "true"})
        return answer.content.decode()

    assert f"<small>0404.040.405 {FITS_NOT}</small>" in found("0404.040.405")
    assert "is no" not in found("0404.040.40")
    assert "Nothing found for" in found("0404.040.40")


def test_the_page_of_the_search_says_it_too(manager: Client) -> None:
    page = manager.get("/desk/search/", {"q": "0404.040"}).content.decode()
    assert f"0404.040 {OTHER_LENGTH}" in page
    assert "Try fewer words" not in page


@pytest.mark.parametrize("typed", ["0404.040.405", "0404.040", "zzzz zzzz"])
def test_a_sent_form_says_it_once(world: World, manager: Client, typed: str) -> None:
    page = manager.post(f"/members/{world.alpha.key}/add/", {"chosen_find": typed})
    said = page.content.decode()
    assert said.count("is no ") + said.count("Nothing was found for") == 1
    assert "picker-none" not in said
