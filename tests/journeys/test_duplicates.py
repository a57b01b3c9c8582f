"""Duplicates in the real browser: a warning, a pair merged and taken back, every page looked at."""

from collections.abc import Callable

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clusterwerk.directory.duplicates.searching import duplicates_among, keep_candidates
from clusterwerk.directory.models import Organisation
from clusterwerk.members.duplicates.finding import find_pairs
from clusterwerk.members.models import Consent, Contact
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, enter
from factories.merges import made_organisation
from factories.world import World, build_world, cluster_seats

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("duplicates")]
Check = Callable[[Page], None]
SCREENS = ((1440, 900), (390, 844))


@pytest.fixture
def standing(transactional_db: None) -> World:
    with transaction.atomic():
        built = build_world()
        keep_twins(built)
    return built


def keep_twins(world: World) -> None:
    """Two organisations and two contacts that are one each, and what a search found of them."""
    made_organisation("Eclair Works BV", world.alpha, website="https://works.example")
    seats = cluster_seats(world.alpha)
    enter(seats)
    for email, mobile, state in (
        ("an.peeters@works.example", "", "withdrawn"),
        ("an.peeters+cluster@works.example", "+32470112233", "given"),
    ):
        who = Contact.objects.create(
            cluster=world.alpha,
            first_name="An",
            last_name="Peeters",
            email=email,
            mobile=mobile,
            note=f"Writes from {email}",
            source="test",
        )
        Consent.objects.create(
            cluster=world.alpha,
            contact=who,
            purpose="newsletter",
            state=state,
            said_on="2020-01-01",
            way="written",
        )
    keep_candidates(seats=seats, cluster=world.alpha.pk, found=duplicates_among(world.alpha.pk))
    find_pairs(seats=seats, cluster=world.alpha.pk)


@pytest.fixture
def manager(standing: World, live_server: LiveServer, page: Page) -> Page:
    """Signed in as the manager of Alpha, in English."""
    client = Client()
    with acting(NOBODY):
        client.force_login(standing.people["manager"])
    session = client.cookies[configured.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def look(page: Page, check: Check) -> None:
    """On a desk and a telephone, light and dark: nothing wider than the screen, nothing of axe."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        check(page)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_contact_is_found_merged_and_taken_apart_again(
    manager: Page, standing: World, live_server: LiveServer, accessible: Check
) -> None:
    page = manager
    page.goto(f"{live_server.url}/members/alpha/contacts/add/")
    page.get_by_label("First name").fill("Ann")
    page.get_by_label("Last name").fill("Peeters")
    page.get_by_label("Mobile telephone").fill("0470 11 22 33")
    page.get_by_label("Note").focus()
    expect(page.get_by_text("This looks like somebody you know already")).to_be_visible()
    look(page, accessible)
    page.goto(f"{live_server.url}/members/alpha/contacts/duplicates/")
    look(page, accessible)
    page.get_by_role("link", name="Compare An Peeters").click()
    expect(page.get_by_role("heading", name="Are these one person?")).to_be_visible()
    look(page, accessible)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("is now part of An Peeters")).to_be_visible()
    look(page, accessible)
    with transaction.atomic():
        enter(cluster_seats(standing.alpha))
        kept = Contact.objects.get(last_name="Peeters")
        assert kept.mobile == "+32470112233"
        assert Consent.objects.get(contact=kept).state == "withdrawn"
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("everything stands as before")).to_be_visible()
    with transaction.atomic():
        enter(cluster_seats(standing.alpha))
        assert Contact.objects.filter(last_name="Peeters").count() == 2


def test_an_organisation_is_compared_merged_and_taken_back(
    manager: Page, standing: World, live_server: LiveServer, accessible: Check
) -> None:
    page = manager
    page.goto(f"{live_server.url}/directory/duplicates/")
    look(page, accessible)
    page.get_by_role("link", name="Compare Eclair Works BV").click()
    expect(page.get_by_role("heading", name="Are these the same organisation?")).to_be_visible()
    look(page, accessible)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Eclair Works BV is now part of Éclair Works")).to_be_visible()
    look(page, accessible)
    page.get_by_role("button", name="Take back Eclair Works BV").click()
    expect(page.get_by_text("everything stands as before")).to_be_visible()
    with transaction.atomic():
        enter(cluster_seats(standing.alpha))
        mine = Organisation.objects.get(name="Eclair Works BV")
        assert mine.merged_into is None
