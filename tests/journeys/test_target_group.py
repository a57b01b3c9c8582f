"""From a target group to a prospect, a member, and one more that is reached; in the browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import MANAGED
from factories.trial_worker import TrialWorker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
PATIENCE = 60_000  # milliseconds for a job, or for a machine that others use too
GROUPS = f"/members/{MANAGED}/target-groups/"
REACHED = re.compile(r"(\d+) of (\d+) enterprises are members")


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture
def _worker(demo_site: LiveServer, tmp_path: Path) -> Iterator[None]:
    started = TrialWorker(tmp_path)
    started.wait_for("ready")
    yield
    started.kill()


def reached(page: Page) -> tuple[int, int]:
    """Members and enterprises, once the job that counts has led to the group."""
    told = page.get_by_text(REACHED)
    expect(told).to_be_visible()
    found = REACHED.search(told.inner_text())
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.usefixtures("_worker")
def test_a_prospect_of_a_target_group_becomes_a_member_and_is_reached(
    page: Page, sign_in: SignIn, accessible: Check
) -> None:
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(f"/accounts/login/?next={GROUPS}add/")
    sign_in(page, "manager")
    page.goto(f"{GROUPS}add/")
    page.get_by_label("Name", exact=True).fill("Around Ghent")
    page.get_by_label("Municipalities").fill("Gent")
    page.get_by_role("button", name="Save and count").click()
    members, enterprises = reached(page)
    page.get_by_role("link", name="Show them").click()
    first = page.locator("tbody tr").first
    name = first.locator("th").inner_text()
    first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Note as prospect").click()
    row = page.locator("tbody tr", has_text=name)
    expect(row.locator(".badge")).to_have_text("Prospect")
    accessible(page)
    page.get_by_role("link", name="All prospects").click()
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    accessible(page)
    page.go_back()
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Make them members").click()
    accessible(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Make them members").click()
    expect(page.get_by_text("1 enterprise is a member now.")).to_be_visible()
    expect(row).to_have_count(0)
    page.get_by_role("link", name="Around Ghent").click()
    page.get_by_role("button", name="Count now").click()
    after = f"{members + 1} of {enterprises} enterprises are members"
    expect(page.get_by_text(after)).to_be_visible()
