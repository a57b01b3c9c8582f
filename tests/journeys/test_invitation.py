"""A manager invites a colleague, who accepts in a cold browser, and later takes the access away."""

import re
from collections.abc import Callable
from typing import cast

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from procrastinate import JobContext
from pytest_django.live_server_helper import LiveServer

from clusterwerk.platform.access.session import NOBODY, acting, enter, opened
from clusterwerk.platform.jobs.effects import perform_effect
from clusterwerk.platform.jobs.models import OutsideEffect
from factories.invited import link_in
from factories.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("invitation")]
Check = Callable[[Page], None]


@pytest.fixture
def standing(transactional_db: None) -> World:
    with transaction.atomic():
        enter(NOBODY)
        built = build_world()
        person = built.people["manager"]
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return built


def mails_sent() -> list[str]:
    """What the worker would do now."""
    with acting(NOBODY), opened("jobs"):
        waiting = list(OutsideEffect.objects.values_list("pk", flat=True))
    for noted in waiting:
        perform_effect.func(cast("JobContext", None), effect=noted)
    return [str(message.body) for message in mail.outbox]


def test_a_colleague_comes_by_a_mail_and_goes_with_a_click(
    standing: World, live_server: LiveServer, page: Page, browser: Browser, accessible: Check
) -> None:
    page.goto(f"{live_server.url}/accounts/login/?next=/people/")
    page.locator("[name=login]").fill("manager@example.org")
    page.locator("[name=password]").fill("password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who has access", level=1)).to_be_visible()
    accessible(page)
    page.get_by_label("E-mail address").fill("noor@example.org")
    page.get_by_label("Name", exact=True).fill("Noor")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("noor@example.org was invited.")).to_be_visible()
    (text,) = mails_sent()
    cold = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()
    cold.goto(live_server.url + link_in(text))
    expect(cold.get_by_role("heading", name="You are invited")).to_be_visible()
    expect(cold.get_by_label("Your name")).to_have_value("Noor")
    accessible(cold)
    cold.get_by_role("button", name="Accept").click()
    expect(cold.get_by_text("Welcome to Alpha.")).to_be_visible()
    cold.goto(f"{live_server.url}/people/cluster/alpha/")
    expect(cold.get_by_role("heading", level=1)).to_have_text("Who has access")

    page.goto(f"{live_server.url}/people/cluster/alpha/")
    page.get_by_role("link", name=re.compile("Noor, staff")).click()
    page.get_by_label("Reason").fill("Left the team")
    accessible(page)
    page.get_by_role("button", name="Take away at once").click()
    expect(page.get_by_text("Noor has no access here any more.")).to_be_visible()
    refused = cold.goto(f"{live_server.url}/people/cluster/alpha/")
    assert refused is not None
    assert refused.status in {403, 404}
    cold.context.close()
