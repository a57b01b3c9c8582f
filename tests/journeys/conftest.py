"""A real browser on a real server: Chromium of the system, pages checked by axe.

Without Chromium these tests are left out, and the run says so. `live_server` serves what
a test makes itself and is emptied after it. `demo_site` serves the published figures and the demo,
which all tests of a module share, so that a module uses one of the two.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import DEMO_PASSWORD, DOMAIN
from factories.grounds import Grounds

CHROMIUM = os.environ.get("CLUSTERWERK_CHROMIUM") or shutil.which("chromium")
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: no page was looked at in a browser.")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in this thread; Django would take the test for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def demo_site(browser: Browser, grounds: Grounds) -> Iterator[LiveServer]:
    """A server with the published figures and the demo, loaded by the application role.

    They are loaded once for all runs; each module has a copy of its own to change.
    """
    grounds.make_demo()
    server = LiveServer("localhost")
    yield server
    server.stop()
    grounds.drop_demo()


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """Where pages are; a module that looks at the demo gives the address of `demo_site`."""
    return live_server.url


@pytest.fixture
def sign_in() -> SignIn:
    """Signs a person of the demo in by the form that is open, and waits for the desk's frame."""

    def fill(page: Page, key: str) -> None:
        page.locator("[name=login]").fill(f"{key}@{DOMAIN}")
        page.locator("[name=password]").fill(DEMO_PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("summary.avatar")).to_be_visible()

    return fill


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser window of somebody who reads English, on a wide screen."""
    context = browser.new_context(
        base_url=address,
        locale="en-GB",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",  # colours are read at once after a change of theme
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """A page; what the security policy stopped or broke in a script fails the test."""
    opened = visitor.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
    )
    yield opened
    assert complaints == []


@pytest.fixture(scope="session")
def accessible() -> Check:
    """Fails with what axe finds on the page, as a rule and the elements that break it."""

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a click returns as soon as the next page begins to arrive
        found = Axe().run(page).response["violations"]
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
        assert told == [], page.url

    return check
