"""Signing in as people do it, in the browser, each page checked by axe."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from clusterwerk.platform.access.session import NOBODY, acting
from factories.accounts import PASSWORD, open_an

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _an(transactional_db: None) -> None:
    with acting(NOBODY):
        cache.clear()
        open_an()


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/account/")
    page.get_by_label("E-mail address").fill("an@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_by_password_to_the_account_its_pages_and_out_again(page: Page, accessible: Check) -> None:
    page.goto("/accounts/login/?next=/account/")
    accessible(page)
    page.get_by_label("E-mail address").fill("an@example.org")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("E-mail address")).to_have_value("an@example.org")
    accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    accessible(page)
    for address in ("/accounts/email/", "/accounts/password/change/", "/accounts/sessions/"):
        page.goto(address)
        accessible(page)
    page.goto("/account/")
    page.get_by_label("Name").fill("An P.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your account was changed.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_by_the_link_in_a_mail_opened_on_another_device(
    page: Page, visitor: BrowserContext, accessible: Check
) -> None:
    page.goto("/accounts/login/?next=/account/")
    page.get_by_label("E-mail address").fill("an@example.org")
    page.get_by_role("button", name="Mail me a sign-in link").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    accessible(page)
    found = re.search(r"https?://\S+/account/link/\S+", str(mail.outbox[0].body))
    assert found
    browser = visitor.browser
    assert browser
    telephone = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    other = telephone.new_page()
    other.goto(found[0])
    accessible(other)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="My account")).to_be_visible()
    accessible(other)
    other.goto(found[0])
    expect(other.get_by_role("heading", name="This link has ended")).to_be_visible()
    accessible(other)
    telephone.close()


def test_two_step_sign_in_is_turned_on_and_used(page: Page, accessible: Check) -> None:
    sign_in(page)
    page.goto("/accounts/2fa/")
    accessible(page)
    page.get_by_role("link", name="Turn on").click()
    accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    accessible(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Code of the app").fill(code_of(secret, earlier=1))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    accessible(page)
    page.goto("/accounts/2fa/")
    accessible(page)
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/account/")
    page.get_by_label("E-mail address").fill("an@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    accessible(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def code_of(secret: str, *, earlier: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - earlier)))


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/password/reset/key/1-x-y/",
        "/mail/",
    ],
)
def test_pages_around_sign_in_have_no_finding(page: Page, accessible: Check, path: str) -> None:
    page.goto(path)
    accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.reload()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_page_of_too_many_attempts_keeps_the_address(page: Page, accessible: Check) -> None:
    page.goto("/accounts/login/")
    for _ in range(6):
        page.get_by_label("E-mail address").fill("an@example.org")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Too many attempts")
    expect(page.get_by_label("E-mail address")).to_have_value("an@example.org")
    accessible(page)
