"""What people come for, walked in the browser over the published figures and the demo."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Download, Locator, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import DOMAIN
from factories.demo import one_member_stops_paying

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


def open_account_menu(page: Page) -> Locator:
    """The open menu under the initials."""
    summary = page.locator("summary.avatar")
    summary.click()
    return page.locator("details.menu", has=summary)


def names(page: Page) -> list[str]:
    """The clusters of the table of the programme, in its order."""
    return page.locator("#portfolio tbody th[scope=row] > a").all_inner_texts()


def test_from_the_portal_to_the_oversight_of_the_programme_and_out(
    page: Page, sign_in: SignIn, accessible: Check
) -> None:
    find_hydrogen(page, accessible)
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, "programme")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="All clusters").click()
    sort_and_filter(page, accessible)
    download(page)
    open_a_figure_and_come_back(page, accessible)
    read_what_disagrees(page, accessible)
    switch_language_and_theme(page, accessible)
    leave(page)


def find_hydrogen(page: Page, accessible: Check) -> None:
    """In either language, and to the cluster's own page."""
    page.goto("/")
    accessible(page)
    field = page.get_by_role("searchbox")
    field.fill("hydrogen")
    found = page.locator("#found .cluster-card")
    expect(found).to_have_count(1)
    expect(page).to_have_url(re.compile(r"[?&]find=hydrogen"))
    field.fill("waterstof")
    expect(page.locator("#found mark").first).to_have_text(re.compile("waterstof", re.IGNORECASE))
    expect(found).to_have_count(1)
    accessible(page)
    found.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Power to Gas")
    accessible(page)


def sort_and_filter(page: Page, accessible: Check) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("All clusters")
    accessible(page)
    assert len(names(page)) == 26
    heading = page.locator("#portfolio thead th", has_text="Members").first
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert names(page)[0] == "EUKA"  # 196 members, of all the most
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert names(page)[0] != "EUKA"
    page.get_by_label("Type").select_option(label="Innovative business network")
    expect(page.get_by_text("20 of 26 clusters")).to_be_visible()
    page.get_by_label("Call").select_option(label="Call 2")
    expect(page.get_by_text(re.compile(r"^\d of 26 clusters$"))).to_be_visible()
    page.reload()
    expect(page.get_by_label("Call").locator("option:checked")).to_have_text("Call 2")
    accessible(page)


def download(page: Page) -> None:
    """The files hold the rows of the screen, in its order, and the sum the screen gives."""
    shown = names(page)
    rows = list(csv.DictReader(io.StringIO(fetched(page, "CSV").decode("utf-8-sig"))))
    assert [row["Cluster"] for row in rows] == shown
    sheet = load_workbook(io.BytesIO(fetched(page, "XLSX")), read_only=True).worksheets[0]
    header, *cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert header == list(rows[0])
    assert [row[0] for row in cells] == shown


