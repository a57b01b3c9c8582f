"""The pages of an installation into which nothing was imported yet: each says what to expect."""

import pytest
from django.test import Client

from factories.world import World


@pytest.fixture
def public(db: None) -> Client:
    return Client(headers={"Accept-Language": "en"})


@pytest.mark.parametrize("address", ["/programme/findings/", "/programme/figures/"])
def test_without_a_document_the_page_says_that_nothing_was_imported(
    public: Client, address: str
) -> None:
    shown = public.get(address).content.decode()
    assert "No document with figures has been imported yet." in shown


def test_an_empty_file_of_figures_still_has_its_header(public: Client) -> None:
    content = public.get("/programme/figures.csv").content.decode("utf-8-sig")
    assert content.startswith("Figure,About,Part,Number")
    assert content.count("\r\n") == 1


def test_a_portfolio_without_figures_says_not_reported(world: World) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people["programme_manager"])
    shown = client.get("/programme/").content.decode()
    assert "Not reported" in shown
    assert '<td class="unknown" colspan="7">not reported</td>' in shown
    assert shown.count('scope="row"') == 2 + 1
