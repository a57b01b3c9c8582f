"""What an agency organises: planned, published, asked of clusters and followed on its own pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.matched import HOURS
from activities.registered import comes
from clusterwerk.activities.actions import rounds
from clusterwerk.activities.models import Activity, ActivityPart, Registration
from clusterwerk.measure.meetings import plan
from clusterwerk.platform.access.session import enter
from factories.world import World, agency_seats, cluster_seats


def english_client(world: World, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.people[who])
    return client


def typed() -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=30)
    return {
        "name": "Round before the call", "kind": "matchmaking", "day": day.isoformat(),
        "begins": "09:00", "ends": "17:00", "time_zone": "Europe/Brussels", "language": "en",
        "audience": "everybody", "takes_registrations": "on", "capacity": "60",
        "summary": "Call 5 of the programme opens in spring",
    }  # fmt: skip


@pytest.fixture
def led(world: World) -> Activity:
    """Planned and published on the pages of the agency."""
    client = english_client(world, "programme_manager")
    added = client.post(reverse("activities:activity_add", args=["agency"]), typed())
    assert added.status_code == 302
    enter(agency_seats(world.agency))
    own = Activity.objects.get(agency=world.agency, cluster=None)
    client.post(reverse("activities:activity_publish", args=["agency", own.pk]))
    return own


PAGES = (
    "activity_detail", "activity_change", "registration_list", "registration_add", "questions",
    "door", "door_add", "door_paper", "parts", "activity_cancel", "matchmaking_hours",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_an_activity_opens_for_the_agency_that_leads_it(
    world: World, led: Activity, name: str
) -> None:
    client = english_client(world, "programme_manager")
    page = reverse(f"activities:{name}", args=["agency", led.pk])
    answer = client.get(page)
    assert answer.status_code == 200
    assert b"Round before the call" in answer.content
    other = english_client(world, "manager")
    assert other.get(page).status_code == 404
    assert other.get(page.replace("/agency/", "/alpha/")).status_code == 404


def test_the_menu_leads_to_the_list_and_visitors_read_who_organises(
    world: World, led: Activity
) -> None:
    client = english_client(world, "programme_manager")
    to = client.get(reverse("activities:own_activities"))
    assert to.headers["Location"] == reverse("activities:activity_list", args=["agency"])
    listed = client.get(to.headers["Location"]).content
    assert b"Round before the call" in listed
    assert b"Network evening" not in listed
    told = Client().get(reverse("agenda:agenda_detail", args=[led.uid])).content
    assert b"Agency of Here" in told
    agenda = Client().get(reverse("agenda:agenda"))
    assert b"Round before the call" in agenda.content


def test_who_only_accounts_for_the_agency_reads_and_plans_nothing(
    world: World, led: Activity
) -> None:
    reader = english_client(world, "account_manager")
    assert reader.get(reverse("activities:activity_list", args=["agency"])).status_code == 200
    for name, args in (("activity_add", ["agency"]), ("activity_change", ["agency", led.pk])):
        assert reader.get(reverse(f"activities:{name}", args=args)).status_code == 403
    for who in ("evaluator", "steward", "member"):
        other = english_client(world, who)
        assert other.get(reverse("activities:activity_list", args=["agency"])).status_code in {
            403, 404,
        }  # fmt: skip


def test_a_cluster_joins_the_round_with_its_themes_and_reads_who_registers(
    world: World, led: Activity
) -> None:
    programme = english_client(world, "programme_manager")
    cluster = english_client(world, "other_manager")
    comes(led, "bea@example.org", now=timezone.now())
    page = reverse("activities:parts", args=["agency", led.pk])
    assert programme.post(page, {"asked": world.beta.pk, "words": "Themes?"}).status_code == 302
    enter(cluster_seats(world.beta))
    part = ActivityPart.objects.get(asked=world.beta, activity_id=led.pk)
    assert not Registration.objects.filter(activity_id=led.pk).exists()
    answer = reverse("activities:part_detail", args=["beta", part.pk])
    assert b"Agency of Here asks" in cluster.get(answer).content
    assert cluster.post(answer, {"themes": "Circular building"}).status_code == 302
    assert b"Circular building" in programme.get(page).content
    listed = cluster.get(reverse("activities:registration_list", args=["beta", led.pk]))
    assert b"Bea Bos" in listed.content
    closed = reverse("activities:matchmaking", args=["beta", led.pk])
    assert cluster.get(closed).status_code in {403, 404}
    told = Client().get(reverse("agenda:agenda_detail", args=[led.uid])).content
    assert b"Agency of Here" in told
    assert b"Beta" in told


def test_a_round_of_the_agency_is_opened_planned_and_followed_on_its_pages(
    world: World, led: Activity
) -> None:
    now = timezone.now()
    for number in range(3):
        comes(led, f"p{number}@example.org", now=now)
    seats = agency_seats(world.agency)
    enter(seats)
    starts = led.starts_at
    assert starts is not None
    hours = replace(HOURS, starts_at=starts, closes_at=starts - timedelta(days=3))
    rounds.open_round(seats=seats, activity=led, hours=hours, now=now)
    day = rounds.day_to_plan(seats=seats, activity=led.pk, now=now)
    assert rounds.keep_plan(seats=seats, activity=led.pk, day=day, plan=plan(day), now=now)
    client = english_client(world, "programme_manager")
    for name in ("matchmaking", "matchmaking_hours", "matchmaking_paper", "matchmaking_results"):
        page = reverse(f"activities:{name}", args=["agency", led.pk])
        assert client.get(page).status_code == 200
    reader = english_client(world, "account_manager")
    hours_page = reverse("activities:matchmaking_hours", args=["agency", led.pk])
    assert reader.post(hours_page, {}).status_code == 403
