"""Stale, foreign and senseless identifiers in every address, query and form field."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import is_valid_path

from clusterwerk.clusters.models import HandOver, PublicProfile
from clusterwerk.members.models import Membership
from clusterwerk.platform.access.session import enter
from factories.addresses import Address, addresses, filled, others_objects
from factories.world import World, cluster_seats

NUMBERS = ["0", "99999999999999999999999", "9223372036854775807", "007"]
TEXTS = [
    "-",
    "x" * 300,
    "%00",
    "%F0%9F%A6%8A",
    "..%2F..%2Fetc%2Fpasswd",
    "%27%20or%201=1--",
    "%0d%0aX:1",
]
QUERIES = [
    "?day=%00&find=%00&category=9999999999999999999999&size=%F0&order=__class__&down=x",
    "?after=%00&after=1&indicator=%00&document=%27&cluster=%0d%0a&reader=..&member=99999999999999999",
    "?q=" + "%25" * 200 + "&file=exe&page=-1&state=%00&dim=1e9999",
    "?day=0000-00-00&year=99999999999&after=1e400~x~y&before=99999999999999999999",
    "?" + "&".join(f"find={n}" for n in range(200)),
]


def senseless(address: Address) -> list[str]:
    """The address with each parameter replaced by what no program of ours would write."""
    whole = dict.fromkeys(address.parameters, "1")
    return [
        _written(address, {**whole, name: value})
        for name in address.parameters
        for value in (NUMBERS if f"<int:{name}>" in address.route else TEXTS)
    ]


def leads_to_a_page(route: str) -> bool:
    return bool(is_valid_path(unquote(route)))


def _written(address: Address, values: dict[str, str]) -> str:
    route = "/" + address.route
    for name in address.parameters:
        start = route.index("<")
        assert route[start : route.index(">")].endswith(name)
        route = route[:start] + values[name] + route[route.index(">") + 1 :]
    return route


@pytest.mark.parametrize("person", [None, "manager", "programme_manager", "steward"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_senseless_address_breaks_a_page(
    client: Client, world: World, person: str | None, method: str
) -> None:
    if person:
        client.force_login(world.people[person])
    client.raise_request_exception = False
    # What leads to no page is answered alike whoever asks.
    broken = {
        route: status
        for address in addresses()
        for route in senseless(address)
        if (person is None or leads_to_a_page(route))
        and (status := getattr(client, method)(route).status_code) >= 500
    }
    assert broken == {}


@pytest.mark.parametrize("person", ["manager", "programme_manager", "steward"])
def test_no_senseless_query_breaks_a_page(client: Client, world: World, person: str) -> None:
    client.force_login(world.people[person])
    client.raise_request_exception = False
    values = {**others_objects(world), "slug": "alpha", "cluster": "alpha"}
    broken = {
        filled(address, values) + query: status
        for address in addresses()
        for query in QUERIES
        if (status := client.get(filled(address, values) + query).status_code) >= 500
    }
    assert broken == {}


def test_no_senseless_form_breaks_a_page(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    client.raise_request_exception = False
    values = {**others_objects(world), "slug": "alpha", "cluster": "alpha"}
    fields = ("event", "cluster", "to_cluster", "to_host", "day", "do", "language", "theme", "next")
    broken = {}
    for address in addresses():
        for value in ("\x00", "9" * 40, "\N{FOX FACE}", "-1", "[]", "../..", "é" * 5000):
            answer = client.post(filled(address, values), dict.fromkeys(fields, value))
            if answer.status_code >= 500:
                broken[address.name, value[:9]] = answer.status_code
    assert broken == {}


def test_a_foreign_cluster_in_a_form_field_is_refused(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    assert client.post("/desk/record/", {"cluster": "beta"}).status_code in {403, 404}
    facts = {"day": "2999-01-01", "reason": "x", "to_cluster": world.gamma.pk}
    assert client.post("/sharing/alpha/hand-over/", facts).status_code == 422
    enter(cluster_seats(world.alpha))
    assert not HandOver.objects.exists()


def test_a_foreign_category_in_a_filter_finds_nothing_of_the_other_cluster(
    client: Client, world: World
) -> None:
    client.force_login(world.people["manager"])
    answer = client.get("/members/alpha/", {"category": world.rival_membership.category_id})
    assert answer.status_code == 200
    assert "Rival Works" not in answer.text


def test_a_stale_row_answers_that_it_is_gone(client: Client, world: World) -> None:
    enter(cluster_seats(world.alpha))
    fresh = Membership.objects.get(pk=world.membership.pk)
    fresh.pk = None
    fresh.organisation = world.rival
    fresh.save()
    stale = fresh.pk
    Membership.objects.filter(pk=stale).delete()
    PublicProfile.objects.filter(slug="alpha").delete()
    client.force_login(world.people["manager"])
    assert client.get(f"/members/alpha/{stale}/").status_code == 404
    assert client.get("/programme/clusters/alpha/").status_code == 404
    assert client.get("/clusters/alpha/").status_code == 404
    assert client.get(f"/history/members/membership/{stale}/").status_code == 200
    assert (
        client.post(f"/history/members/membership/{stale}/undo/", {"event": 1}).status_code == 409
    )
