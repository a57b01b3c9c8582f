"""A matchmaking day of sixty people: planned, a timetable opened, and how a meeting was."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from clusterwerk.activities import actions, jobs
from clusterwerk.activities.actions import Plan
from clusterwerk.activities.actions.rounds import RoundHours, open_round
from clusterwerk.activities.actions.wishes import Answer, say_wishes
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    Audience,
    MatchMeeting,
    MatchRound,
    PublishedActivity,
    Registration,
)
from clusterwerk.members.models import Interaction
from clusterwerk.platform.access.session import NOBODY, acting, enter, opened
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.running import run_job
from clusterwerk.platform.rows import created_many
from factories.world import World, build_world, cluster_seats

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("matchmaking")]
Check = Callable[[Page], None]
PEOPLE = 60


@pytest.fixture
def standing(transactional_db: None) -> World:
    with transaction.atomic():
        enter(NOBODY)
        built = build_world()
        person = built.people["manager"]
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return built


@pytest.fixture
def crowd(standing: World) -> Activity:
    """It begins in an hour; sixty people said yesterday whom they want to meet."""
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1)
    yesterday = starts - timedelta(days=1)
    seats = cluster_seats(standing.alpha)
    facts = Plan(
        name="Sixty meet",
        kind=ActivityKind.MATCHMAKING,
        language="en",
        starts_at=starts,
        ends_at=starts + timedelta(hours=8),
        time_zone="UTC",
        takes_registrations=True,
        audience=Audience.EVERYBODY,
    )
    hours = RoundHours(
        starts_at=starts,
        minutes=20,
        pause=5,
        slots=10,
        gaps="",
        tables=25,
        closes_at=starts - timedelta(hours=1),
    )
    with acting(seats):
        draft = actions.plan_activity(seats=seats, lead=standing.alpha, plan=facts)
        own = actions.publish_activity(seats=seats, activity=draft, now=yesterday)
        created_many(_people(own, standing))
        open_round(seats=seats, activity=own, hours=hours, now=yesterday)
        people = list(Registration.objects.filter(activity=own).order_by("pk"))
    draw = Random(60)
    with acting(NOBODY):
        for person in people:
            others = draw.sample([one.pk for one in people if one != person], 8)
            marks = {other: draw.choice((0, 1, 1, 2, 3)) for other in others}
            answer = Answer(f"A partner for {person.name}", "Machines", (), marks)
            say_wishes(seats=NOBODY, token=person.token, answer=answer, now=yesterday)
    return own


def _people(own: Activity, world: World) -> list[Registration]:
    return [
        Registration(
            activity=own,
            **own.owners,
            name=f"Person {number:02}",
            email=f"person{number}@example.org",
            organisation=world.company if number == 0 else None,
            printed_organisation="" if number == 0 else f"Works {number:02}",
            state="confirmed",
            token=f"link-of-person-{number}",
            language="en",
        )
        for number in range(PEOPLE)
    ]


def _comes_about(world: World, own: Activity) -> None:
    """Four hours later: as if all of it were planned for earlier."""
    earlier = timedelta(hours=4)
    with acting(cluster_seats(world.alpha)):
        for model in (Activity, PublishedActivity):
            found = model._default_manager.filter(pk=own.pk)
            found.update(starts_at=F("starts_at") - earlier, ends_at=F("ends_at") - earlier)
        MatchRound.objects.filter(pk=own.pk).update(starts_at=F("starts_at") - earlier)


def test_sixty_people_are_planned_and_one_says_how_it_was(  # noqa: PLR0917 - fixtures
    standing: World,
    crowd: Activity,
    live_server: LiveServer,
    page: Page,
    browser: Browser,
    accessible: Check,
) -> None:
    place = f"{live_server.url}/activities/alpha/{crowd.pk}/matchmaking/"
    page.goto(f"{live_server.url}/accounts/login/?next=/activities/alpha/{crowd.pk}/")
    page.locator("[name=login]").fill("manager@example.org")
    page.locator("[name=password]").fill("password")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Matchmaking", exact=True).click()
    expect(page.get_by_text("60 of 60 people answered").last).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Plan the meetings").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan of a matchmaking day")
    with acting(NOBODY), opened("jobs"):
        run = JobRun.objects.latest("pk")
    run_job(jobs.plan_meetings, None, run.pk)
    page.goto(place)
    expect(page.get_by_text("60 people meet somebody they asked for")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Publish and mail timetables").click()
    expect(page.get_by_text("Published. 60 people are mailed their timetable.")).to_be_visible()

    _comes_about(standing, crowd)
    visitor = browser.new_context(
        locale="en-GB", reduced_motion="reduce", viewport={"width": 390, "height": 844}
    ).new_page()
    visitor.goto(f"{live_server.url}/agenda/registration/link-of-person-0/")
    visitor.get_by_role("link", name="Your timetable").click()
    expect(visitor.get_by_role("heading", name="Your timetable")).to_be_visible()
    accessible(visitor)
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 390
    visitor.get_by_text("Say how it was").first.click()
    visitor.get_by_label("Was it useful?").first.select_option("yes")
    visitor.get_by_label("We go on together").first.check()
    visitor.get_by_role("button", name="Send").first.click()
    expect(visitor.get_by_text("Thank you, it was kept.")).to_be_visible()
    expect(visitor.get_by_text("You said how it was")).to_be_visible()
    visitor.context.close()

    page.goto(f"{place}results/")
    expect(page.get_by_text("we go on", exact=True)).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Put on the timelines").click()
    expect(page.get_by_text("One meeting was put on the timelines.")).to_be_visible()
    page.get_by_role("button", name="Put on the timelines").click()
    expect(page.get_by_text("0 meetings were put on the timelines.")).to_be_visible()
    with acting(cluster_seats(standing.alpha)):
        (found,) = Interaction.objects.filter(external_id__startswith="matchmaking:")
        assert "we go on" in found.body
        assert MatchMeeting.objects.filter(activity=crowd).count() > 100
