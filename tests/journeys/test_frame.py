"""What every page stands in: style guide, error pages, switches and keys, in the browser."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Page, expect

from clusterwerk.platform.ui import errors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]
WIDE, NARROW = 1600, 390
REQUEST = RequestFactory().get("/somewhere/", headers={"Accept-Language": "en"})
ERROR_PAGES = {
    400: lambda: errors.bad_request(REQUEST),
    403: lambda: errors.permission_denied(REQUEST, PermissionDenied("Only the manager may.")),
    404: lambda: errors.not_found(REQUEST),
    500: lambda: errors.server_error(REQUEST),
    503: lambda: errors.database_away(REQUEST),
}


def fits(page: Page) -> bool:
    """Whether nothing makes the page itself scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_guide_fits_and_has_no_finding(
    page: Page, accessible: Check, theme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of its words
    page.goto("/styleguide/")
    accessible(page)
    assert fits(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("status", ERROR_PAGES)
def test_an_error_page_fits_and_has_no_finding(
    page: Page, accessible: Check, status: int, width: int
) -> None:
    made: HttpResponse = ERROR_PAGES[status]()
    assert made.status_code == status
    page.route(
        "**/somewhere/",
        lambda route: route.fulfill(
            status=status, content_type="text/html", body=made.content.decode()
        ),
    )
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/somewhere/")
    accessible(page)
    assert fits(page)


def test_the_theme_switches_in_place_and_is_kept(page: Page) -> None:
    page.goto("/styleguide/")
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="Switch to dark").click()
    switch = page.get_by_role("button", name="Switch to light")
    expect(switch).to_be_focused()
    assert page.evaluate("[window.stays, document.documentElement.dataset.theme]") == [True, "dark"]
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_language_switch_leads_back_to_the_page(page: Page) -> None:
    page.goto("/styleguide/?order=name")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert page.url.endswith("/styleguide/?order=name")


def test_escape_closes_a_menu_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/styleguide/")
    summary = page.locator("details.menu > summary").first
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_a_slash_goes_to_the_search_field(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_first_key_offers_to_skip_to_the_content(page: Page) -> None:
    page.goto("/styleguide/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_part_that_comes_back_as_a_page_is_shown_as_a_page(page: Page) -> None:
    page.goto("/styleguide/")
    page.evaluate("htmx.ajax('GET', '/there/is/nothing/', '#forms')")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert page.url.endswith("/there/is/nothing/")


def test_what_was_sent_in_vain_stays_and_the_page_says_so(page: Page) -> None:
    page.goto("/styleguide/")
    page.evaluate("htmx.ajax('POST', '/there/is/nothing/', '#forms')")
    expect(page.get_by_text("That did not work. Check your connection")).to_be_visible()
    assert page.url.endswith("/styleguide/")
