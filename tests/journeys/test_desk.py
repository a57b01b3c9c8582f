"""The desk of each kind of seat and the list of members, in the browser, checked by axe."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE
from factories.demo import one_member_stops_paying

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
NARROW = 390


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


def sign_in(page: Page, key: str) -> None:
    (person,) = [person for person in DEMO_PEOPLE if person.key == key]
    page.goto("/accounts/login/?next=/desk/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.name.split()[0])


def fits(page: Page) -> bool:
    """Nothing hangs out of the window."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return bool(wide <= page.evaluate("document.documentElement.clientWidth"))


@pytest.mark.parametrize("key", [person.key for person in DEMO_PEOPLE])
def test_a_desk_is_readable_wide_and_narrow_light_and_dark(
    page: Page, accessible: Check, key: str
) -> None:
    sign_in(page, key)
    accessible(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    accessible(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    accessible(page)
    assert fits(page)


def test_a_manager_records_a_count_and_opens_its_records(page: Page, accessible: Check) -> None:
    one_member_stops_paying()
    sign_in(page, "manager")
    page.get_by_role("button", name="Record the count of 30 September 2019").click()
    expect(page.get_by_text("1 count recorded.")).to_be_visible()
    page.get_by_role("button", name="Record the count of 30 September 2019").click()
    expect(page.get_by_text("Nothing has changed since the last count")).to_be_visible()
    accessible(page)
    card = page.get_by_role("article").filter(
        has=page.get_by_role("heading", name="Paying members")
    )
    card.first.get_by_role("link", name="81", exact=True).click()
    expect(page).to_have_url(re.compile("/programme/evidence/"))
    accessible(page)


def test_members_are_found_sorted_and_opened(page: Page, accessible: Check) -> None:
    sign_in(page, "manager")
    page.get_by_role("link", name="Members", exact=True).click()
    expect(page.get_by_role("heading", name="82 members")).to_be_visible()
    accessible(page)
    page.get_by_label("Large (250 or more)").check()
    expect(page.get_by_role("heading", name="82 members")).to_be_hidden()
    page.get_by_role("link", name="Contribution a year").click()
    expect(page.get_by_role("columnheader", name="Contribution a year")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page.get_by_label("Large (250 or more)")).to_be_checked()
    first = page.get_by_role("rowheader").first.get_by_role("link")
    name, address = first.inner_text(), first.get_attribute("href")
    page.goto(urljoin(page.url, str(address)))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    accessible(page)
    page.go_back()
    page.get_by_label("Name or municipality").fill("nobody is called so")
    expect(page.get_by_role("heading", name="No member matches")).to_be_visible()
    accessible(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.get_by_role("link", name="Show all members").click()
    expect(page.get_by_role("heading", name="82 members")).to_be_visible()
    assert fits(page)


def test_a_manager_of_two_clusters_switches_between_them(page: Page) -> None:
    sign_in(page, "manager")
    page.get_by_role("navigation", name="Your clusters").get_by_role("link", name="EUKA").click()
    expect(page.get_by_text("EUKA: position on 31 December 2019")).to_be_visible()
    page.get_by_role("link", name="Members", exact=True).click()
    expect(page.get_by_role("heading", name="105 members")).to_be_visible()
