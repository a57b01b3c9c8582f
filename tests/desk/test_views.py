"""The desk of each kind of seat, over HTTP, and recording a count from it."""

import re
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from clusterwerk.clusters.models import Seat
from clusterwerk.desk.queries.cluster import cluster_desk
from clusterwerk.members.models import Contribution, Departure, Membership
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.models import CountedReading
from clusterwerk.reporting.queries.readings import figures_of_clusters
from factories.world import STEWARD, World, agency_seats, cluster_seats

SECTIONS = {
    "cluster": 'id="h-figures"',
    "agency": 'id="h-programme"',
    "member": 'id="h-organisation-',
    "evaluator": 'id="h-evaluation"',
    "steward": 'id="h-installation"',
    "nobody": 'id="h-no-seat"',
}


def desk_of(client: Client, world: World, who: str, query: str = "") -> str:
    client.force_login(world.people[who])
    client.cookies["django_language"] = "en"
    response = client.get(f"/desk/{query}")
    assert response.status_code == 200
    return response.content.decode()


def recorded(world: World) -> int:
    enter(cluster_seats(world.alpha))
    return CountedReading.objects.filter(cluster=world.alpha).count()


@pytest.mark.parametrize(
    ("who", "section"),
    [
        ("manager", "cluster"),
        ("staff", "cluster"),
        ("observer", "cluster"),
        ("programme_manager", "agency"),
        ("account_manager", "agency"),
        ("member", "member"),
        ("evaluator", "evaluator"),
        ("steward", "steward"),
        ("stranger", "nobody"),
    ],
)
def test_each_kind_of_seat_has_its_own_home(
    client: Client, world: World, who: str, section: str
) -> None:
    page = desk_of(client, world, who)
    assert [name for name, mark in SECTIONS.items() if mark in page] == [section]


@pytest.mark.parametrize(
    ("who", "sees", "never"),
    [
        ("manager", ["Alpha"], ["Beta", "Rival Works", "900", "Gamma"]),
        ("other_manager", ["Beta"], ["Alpha", "Éclair Works"]),
        ("programme_manager", ["2 have ended"], ["Éclair Works", "Rival Works", "500", "Gamma"]),
        ("member", ["Éclair Works", "Alpha", "€500"], ["Rival Works", "Beta", "€900"]),
        ("evaluator", ["Report"], ["Éclair Works", "Rival Works", "Alpha"]),
        ("steward", ["published clusters"], ["Éclair Works", "Rival Works", "Alpha", "Beta"]),
        ("stranger", ["stranger@example.org"], ["Éclair Works", "Alpha", "Beta"]),
    ],
)
def test_a_desk_shows_its_own_and_nothing_of_others(
    client: Client, world: World, who: str, sees: list[str], never: list[str]
) -> None:
    page = desk_of(client, world, who)
    assert [words for words in sees if words not in page] == []
    assert [words for words in never if words in page] == []


def test_the_position_after_the_end_is_the_last_day_and_says_so(
    client: Client, world: World
) -> None:
    page = desk_of(client, world, "manager")
    assert "position on 1 January 2021, the last day of the agreement" in page
    assert "Record the count of 1 January 2021" in page


def test_the_steward_reads_numbers_of_seats_but_no_place(client: Client, world: World) -> None:
    page = desk_of(client, world, "steward")
    assert 'in a cluster</th><td class="num">4</td>' in page


def test_who_is_not_signed_in_is_sent_to_the_sign_in(client: Client, world: World) -> None:
    for response in (client.get("/desk/"), client.post("/desk/record/")):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/accounts/login/")


def test_a_person_of_two_clusters_switches_and_the_choice_is_kept(
    client: Client, world: World
) -> None:
    enter(STEWARD)
    Seat.objects.create(
        user=world.people["manager"],
        kind=SeatKind.CLUSTER,
        role=SeatRole.STAFF,
        cluster=world.beta,
        agency=world.agency,
        since=date(2018, 1, 1),
    )
    assert "Alpha: position" in desk_of(client, world, "manager")
    assert "Beta: position" in client.get("/desk/?cluster=beta").content.decode()
    assert "Beta: position" in client.get("/desk/").content.decode()
    assert client.get("/members/").headers["Location"] == "/members/beta/"


@pytest.mark.parametrize("key", ["beta", "gamma", "nothing"])
@pytest.mark.parametrize("who", ["manager", "observer", "programme_manager", "member", "stranger"])
def test_another_cluster_does_not_exist_here(
    client: Client, world: World, who: str, key: str
) -> None:
    client.force_login(world.people[who])
    assert client.get(f"/desk/?cluster={key}").status_code == 404
    assert client.post("/desk/record/", {"cluster": key}).status_code == 404


