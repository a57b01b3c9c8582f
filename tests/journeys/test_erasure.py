"""The manager of a cluster erases a person in the real browser, and the history verifies."""

from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from clusterwerk.members.models import Contact, Interaction, InteractionParty
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.sealing import seal_batch
from clusterwerk.platform.history.verifying import verify
from factories.owner import as_owner
from factories.world import STEWARD, World, build_world, cluster_seats

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("erasure")]
Check = Callable[[Page], None]


@pytest.fixture
def standing(transactional_db: None, settings: Settings, tmp_path: Path) -> World:

    settings.VAR = tmp_path
    with transaction.atomic():
        built = build_world()
        person = built.people["manager"]
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
        enter(cluster_seats(built.alpha))
        contact = Contact.objects.get(cluster=built.alpha)
        talk = Interaction.objects.create(
            cluster=built.alpha, kind="meeting", subject="Lunch with Lena"
        )
        InteractionParty.objects.create(
            cluster=built.alpha,
            interaction=talk,
            organisation=built.company,
            contact=contact,
        )
    return built


def test_an_erasure_that_the_history_accepts(
    standing: World, live_server: LiveServer, page: Page, accessible: Check
) -> None:
    with as_owner():
        sealed(standing)
    page.goto(f"{live_server.url}/accounts/login/?next=/members/alpha/contacts/")
    page.locator("[name=login]").fill("manager@example.org")
    page.locator("[name=password]").fill("password")
    page.keyboard.press("Enter")
    expect(page.locator("summary.avatar")).to_be_visible()
    with transaction.atomic():
        enter(cluster_seats(standing.alpha))
        person = Contact.objects.get(cluster=standing.alpha).pk
    page.goto(f"{live_server.url}/members/alpha/contacts/{person}/")
    page.locator("main details.menu > summary", has_text="More").click()
    page.get_by_role("link", name="Erase this person").click()
    expect(page.get_by_label("Lunch with Lena")).to_be_checked()
    expect(page.get_by_label("First talk")).not_to_be_checked()
    accessible(page)
    page.get_by_label("Reason").fill("request of 3 May")
    page.get_by_label("I have read what goes").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("The person was erased")).to_be_visible()
    expect(page.get_by_role("link", name="Lena Écluse")).to_have_count(0)
    with as_owner():
        assert sealed(standing) == []


def sealed(_world: World) -> list[object]:
    """Seal what is new and verify everything, as the owner does."""

    with transaction.atomic():
        enter(STEWARD)
        seal_batch()
    return list(verify().named)
