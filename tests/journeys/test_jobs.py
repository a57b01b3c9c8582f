"""The page of a job in the browser: progress that survives a reload, checked by axe."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings

from clusterwerk.config.demo.people import DEMO_PASSWORD, DOMAIN
from clusterwerk.platform.access.decision import ALLOWED
from clusterwerk.platform.access.session import NOBODY, acting, opened
from clusterwerk.platform.accounts.actions import open_account
from clusterwerk.platform.jobs import registry
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.states import JobState
from clusterwerk.platform.models import User
from factories.asked import asked_by

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind of the run, so that its file may be fetched; a kind that is no more is refused."""
    known = next(each for each in registry.JOBS.values())
    monkeypatch.setitem(
        registry.JOBS, "test", replace(known, kind="test", may_fetch=lambda _seats, _ids: ALLOWED)
    )


@pytest.fixture
def manager(page: Page, sign_in: SignIn, settings: Settings, tmp_path: str) -> User:
    settings.FILES = tmp_path
    with acting(NOBODY):
        person = open_account(
            email=f"manager@{DOMAIN}", name="An", password=DEMO_PASSWORD, confirmed=True
        )
    page.goto("/accounts/login/?next=/jobs/")
    sign_in(page, "manager")
    return person


def change(pk: int, **facts: object) -> None:
    with acting(NOBODY), opened("jobs"):
        JobRun.objects.filter(pk=pk).update(**facts)


def begun(person: User) -> int:
    with acting(NOBODY):
        return asked_by(person, state=JobState.RUNNING, done=3, total=12, error="").run


def test_progress_moves_by_itself_survives_a_reload_and_ends_in_a_file(
    page: Page, manager: User, accessible: Check
) -> None:
    pk = begun(manager)
    page.goto(f"/jobs/{pk}/")
    accessible(page)
    bar = page.get_by_role("progressbar")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("3", "12")
    change(pk, done=7)
    expect(page.get_by_text("7 of 12")).to_be_visible()
    page.reload()
    expect(page.get_by_text("7 of 12")).to_be_visible()
    page.get_by_role("button", name="Cancel the job").focus()
    change(pk, done=8)
    expect(page.get_by_text("8 of 12")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel the job")).to_be_focused()
    change(pk, state=JobState.SUCCEEDED, done=12)
    expect(page.get_by_role("status")).to_contain_text("done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    assert download.value.suggested_filename == "secret.txt"
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    accessible(page)


def test_without_script_a_link_refreshes_and_a_button_cancels(
    browser: Browser, address: str, visitor: BrowserContext, manager: User
) -> None:
    pk = begun(manager)
    plain = browser.new_context(
        base_url=address,
        locale="en-GB",
        java_script_enabled=False,
        storage_state=visitor.storage_state(),
    )
    page = plain.new_page()
    page.goto(f"/jobs/{pk}/")
    change(pk, done=7)
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("7 of 12")).to_be_visible()
    page.get_by_role("button", name="Cancel the job").click()
    expect(page.get_by_text("The job stops after the step it is in.")).to_be_visible()
    plain.close()
