"""A member by its enterprise number: one number, one category, one click; in the real browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
LIST = "/members/air-cargo-belgium/"
ADD = f"{LIST}add/"
FILE = re.compile(rf"{LIST}\d+/$")
PATIENCE = 30_000  # milliseconds, on a machine that others use too


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture
def manager(page: Page, sign_in: SignIn) -> Page:
    """The browser of the cluster's manager, at the list of members."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"/accounts/login/?next={LIST}")
    sign_in(page, "manager")
    page.goto(LIST)
    return page


@pytest.fixture
def telephone(browser: Browser, address: str, sign_in: SignIn) -> Iterator[Page]:
    """The same person on a dark telephone."""
    context = browser.new_context(
        base_url=address,
        locale="en-GB",
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/accounts/login/?next={LIST}")
    sign_in(page, "manager")
    yield page
    context.close()


def unknown(page: Page, word: str) -> tuple[str, str]:
    """Name and number of an enterprise of the register that is nothing to the cluster yet."""
    page.goto(f"{ADD}?chosen_find={word}")
    row = page.locator(".picker-row:not(:has(.badge))").first
    return row.locator(".picker-name").inner_text(), row.locator(".num").inner_text()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element has the focus; a person would give up after sixty."""
    for _ in range(60):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not reach {wanted}.")


def test_a_number_a_category_and_a_click_make_a_member(manager: Page, accessible: Check) -> None:
    name, number = unknown(manager, "transport")
    manager.goto(LIST)
    manager.get_by_role("link", name="Add a member").click()
    accessible(manager)
    manager.get_by_label("Enterprise number or name").fill(f"BE {number}")
    manager.get_by_role("button", name="Next").click()
    expect(manager.get_by_role("heading", name=name)).to_be_visible(timeout=PATIENCE)
    accessible(manager)
    manager.get_by_label("Kennisinstelling").check()
    expect(manager.locator("#asked")).to_contain_text("Will be promised: €1,000", timeout=PATIENCE)
    manager.get_by_role("button", name="Add the member").click()
    expect(manager.get_by_text(f"{name} is a member now.")).to_be_visible(timeout=PATIENCE)
    expect(manager).to_have_url(FILE, timeout=PATIENCE)
    accessible(manager)


def test_the_proposal_follows_the_category_and_the_typed_headcount(
    manager: Page, accessible: Check
) -> None:
    unknown(manager, "transport")
    manager.locator(".picker-row:not(:has(.badge)) input").first.check()
    manager.get_by_role("button", name="Next").click()
    asked = manager.locator("#asked")
    manager.get_by_label("Lid", exact=True).check()
    expect(asked).to_contain_text("the headcount is missing", timeout=PATIENCE)
    manager.get_by_text("How large it is").click()
    manager.get_by_label("Headcount").fill("30")
    manager.get_by_label("Headcount").blur()
    expect(asked).to_contain_text("Will be promised: €750", timeout=PATIENCE)
    expect(asked).to_contain_text("first year 50 %", timeout=PATIENCE)
    accessible(manager)


def test_the_keyboard_alone_adds_a_member(manager: Page) -> None:
    name, number = unknown(manager, "transport")
    manager.goto(ADD)
    expect(manager.locator("#id_chosen")).to_be_focused()
    manager.keyboard.type(number)
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("heading", name=name)).to_be_visible(timeout=PATIENCE)
    expect(manager.locator("input[name=category]").first).to_be_focused()
    manager.keyboard.press("Space")
    tab_to(manager, "button.is-primary:not([name])")
    manager.keyboard.press("Enter")
    expect(manager.get_by_text(f"{name} is a member now.")).to_be_visible(timeout=PATIENCE)


def test_enter_leads_to_the_first_of_several(manager: Page) -> None:
    manager.goto(ADD)
    manager.keyboard.type("transport")
    manager.keyboard.press("Enter")
    first = manager.locator(".picker-row input").first
    expect(first).to_be_focused(timeout=PATIENCE)
    expect(first).to_be_checked()
    manager.keyboard.press("Escape")
    expect(manager.locator("#id_chosen")).to_be_focused()


def test_a_telephone_is_wide_enough(telephone: Page, accessible: Check) -> None:
    name, number = unknown(telephone, "transport")
    telephone.goto(ADD)
    telephone.get_by_label("Enterprise number or name").fill(number)
    telephone.get_by_role("button", name="Next").click()
    expect(telephone.get_by_role("heading", name=name)).to_be_visible(timeout=PATIENCE)
    accessible(telephone)
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 390
    telephone.get_by_label("Lid", exact=True).check()
    telephone.get_by_role("button", name="Add the member").click()
    expect(telephone).to_have_url(FILE, timeout=PATIENCE)
    accessible(telephone)
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_no_search_finds_is_typed_in_by_hand_and_comes_back_chosen(manager: Page) -> None:
    manager.goto(f"{ADD}?chosen_find=Zonderlinge+Werkplaats")
    manager.get_by_role("link", name="Type it in by hand").click()
    expect(manager.get_by_label("Name", exact=True)).to_have_value("Zonderlinge Werkplaats")
    manager.get_by_role("button", name="Write it down").click()
    expect(manager).to_have_url(re.compile(re.escape(ADD)), timeout=PATIENCE)
    expect(manager.get_by_role("heading", name="Zonderlinge Werkplaats")).to_be_visible(
        timeout=PATIENCE
    )
    expect(manager.get_by_label("Lid", exact=True)).to_be_visible(timeout=PATIENCE)
