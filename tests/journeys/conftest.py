"""A real browser on a real server: Chromium of the system, pages checked by axe.

Without Chromium these tests are left out, and the run says so.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CLUSTERWERK_CHROMIUM") or shutil.which("chromium")
Check = Callable[[Page], None]


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


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:  # untyped fixture
    """A browser window of somebody who reads English, on a wide screen."""
    context = browser.new_context(
        base_url=live_server.url,
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
        found = Axe().run(page).response["violations"]
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
        assert told == [], page.url

    return check
