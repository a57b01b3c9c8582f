"""A list by keyboard, with the file of a row beside it, and quick search; in the real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
LIST = "/members/air-cargo-belgium/"


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture
def members(page: Page, sign_in: SignIn) -> Page:
    """The list of members, open in the browser of its manager."""
    page.goto(f"/accounts/login/?next={LIST}")
    sign_in(page, "manager")
    page.goto(LIST)
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_list_is_worked_through_by_keyboard(members: Page, accessible: Check) -> None:
    rows = members.locator("[data-row]")
    first, second = (rows.nth(at).get_attribute("data-row") for at in (0, 1))
    members.keyboard.press("j")
    assert focused(members) == f"row-{first}"
    members.keyboard.press("x")
    expect(rows.nth(0).locator("input[name=row]")).to_be_checked()
    expect(members.locator("[data-selected]")).to_have_text("1 selected")
    members.keyboard.press("Enter")
    expect(members.locator("#panel-title")).to_be_focused()
    expect(members).to_have_url(re.compile(rf"\?open={first}$"))
    accessible(members)
    members.keyboard.press("j")
    expect(members).to_have_url(re.compile(rf"\?open={second}$"))
    expect(members.locator(f"[data-panel='{second}']")).to_be_visible()
    members.reload()
    expect(members.locator(f"[data-panel='{second}']")).to_be_visible()
    members.keyboard.press("Escape")
    expect(members.locator("[data-panel]")).to_have_count(0)
    assert focused(members) == f"row-{second}"
    expect(members).to_have_url(re.compile(rf"{LIST}$"))
    members.go_back()
    expect(members.locator(f"[data-panel='{second}']")).to_be_visible()


def test_a_letter_opens_the_file_of_the_row(members: Page) -> None:
    first = members.locator("[data-row] th a").first.get_attribute("href")
    members.keyboard.press("j")
    members.keyboard.press("e")
    expect(members).to_have_url(re.compile(f"{first}$"))
    members.keyboard.press("e")
    expect(members).to_have_url(re.compile(f"{first}category/$"))


def test_what_is_done_with_many_appears_with_the_first_tick(members: Page) -> None:
    tag = members.get_by_role("button", name="Tag")
    expect(tag).to_be_hidden()
    members.locator("input[name=row]").first.check()
    expect(tag).to_be_visible()
    members.locator("input[name=row]").first.uncheck()
    expect(tag).to_be_hidden()
    members.get_by_label(re.compile("that match$")).check()
    expect(tag).to_be_visible()


def test_facets_narrow_the_list_and_say_so(members: Page, accessible: Check) -> None:
    small = members.get_by_label("Small (10 to 49)")
    number = small.locator("xpath=..").locator(".num").inner_text()
    small.check()
    expect(members.locator("#list-count")).to_have_text(f"{number} members")
    expect(small).to_be_focused()
    expect(members).to_have_url(re.compile("size=small"))
    expect(members.locator("#list-told")).to_have_text(f"{number} members")
    members.get_by_role("link", name="Headcount class: Small").click()
    expect(members.get_by_label("Small (10 to 49)")).not_to_be_checked()
    members.locator(".list-chooser > summary").click()
    members.get_by_label("Municipality", exact=True).check()
    members.locator(".list-chooser").get_by_role("button", name="Show").click()
    expect(members.get_by_role("columnheader", name="Municipality")).to_be_visible()
    accessible(members)


def test_the_slash_searches_everything(members: Page, accessible: Check) -> None:
    name = members.locator("[data-row] th a").first.inner_text()
    members.keyboard.press("/")
    expect(members.locator("#q")).to_be_focused()
    members.keyboard.type(name[:8], delay=20)
    option = members.locator("#quick").get_by_role("option", name=re.compile(re.escape(name)))
    expect(option).to_be_visible()
    expect(members.locator("#q")).to_have_attribute("aria-expanded", "true")
    members.keyboard.press("ArrowDown")
    active = members.locator("#q").get_attribute("aria-activedescendant")
    assert active == members.locator("#quick [aria-selected=true]").get_attribute("id")
    accessible(members)
    members.keyboard.press("Enter")
    expect(members.locator("h1")).to_have_text(name)
    members.keyboard.press("/")
    recent = members.locator("#quick").get_by_role("option", name="Members")
    expect(recent).to_be_visible()
    members.keyboard.press("Escape")
    expect(recent).to_be_hidden()


def test_the_keys_are_told_and_can_be_switched_off(members: Page, accessible: Check) -> None:
    members.keyboard.press("?")
    dialog = members.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_text("Next and previous row")).to_be_visible()
    accessible(members)
    members.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    members.keyboard.press("g")
    members.keyboard.press("d")
    expect(members).to_have_url(re.compile("/desk/$"))
    members.goto("/preferences/keys/")
    members.get_by_role("button", name="Switch the keys off").click()
    expect(members.get_by_text("are switched off")).to_be_visible()
    members.goto(LIST)
    for key in ("j", "/", "?"):
        members.keyboard.press(key)
    assert focused(members) == ""
    expect(dialog).to_be_hidden()


def test_keys_are_letters_while_somebody_types(members: Page) -> None:
    members.keyboard.press("f")
    expect(members.locator("#id_find")).to_be_focused()
    members.keyboard.type("jx/?")
    expect(members.locator("#id_find")).to_have_value("jx/?")


def test_on_a_telephone_the_rows_are_cards(
    browser: Browser, address: str, sign_in: SignIn, accessible: Check
) -> None:
    context = browser.new_context(
        base_url=address, locale="en-GB", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"/accounts/login/?next={LIST}")
    sign_in(page, "manager")
    page.goto(LIST)
    expect(page.locator("[data-row]").first).to_be_in_viewport(ratio=1)
    menu = page.locator("summary", has_text="Menu")
    expect(menu).to_contain_text("Members")
    expect(page.get_by_role("link", name="Contacts")).to_be_hidden()
    menu.press("Enter")
    expect(page.get_by_role("link", name="Contacts")).to_be_visible()
    accessible(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.get_by_role("link", name="Contacts")).to_be_hidden()
    table = page.locator(".table-scroll").first
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator(".facets > summary").click()
    expect(page.get_by_label("Small (10 to 49)")).to_be_visible()
    accessible(page)
    page.locator("[data-row] th a").first.click()
    expect(page).to_have_url(re.compile(rf"{LIST}\d+/$"))
    context.close()


def test_a_list_works_without_script(browser: Browser, address: str, sign_in: SignIn) -> None:
    context = browser.new_context(base_url=address, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/accounts/login/?next={LIST}")
    sign_in(page, "manager")
    page.goto(LIST)
    page.locator(".menu-group > summary", has_text="Figures").click()
    expect(page.get_by_role("link", name="Reach")).to_be_visible()
    page.get_by_label("Small (10 to 49)").check()
    page.locator(".facets").get_by_role("button", name="Show").click()
    assert "size=small" in page.url
    page.locator("input[name=row]").first.check()
    page.get_by_role("button", name="Tag").click()
    expect(page.get_by_text("For 1 row of the list.")).to_be_visible()
    page.goto(f"{LIST}?open={page.locator('input[name=row]').first.get_attribute('value')}")
    expect(page.locator("#panel-title")).to_be_visible()
    context.close()
