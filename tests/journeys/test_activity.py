"""From a published activity to a member that counts: the website's frame, the mail, the door."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from playwright.sync_api import BrowserContext, Page, expect

from clusterwerk.activities.forms.registering import DRAWN_AT_LEAST
from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import STEWARD, World, build_world, cluster_seats

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]
NAME = "Evening about wood"
ADDRESS = "nora@eclair.example"


@pytest.fixture
def standing(transactional_db: None) -> World:
    """The company was at one activity of Alpha, ten days ago; one more and it takes part."""
    cache.clear()
    with transaction.atomic():
        built = build_world()
        enter(STEWARD)
        person = built.people["manager"]
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
        enter(cluster_seats(built.alpha))
        day = datetime.now(UTC).date() - timedelta(days=10)
        before = Activity.objects.create(
            cluster=built.alpha, name="Breakfast", day=day, source="test"
        )
        Attendance.objects.create(
            cluster=built.alpha,
            activity=before,
            organisation=built.company,
            printed_name="Nora Nagel",
            source="test",
        )
    return built


@pytest.fixture
def telephone(visitor: BrowserContext, page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    yield page
    page.set_viewport_size({"width": 1440, "height": 900})


def where_it_is_noon() -> ZoneInfo:
    """So that an hour from now is the same day there, whatever the hour of the test."""
    return ZoneInfo(f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/activities/alpha/")
    page.locator("[name=login]").fill("manager@example.org")
    page.locator("[name=password]").fill("password")
    page.keyboard.press("Enter")
    expect(page.locator("summary.avatar")).to_be_visible()


def plan_and_publish(page: Page, accessible: Check) -> None:
    zone = where_it_is_noon()
    begins = datetime.now(zone) + timedelta(hours=1)
    page.get_by_role("link", name="Plan an activity").first.click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Day", exact=True).fill(f"{begins:%Y-%m-%d}")
    page.get_by_label("From", exact=True).fill(f"{begins:%H:%M}")
    page.get_by_label("Until", exact=True).fill(f"{begins + timedelta(hours=2):%H:%M}")
    page.get_by_label("Time zone").fill(zone.key)
    page.get_by_label("Places").fill("12")
    page.get_by_label("For whom").select_option("everybody")
    accessible(page)
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("link", name="Public page")).to_be_visible()


def website_frame(page: Page) -> str:
    """The line that the team pastes into its website, as an address."""
    page.goto("/activities/alpha/website/")
    line = page.locator("textarea", has_text="/embed/en/").input_value()
    found = re.search(r'src="https?://[^/]+(/embed/en/[^"]+)"', line)
    assert found
    return found[1]


def register_in_frame(page: Page, address: str, accessible: Check) -> None:
    """As a visitor of that website, who has no account and no cookie."""
    page.context.clear_cookies()
    page.goto(address)
    accessible(page)
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Name", exact=True).fill("Nora Nagel")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Organisation").fill("Éclair Works")
    accessible(page)
    page.wait_for_timeout(DRAWN_AT_LEAST / timedelta(milliseconds=1))
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Look in your mailbox")).to_be_visible()
    assert page.context.cookies() == []


def link_of_the_mail() -> str:
    with transaction.atomic(), opened("mail"):
        mails = [row.content for row in OutgoingMail.objects.order_by("pk")]
    own = [mail["body"] for mail in mails if mail["to"] == [ADDRESS]]
    found = re.search(r"https?://[^/]+(/agenda/registration/\S+)", own[-1])
    assert found, own
    return found[1]


def the_evening_passes(world: World) -> None:
    """Four hours at once, which a test cannot wait for."""
    with transaction.atomic():
        enter(cluster_seats(world.alpha))
        own = Activity.objects.filter(name=NAME)
        four = timedelta(hours=4)
        own.update(starts_at=F("starts_at") - four, ends_at=F("ends_at") - four)


def test_who_registers_on_the_website_and_comes_makes_the_member_take_part(
    standing: World, telephone: Page, accessible: Check
) -> None:
    page = telephone
    sign_in(page)
    plan_and_publish(page, accessible)
    frame = website_frame(page)
    register_in_frame(page, frame, accessible)
    page.goto(link_of_the_mail())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("img", name="Square code")).to_be_visible()
    accessible(page)
    ticket = page.url
    sign_in(page)
    page.goto(f"{ticket}?at=door")  # what a telephone reads from the code
    expect(page.get_by_role("heading", name="At the door")).to_be_visible()
    accessible(page)
    page.locator("[data-person]").first.get_by_role("button", name="Is here").click()
    expect(page.get_by_text("One person here")).to_be_visible()
    page.get_by_label("Guests of Nora Nagel").first.select_option("2")
    expect(page.get_by_text("3 people here")).to_be_visible()
    accessible(page)
    the_evening_passes(standing)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/activities/alpha/participation/members/?part=two")
    page.get_by_role("link", name="Éclair Works").click()
    expect(page.get_by_text("Takes part", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    expect(page.get_by_role("cell", name="Nora Nagel")).to_have_count(2)
    accessible(page)
