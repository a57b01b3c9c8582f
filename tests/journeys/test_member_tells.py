"""A member signs in by a mail link and tells a need to one of its clusters; that team reads it."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import BrowserContext, Page, expect

from clusterwerk.platform.access.session import enter
from factories.told import join_beta
from factories.world import STEWARD, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]
PEOPLE = ("member", "manager", "other_manager")


@pytest.fixture
def standing(transactional_db: None) -> World:
    """The company is a member of Alpha and Beta."""
    cache.clear()
    with transaction.atomic():
        built = build_world()
        join_beta(built)
        enter(STEWARD)
        for name in PEOPLE:
            person = built.people[name]
            EmailAddress.objects.create(
                user=person, email=person.email, primary=True, verified=True
            )
    return built


def sign_in_by_link(page: Page, name: str) -> None:
    """From the front page, as somebody who was never here."""
    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("E-mail address").fill(f"{name}@example.org")
    page.get_by_role("button", name="Mail me a sign-in link").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    link = re.search(r"https?://\S+/account/link/\S+", str(mail.outbox[-1].body))
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("summary.avatar")).to_be_visible()


def by_password(page: Page, name: str, after: str) -> None:
    page.goto(f"/accounts/login/?next={after}")
    page.locator("[name=login]").fill(f"{name}@example.org")
    page.locator("[name=password]").fill("password")
    page.keyboard.press("Enter")
    expect(page.locator("summary.avatar")).to_be_visible()


def test_a_need_told_by_a_member_reaches_the_cluster_it_was_told_to(
    standing: World, page: Page, visitor: BrowserContext, accessible: Check
) -> None:
    sign_in_by_link(page, "member")
    expect(page.get_by_role("heading", name="Éclair Works")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Tell a need").click()
    page.get_by_label("In short").fill("A place to dry wood")
    page.get_by_label("Alpha").check()
    accessible(page)
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_role("link", name="A place to dry wood")).to_be_visible()
    visitor.clear_cookies()
    by_password(page, "manager", "/members/alpha/needs-and-offers/")
    page.get_by_role("link", name="A place to dry wood").click()
    expect(page.get_by_role("link", name="Log a talk about it")).to_be_visible()
    accessible(page)
    visitor.clear_cookies()
    by_password(page, "other_manager", "/members/beta/needs-and-offers/")
    expect(page.get_by_role("link", name="A testing hall")).to_be_visible()
    expect(page.get_by_text("A place to dry wood")).to_have_count(0)