def fetched(page: Page, kind: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator("#portfolio").get_by_role("link", name=kind).click()
    came: Download = waiting.value
    assert came.suggested_filename == f"clusters-{timezone.localdate()}.{kind.lower()}"
    return Path(came.path()).read_bytes()


def open_a_figure_and_come_back(page: Page, accessible: Check) -> None:
    figure = page.locator("#portfolio tbody td a[href*='/figures/']").first
    value, asked = figure.inner_text(), page.url
    figure.click()
    expect(page.locator(".kpi-value").first).to_contain_text(value)
    expect(page.get_by_role("term").filter(has_text="Place")).to_be_visible()
    accessible(page)
    page.go_back()
    expect(page).to_have_url(asked)
    assert len(names(page)) < 10


def read_what_disagrees(page: Page, accessible: Check) -> None:
    page.get_by_role("navigation", name="Main").get_by_role(
        "link", name="Figures that disagree"
    ).click()
    accessible(page)
    every = page.locator("#findings article").count()
    page.get_by_label("Class").select_option(label="Impossible")
    expect(page).to_have_url(re.compile("verdict=impossible"))
    expect(page.locator("#findings article")).not_to_have_count(every)
    accessible(page)
    assert 0 < page.locator("#findings article").count() < every


def switch_language_and_theme(page: Page, accessible: Check) -> None:
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert "verdict=impossible" in page.url
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    accessible(page)


def leave(page: Page) -> None:
    """After signing out neither the address nor the button back shows what was open."""
    page.goto("/programme/")
    expect(page.locator("#portfolio")).to_be_visible()
    open_account_menu(page).get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/programme/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_cluster_manager_records_a_count_and_opens_its_records(
    page: Page, sign_in: SignIn, accessible: Check
) -> None:
    page.goto("/desk/")
    sign_in(page, "manager")
    accessible(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Members").click()
    expect(page.get_by_role("heading", name="82 members")).to_be_visible()
    accessible(page)
    page.get_by_role("searchbox").first.fill("zzzz")
    expect(page.get_by_role("heading", name="No member matches")).to_be_visible()
    page.get_by_role("link", name="Show all members").click()
    page.get_by_role("rowheader").first.get_by_role("link").click()
    accessible(page)
    page.goto("/desk/")
    open_the_records_of_a_count(page, accessible)


def open_the_records_of_a_count(page: Page, accessible: Check) -> None:
    """What the new count tells leads to one record for each that was counted."""
    one_member_stops_paying()
    page.get_by_role("button", name=re.compile("^Record")).click()
    told = page.locator(".messages")
    expect(told).to_contain_text("1 count recorded")
    accessible(page)
    told.get_by_role("link").click()
    counted = int(page.locator(".kpi-value").inner_text())
    assert counted > 0
    records = page.locator("main tbody tr")
    expect(records.first).to_be_visible()
    assert records.count() == counted
    accessible(page)


def test_a_member_comes_by_the_mailed_link_and_sees_its_own_organisation(
    page: Page, accessible: Check, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "clusterwerk.platform.mail.catcher.CatcherBackend"
    settings.MAIL_CATCHER_FOLDER = tmp_path
    page.goto("/desk/")
    page.get_by_label("E-mail address").fill(f"member@{DOMAIN}")
    page.get_by_role("button", name="Mail me a sign-in link").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.goto("/mail/")
    accessible(page)
    page.locator("main .list").get_by_role("link").first.click()
    accessible(page)
    page.locator("main a[href*='/account/link/']").click()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your memberships")).to_be_visible()
    accessible(page)
    own = page.locator("main tbody th[scope=row] a")
    assert sorted(own.all_inner_texts()) == ["Air Cargo Belgium", "EUKA"]
    for closed in ("/programme/", "/members/", "/members/euka/"):
        answer = page.goto(closed)
        assert answer
        assert answer.status in {403, 404}, closed
        assert page.locator("#members, #portfolio").count() == 0


def test_everything_on_the_way_is_reached_with_the_keyboard(page: Page, sign_in: SignIn) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert focus_is_visible(page)
    page.keyboard.type("drones")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("for “drones”"))).to_be_visible()
    page.goto("/desk/")
    sign_in(page, "manager")
    summary = page.locator("summary.avatar")
    tab_to(page, summary)
    assert focus_is_visible(page)
    page.keyboard.press("Enter")
    leave_button = page.get_by_role("button", name="Sign out")
    expect(leave_button).to_be_visible()
    tab_to(page, leave_button)
    assert focus_is_visible(page)
    page.keyboard.press("Escape")
    expect(leave_button).to_be_hidden()
    expect(summary).to_be_focused()


def tab_to(page: Page, wanted: Locator, *, at_most: int = 30) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached with {at_most} tabs")


def focus_is_visible(page: Page) -> bool:
    """Whether what has the focus, or what stands around it, draws a ring of two pixels or more."""
    return bool(
        page.evaluate("""() => {
          const ring = element => {
            const style = getComputedStyle(element);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          };
          const one = document.activeElement;
          return ring(one) || ring(one.parentElement);
        }""")
    )
