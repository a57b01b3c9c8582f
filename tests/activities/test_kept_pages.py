"""Public pages of activities are kept, and change with what they show."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.registered import comes, published, withdraws
from clusterwerk.activities import actions
from clusterwerk.activities.models import Activity
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

LIST, FRAME = "/agenda/", "/embed/en/alpha/agenda/"


@pytest.fixture
def opening(world: World) -> Activity:
    return published(world, capacity=1)


@pytest.fixture
def visitor() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def page(visitor: Client, address: str) -> str:
    return visitor.get(address).content.decode()


def addresses(own: Activity) -> tuple[str, ...]:
    return LIST, FRAME, f"/agenda/{own.uid}/"


def test_a_page_that_nothing_changed_is_not_drawn_again(visitor: Client, opening: Activity) -> None:
    for address in addresses(opening):
        first = page(visitor, address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert page(visitor, address) == first
        told = [each["sql"] for each in asked if "published" in each["sql"].lower()]
        assert len(told) <= 2, told


def test_places_that_go_and_come_back_are_told_at_once(visitor: Client, opening: Activity) -> None:
    for address in addresses(opening):
        assert "Full" not in page(visitor, address)
    comes(opening, "an@one.example")
    for address in addresses(opening)[:2]:
        assert "Full" in page(visitor, address)
    withdraws(opening, "an@one.example")
    for address in addresses(opening)[:2]:
        assert "Full" not in page(visitor, address)


def test_a_change_is_told_at_once(visitor: Client, world: World, opening: Activity) -> None:
    list_, frame, detail = addresses(opening)
    assert "Sign up" in page(visitor, detail)
    seats = cluster_seats(world.alpha)
    enter(seats)
    actions.cancel_activity(seats=seats, activity=opening, because="Storm")
    for address in (list_, frame):
        assert "Cancelled" in page(visitor, address)
    assert "Storm" in page(visitor, detail)


def test_nothing_of_a_visitor_is_kept(visitor: Client, world: World, opening: Activity) -> None:
    keeper = Client(HTTP_ACCEPT_LANGUAGE="en")
    keeper.force_login(world.people["manager"])
    for address in addresses(opening)[::2]:
        own: Any = page(keeper, address)
        assert own != page(visitor, address)
        assert 'lang="nl"' in page(Client(HTTP_ACCEPT_LANGUAGE="nl"), address)
    asked = page(visitor, "/agenda/?find=nothing")
    assert "Nothing was found" in asked
    assert "Nothing was found" not in page(visitor, LIST)
