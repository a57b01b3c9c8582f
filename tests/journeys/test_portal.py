"""The public site in the browser, by somebody without an account."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from portal.conftest import imported

__all__ = ["imported"]
pytestmark = pytest.mark.browser
Check = Callable[[Page], None]
PAGES = (
    "/",
    "/?view=map",
    "/?theme=construction",
    "/?find=digital",
    "/?find=drones+hydrogn",
    "/clusters/euka/",
    "/clusters/flanders-health/",
    "/clusters/vil/",
    "/about/",
    "/accessibility/",
    "/privacy/",
)


@pytest.fixture(scope="module")
def site(browser: Browser, imported: None) -> Iterator[LiveServer]:
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def address(site: LiveServer) -> str:
    return site.url


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_every_public_page_is_accessible_and_fits(
    page: Page, accessible: Check, theme: str, width: int
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    for one in PAGES:
        page.goto(one)
        accessible(page)
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond == 0, one


def test_the_answer_appears_while_typing_and_the_field_keeps_its_words(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("searchbox")
    drawing = page.locator(".hero-map")
    expect(drawing).to_be_visible()
    field.press_sequentially("hydro")
    expect(page.get_by_role("heading", name="1 cluster for “hydro”")).to_be_visible()
    expect(page.locator("#found-status")).to_have_text("1 cluster found")
    expect(drawing).to_be_hidden()
    field.press_sequentially("gen")
    expect(page.get_by_role("heading", name="1 cluster for “hydrogen”")).to_be_visible()
    expect(field).to_have_value("hydrogen")
    expect(field).to_be_focused()
    field.fill("")
    expect(page.get_by_role("heading", name="26 clusters")).to_be_visible()
    expect(drawing).to_be_visible()


def test_by_keyboard_past_the_map_and_into_a_cluster(page: Page) -> None:
    page.goto("/?view=map")
    drawing = page.locator(".big-ring")
    skip = drawing.get_by_role("link", name="Skip the map")
    skip.focus()
    expect(skip).to_be_visible()
    page.keyboard.press("Tab")
    expect(drawing.get_by_role("link", name="VIL", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("VIL")


def test_a_figure_leads_to_its_place(page: Page) -> None:
    page.goto("/clusters/euka/")
    page.locator(".figures").get_by_role("link", name="196").click()
    expect(page.get_by_role("main")).to_contain_text("table 7")


def test_without_script_search_map_and_filters_work_too(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("digital")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="9 clusters for “digital”")).to_be_visible()
    page.get_by_role("link", name="Health and food 2").click()
    expect(page.get_by_role("heading", name="2 clusters for “digital”")).to_be_visible()
    page.get_by_role("link", name="Map of ties").click()
    expect(page.locator(".big-ring").get_by_role("link", name="Flanders.health")).to_be_visible()
    context.close()