def test_a_count_is_recorded_once_however_often_it_is_asked_for(
    client: Client, world: World
) -> None:
    before = recorded(world)
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    first = client.post("/desk/record/", {"cluster": "alpha"}, follow=True)
    after = recorded(world)
    assert after - before == 10
    newest = CountedReading.objects.filter(cluster=world.alpha, indicator="members.paying").last()
    assert newest is not None
    assert (newest.day, newest.recorded_by_id) == (date(2021, 1, 1), world.people["manager"].pk)
    page = first.content.decode()
    assert "10 counts recorded." in page
    assert f'href="/programme/evidence/{newest.pk}/"' in page
    second = client.post("/desk/record/", {"cluster": "alpha"}, follow=True)
    assert "Nothing has changed since the last count" in second.content.decode()
    assert recorded(world) == after


def test_a_changed_membership_is_recorded_anew(client: Client, world: World) -> None:
    client.force_login(world.people["staff"])
    client.post("/desk/record/", {"cluster": "alpha"})
    before = recorded(world)
    Membership.objects.filter(cluster=world.alpha).update(
        period=DateRange(date(2018, 1, 1), date(2020, 1, 1))
    )
    client.post("/desk/record/", {"cluster": "alpha"})
    assert recorded(world) - before == 2  # paying members, and the members by whom shares go


def test_the_count_of_the_button_is_the_one_its_agency_sees(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    client.post("/desk/record/", {"cluster": "alpha"})
    enter(agency_seats(world.agency))
    shown = figures_of_clusters([world.alpha.pk])[world.alpha.pk]["members.paying"].counted
    assert shown is not None
    assert (shown.day, shown.recorded_by_id) == (date(2021, 1, 1), world.people["manager"].pk)


def test_an_observer_reads_the_desk_and_records_nothing(client: Client, world: World) -> None:
    before = recorded(world)
    page = desk_of(client, world, "observer")
    assert 'action="/desk/record/"' not in page
    assert client.post("/desk/record/", {"cluster": "alpha"}).status_code == 403
    assert recorded(world) == before


@pytest.mark.parametrize(
    "who", ["programme_manager", "account_manager", "member", "evaluator", "steward", "stranger"]
)
def test_who_is_no_cluster_records_nothing(client: Client, world: World, who: str) -> None:
    before = recorded(world)
    page = desk_of(client, world, who)
    assert 'action="/desk/record/"' not in page
    assert client.post("/desk/record/").status_code == 403
    assert recorded(world) == before


def test_a_count_is_recorded_by_a_form_only(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    assert client.get("/desk/record/").status_code == 405


def test_a_member_without_clusters_is_shown_the_way(client: Client, world: World) -> None:
    enter(cluster_seats(world.alpha))
    for rows in (Departure, Contribution, Membership):
        rows.objects.all().delete()
    assert "Not a member of any cluster" in desk_of(client, world, "member")


@pytest.mark.parametrize(
    ("who", "number"),
    [
        ("manager", 12),
        ("programme_manager", 11),
        ("member", 18),
        ("evaluator", 11),
        ("steward", 18),
        ("stranger", 8),
    ],
)
def test_a_desk_takes_few_queries(
    client: Client,
    world: World,
    who: str,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    desk_of(client, world, who)
    with django_assert_num_queries(number):
        client.get("/desk/")


def test_what_was_drawn_for_one_person_holds_nothing_of_them_for_the_next(
    client: Client, world: World
) -> None:
    page = desk_of(client, world, "manager")
    enter(cluster_seats(world.alpha))
    with translation.override("en"):
        drawn = cluster_desk(world.alpha, timezone.localdate()).drawn
    assert len(drawn) == 6
    assert all(part in page for part in drawn.values())
    assert not any("csrfmiddlewaretoken" in part for part in drawn.values())
    assert 'action="/desk/record/"' in page
    assert 'action="/desk/record/"' not in desk_of(client, world, "observer")


def test_a_drawn_desk_follows_its_rows(client: Client, world: World) -> None:
    first_number = re.compile(r'<p class="kpi-value">(\d+)')
    assert first_number.findall(desk_of(client, world, "manager"))[0] == "1"
    enter(cluster_seats(world.alpha))
    Membership.objects.filter(cluster=world.alpha).update(
        period=DateRange(date(2018, 1, 1), date(2020, 1, 1))
    )
    assert first_number.findall(desk_of(client, world, "manager"))[0] == "0"
