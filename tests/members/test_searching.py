"""Quick search: each person finds what they may see, and nothing else."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clusterwerk.members.models import (
    Contact,
    Interaction,
    InteractionKind,
    InteractionParty,
    Position,
    Tag,
    Task,
)
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats


@pytest.fixture
def busy(world: World) -> World:
    """Beside what the world has: something called zebra of every kind, in Alpha and in Beta."""
    for cluster, organisation in ((world.alpha, world.company), (world.beta, world.rival)):
        enter(cluster_seats(cluster))
        own = {"cluster": cluster}
        contact = Contact.objects.create(
            **own, first_name="Zébra", last_name=cluster.name, source="test"
        )
        Position.objects.create(
            **own,
            contact=contact,
            organisation=organisation,
            period=DateRange(date(2018, 1, 1), None),
        )
        talk = Interaction.objects.create(
            **own, kind=InteractionKind.CALL, subject=f"Zebra of {cluster.name}"
        )
        InteractionParty.objects.create(**own, interaction=talk, organisation=organisation)
        Task.objects.create(**own, title=f"Feed the zebra, {cluster.name}")
        Tag.objects.create(**own, name=f"zebra {cluster.name}")
    return world


def found(client: Client, world: World, who: str, typed: str) -> dict[str, list[str]]:
    client.force_login(world.people[who])
    client.cookies["django_language"] = "en"
    answer = client.get("/desk/search/", {"q": typed})
    assert answer.status_code == 200
    return {
        kind.source.key: [str(hit.label) for hit in kind.hits] for kind in answer.context["found"]
    }


def test_a_team_finds_every_kind_of_its_own_cluster(client: Client, busy: World) -> None:
    assert found(client, busy, "manager", "zebra alpha") == {
        "contacts": ["Zébra Alpha"],
        "interactions": ["Zebra of Alpha"],
        "tasks": ["Feed the zebra, Alpha"],
        "tags": ["zebra Alpha"],
    }
    assert found(client, busy, "manager", "zebra beta") == {}


def test_what_was_found_opens(client: Client, busy: World) -> None:
    found(client, busy, "manager", "zebra")
    for kind in client.get("/desk/search/", {"q": "zebra"}).context["found"]:
        for hit in kind.hits:
            assert client.get(hit.address).status_code == 200, hit


def test_members_are_found_without_accents_by_the_team_and_by_the_agency(
    client: Client, busy: World
) -> None:
    assert found(client, busy, "manager", "eclair")["members"] == ["Éclair Works"]
    assert "members" not in found(client, busy, "manager", "rival")
    assert found(client, busy, "programme_manager", "works")["members"] == [
        "Éclair Works",
        "Rival Works",
    ]


@pytest.mark.parametrize(
    "who", ["programme_manager", "account_manager", "member", "evaluator", "steward", "stranger"]
)
def test_nobody_else_finds_people_or_work(client: Client, busy: World, who: str) -> None:
    assert found(client, busy, who, "zebra") == {}


@pytest.mark.parametrize("typed", ["", " ", "z", "%", "\0", "'; drop", "x" * 5000])
def test_whatever_is_typed_the_page_answers(client: Client, busy: World, typed: str) -> None:
    assert found(client, busy, "manager", typed) == {}


def test_the_field_of_the_top_gets_options(client: Client, busy: World) -> None:
    client.force_login(busy.people["manager"])
    part = client.get("/desk/search/", {"q": "zebra"}, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert text.count('role="option"') == 5


def test_a_page_of_the_menu_is_found_too(client: Client, busy: World) -> None:
    client.force_login(busy.people["manager"])
    client.cookies["django_language"] = "en"
    pages = client.get("/desk/search/", {"q": "member"}).context["pages"]
    assert [str(page.label) for page in pages] == ["Members"]


def test_a_search_takes_the_same_queries_whatever_there_is(
    client: Client, busy: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found(client, busy, "manager", "zebra")
    enter(cluster_seats(busy.alpha))
    with django_assert_num_queries(QUERIES):
        client.get("/desk/search/", {"q": "zebra"})
    enter(cluster_seats(busy.alpha))
    Tag.objects.bulk_create(Tag(cluster=busy.alpha, name=f"zebra {number}") for number in range(20))
    Contact.objects.bulk_create(
        Contact(cluster=busy.alpha, first_name=f"Zebra {number}", source="test")
        for number in range(20)
    )
    with django_assert_num_queries(QUERIES):
        client.get("/desk/search/", {"q": "zebra"})


QUERIES = 19
