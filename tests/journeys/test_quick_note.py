"""A note after a visit on a telephone: in three taps, without a connection, and sent once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
NOTE = "/members/own/note/"
PATIENCE = 30_000  # milliseconds, on a machine that others use too
KEPT = "Kept on this telephone, not yet sent"


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture
def telephone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=address,
        locale="en-GB",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def note(telephone: BrowserContext, sign_in: SignIn) -> Page:
    """The page of the note, opened once with a connection, so that the browser keeps it."""
    page = telephone.new_page()
    page.goto(f"/accounts/login/?next={NOTE}")
    page.locator("[name=login]").fill("manager@demo.clusterwerk.example")
    page.locator("[name=password]").fill("polder-windmolen-demo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Quick note")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    return page


def write(page: Page, text: str) -> str:
    """Tap a member, say it, tap save; returns the member's name."""
    member = page.locator("[data-recent] label").first
    member.tap()
    page.get_by_label("What was said").fill(text)
    page.get_by_role("button", name="Save the note").tap()
    return member.inner_text().strip()


def found(page: Page, text: str) -> int:
    """How often the words stand among the hits of a search."""
    page.goto(f"/desk/search/?q={text}")
    return page.locator("main a", has_text=text).count()


def test_a_note_takes_three_taps_and_no_reading(note: Page, accessible: Check) -> None:
    accessible(note)
    write(note, "Threetaps they want a trial")
    expect(note.get_by_text("The note is on the timeline.")).to_be_visible()
    expect(note.locator("[data-kept]")).to_be_hidden()
    assert found(note, "Threetaps") == 1


def test_without_a_connection_the_page_opens_and_a_note_waits_and_goes_once(
    telephone: BrowserContext, note: Page, accessible: Check
) -> None:
    telephone.set_offline(True)
    note.reload()
    expect(note.locator("[data-offline]")).to_be_visible()
    write(note, "Offlinenote they open a plant")
    expect(note.locator("[data-kept]")).to_contain_text("Offlinenote they open a plant")
    expect(note.get_by_role("heading", name=KEPT)).to_be_visible()
    accessible(note)
    note.reload()  # closed and opened again, it is still there
    expect(note.locator("[data-kept]")).to_contain_text("Offlinenote they open a plant")
    telephone.set_offline(False)
    note.get_by_role("button", name="Send now").tap()
    expect(note.locator("[data-kept]")).to_be_hidden()
    note.reload()
    assert found(note, "Offlinenote") == 1


def test_an_answer_that_got_lost_does_no_harm(telephone: BrowserContext, note: Page) -> None:
    """The server keeps the note, the telephone does not hear so, and sends it again."""
    lost: list[int] = []

    def lose(route: object) -> None:
        if route.request.method != "POST" or lost:  # type: ignore[attr-defined]
            route.continue_()  # type: ignore[attr-defined]
            return
        lost.append(route.fetch().status)  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    telephone.route(f"**{NOTE}", lose)
    write(note, "Lostanswer they call back")
    expect(note.locator("[data-kept]")).to_contain_text("Lostanswer")
    note.get_by_role("button", name="Send now").tap()
    expect(note.locator("[data-kept]")).to_be_hidden()
    assert lost == [200]
    assert found(note, "Lostanswer") == 1


def test_a_session_that_ended_keeps_the_note_until_the_person_is_back(
    telephone: BrowserContext, note: Page
) -> None:
    telephone.clear_cookies(name="sessionid")
    write(note, "Endedsession they sign")
    expect(note.get_by_text("Sign in again, then it is sent.")).to_be_visible()
    expect(note.locator("[data-kept]")).to_contain_text("Endedsession")
    note.goto(f"/accounts/login/?next={NOTE}")
    note.locator("[name=login]").fill("manager@demo.clusterwerk.example")
    note.locator("[name=password]").fill("polder-windmolen-demo")
    note.keyboard.press("Enter")
    expect(note.get_by_text("The note is on the timeline.")).to_be_visible()
    assert found(note, "Endedsession") == 1


def test_another_person_neither_sees_nor_sends_what_was_kept(
    telephone: BrowserContext, note: Page, sign_in: SignIn
) -> None:
    telephone.set_offline(True)
    name = write(note, "Privatewords of the manager")
    expect(note.locator("[data-kept]")).to_contain_text("Privatewords")
    # Nothing leaves before the sign-out: back on line, the page sends at once what it keeps.
    telephone.route(f"**{NOTE}", lambda route: route.abort())
    telephone.set_offline(False)
    note.goto("/desk/")
    note.locator("summary.avatar").tap()
    note.get_by_role("button", name="Sign out").tap()
    expect(note.locator("summary.avatar")).to_have_count(0)
    assert note.evaluate("Object.keys(localStorage).filter(key => key.startsWith('forget:'))") == []
    telephone.unroute(f"**{NOTE}")
    telephone.set_offline(True)
    note.goto(NOTE)
    assert "Privatewords" not in note.content()
    assert name not in note.content()
    telephone.set_offline(False)
    note.goto(f"/accounts/login/?next={NOTE}")
    note.locator("[name=login]").fill("staff@demo.clusterwerk.example")
    note.locator("[name=password]").fill("polder-windmolen-demo")
    note.keyboard.press("Enter")
    expect(note.get_by_role("heading", name="Quick note")).to_be_visible()
    expect(note.locator("[data-kept]")).to_be_hidden()
    assert found(note, "Privatewords") == 0
