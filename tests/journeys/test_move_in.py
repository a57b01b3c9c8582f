"""A cluster moves in from two prepared exports, in the real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import MANAGED
from factories.prepared import hubspot_contacts, member_list, prepared
from factories.trial_worker import TrialWorker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
PATIENCE = 60_000  # milliseconds for a job, or for a machine that others use too
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture
def worker(demo_site: LiveServer, tmp_path: Path) -> Iterator[None]:
    started = TrialWorker(tmp_path)
    started.wait_for("ready")
    yield
    started.kill()


@pytest.fixture
def whole(accessible: Check) -> Check:
    """Checked by axe, light and dark, on a wide screen and on a telephone, which it must fit."""

    def check(page: Page) -> None:
        for width, height in ((390, 844), (1440, 900)):
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    return check


@pytest.mark.usefixtures("worker")
def test_a_cluster_moves_in_from_two_prepared_exports_and_takes_it_back(
    page: Page, sign_in: SignIn, whole: Check
) -> None:
    facts = prepared()
    page.set_default_timeout(PATIENCE)
    page.goto(f"/accounts/login/?next=/members/{MANAGED}/moves/")
    sign_in(page, "manager")
    whole(page)
    files: list[FilePayload] = [
        {"name": "leden.xlsx", "mimeType": WORKBOOK, "buffer": member_list(facts)},
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": hubspot_contacts(facts)},
    ]
    page.locator("#id_uploaded").set_input_files(files)
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("cell", name="Member list")).to_be_visible()
    expect(page.get_by_role("cell", name="List of contacts")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="Look at the columns of contacts.csv").click()
    whole(page)
    page.get_by_role("button", name="This is right").click()
    page.get_by_role("button", name="Take it as guessed and compare").click()
    expect(page.get_by_role("heading", name="For all doubtful rows")).to_be_visible()
    whole(page)
    page.get_by_role("button", name="Choose").first.click()
    page.get_by_role("link", name="Wrong 4").click()
    expect(page.get_by_text("is no enterprise number").first).to_be_visible()
    whole(page)
    page.get_by_role("link", name="Go on to rehearsal and import").click()
    page.get_by_role("button", name="Rehearse the import").click()
    expect(page.get_by_role("heading", name="What the import would do")).to_be_visible()
    whole(page)
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_text("Imported, but for some rows")).to_be_visible()
    expect(page.get_by_role("heading", name="Your figures")).to_be_visible()
    changed = page.locator("[aria-labelledby=h-figures] tbody tr", has=page.locator("b"))
    expect(changed.first).to_be_visible()
    whole(page)
    changed.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="records that are counted")).to_be_visible()
    whole(page)
    page.go_back()
    with page.expect_download() as example:
        page.goto(f"/members/{MANAGED}/moves/")
        page.get_by_role("link", name="example of a member list").click()
    assert example.value.suggested_filename.startswith("ledenlijst")
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="What could not be placed").click()
    assert download.value.suggested_filename.startswith("left-over-")
    page.get_by_text("I want to take it back").click()
    page.get_by_role("button", name="Take the whole move back").click()
    expect(page.get_by_text("This move was taken back")).to_be_visible()
    whole(page)
