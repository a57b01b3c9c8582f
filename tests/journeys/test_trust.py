"""What lets a cluster trust the platform: take all along, take a change back, hand itself over."""

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import DOMAIN, MANAGED
from clusterwerk.members.actions import Promise, promise_contribution
from clusterwerk.members.models import Contribution, Membership
from clusterwerk.platform.access.session import NOBODY, acting, acting_person, opened
from clusterwerk.platform.models import User
from factories.trial_worker import TrialWorker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
PATIENCE = 20_000  # milliseconds for a job, or for a machine that others use too


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture
def whole(accessible: Check) -> Check:
    """Checked by axe on a wide light screen and on a dark telephone, which it must fit."""

    def check(page: Page) -> None:
        accessible(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
        accessible(page)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1440, "height": 900})

    return check


@pytest.fixture
def worker(demo_site: LiveServer, tmp_path: Path) -> Iterator[None]:
    started = TrialWorker(tmp_path)
    started.wait_for("ready")
    yield
    started.kill()


def manager() -> int:
    with acting(NOBODY), opened("identity"):
        return User.objects.get(email=f"manager@{DOMAIN}").pk


@pytest.mark.usefixtures("worker")
def test_the_manager_takes_all_data_of_the_cluster_along(
    page: Page, sign_in: SignIn, whole: Check
) -> None:
    page.goto(f"/accounts/login/?next=/sharing/{MANAGED}/")
    sign_in(page, "manager")
    page.get_by_role("link", name="All our data").click()
    whole(page)
    page.get_by_role("button", name="Make the archive").click()
    expect(page.get_by_role("link", name="Download the file")).to_be_visible(timeout=PATIENCE)
    whole(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    archive = ZipFile(download.value.path())
    table = archive.read("tables/members_membership.csv").decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table, newline="")))) == 82
    page.goto("/jobs/")
    expect(page.get_by_role("row", name="All data of my cluster")).to_contain_text("everything")
    whole(page)


def test_a_change_is_taken_back_from_the_page_of_its_member(
    page: Page, sign_in: SignIn, whole: Check
) -> None:
    with acting_person(manager(), reason="call of Tuesday") as seats:
        member = Membership.objects.filter(cluster__key=MANAGED).earliest("pk")
        promised = Contribution.objects.filter(
            organisation=member.organisation_id, cluster=member.cluster_id
        ).earliest("working_year")
        before = promised.amount
        promise_contribution(
            seats=seats, promise=Promise(member, promised.working_year, Decimal(98_765))
        )
    page.goto(f"/accounts/login/?next=/members/{MANAGED}/{member.pk}/")
    sign_in(page, "manager")
    panel = page.locator("#past")
    panel.scroll_into_view_if_needed()
    expect(panel).to_contain_text("call of Tuesday", timeout=PATIENCE)
    whole(page)
    panel.get_by_role("link", name="Promised contribution").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("History")
    page.get_by_label("As it was at the end of").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Show that day").click()
    whole(page)
    page.get_by_role("link", name="Take back the last change").click()
    whole(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The last change was taken back.")).to_be_visible(timeout=PATIENCE)
    with acting_person(manager()):
        assert Contribution.objects.get(pk=promised.pk).amount == before


def test_a_hand_over_is_proposed_accepted_and_rehearsed(
    page: Page, sign_in: SignIn, whole: Check
) -> None:
    page.goto(f"/accounts/login/?next=/sharing/{MANAGED}/")
    sign_in(page, "manager")
    page.get_by_role("link", name="Hand over").click()
    whole(page)
    page.get_by_label("Into another cluster").select_option(label="EUKA")
    page.get_by_label("From which day").fill(timezone.localdate().isoformat())
    page.get_by_label("Reason").fill("The two work on the same routes.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("The hand-over was proposed.")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Accept").click()
    whole(page)
    over = page.url
    page.context.clear_cookies()
    page.goto(f"/accounts/login/?next={over.removeprefix(page.url.split('/sharing')[0])}")
    sign_in(page, "programme")
    expect(page.get_by_role("button", name="Carry out")).to_have_count(0)
    page.get_by_role("button", name="Rehearse").click()
    done = page.get_by_role("region", name="Rehearsed: this would be done today")
    expect(done).to_contain_text("nothing has changed")
    expect(done.get_by_role("button", name="Carry out")).to_be_visible(timeout=PATIENCE)
    whole(page)
    with acting_person(manager()):
        assert Membership.objects.filter(cluster__key=MANAGED).count() == 82
