"""Programs that register: what they meet, and that people lose nothing by it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from activities.registered import NOW, asks, filled_in, published, row, taken
from clusterwerk.activities.actions import visitors
from clusterwerk.activities.forms import registering
from clusterwerk.activities.models import Activity
from clusterwerk.platform.errors import DomainError
from factories.world import World

REMARK = "Zonder noten"


@pytest.fixture
def own(world: World) -> Activity:
    return published(world, capacity=50)


@pytest.fixture
def visitor() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def page(own: Activity) -> str:
    return reverse("agenda:register", args=[own.uid])


def frame(own: Activity) -> str:
    return reverse("embeds:frame_register", args=["en", "alpha", own.uid])


def drawn(content: bytes) -> str:
    (stamp,) = re.findall(r'name="drawn" value="([^"]+)"', content.decode())
    return str(stamp)


@pytest.mark.parametrize("address", [page, frame])
def test_a_form_that_comes_back_at_once_is_kept_and_taken_a_moment_later(
    visitor: Client,
    own: Activity,
    monkeypatch: pytest.MonkeyPatch,
    address: Callable[[Activity], str],
) -> None:
    there = address(own)
    stamp = drawn(visitor.get(there).content)
    typed = filled_in(own, drawn=stamp, remark=REMARK)
    early = visitor.post(there, typed)
    assert (early.status_code, taken(own)) == (422, 0)
    assert "That went very fast" in early.content.decode()
    assert REMARK in early.content.decode()
    assert drawn(early.content) == stamp
    monkeypatch.setattr(registering, "DRAWN_AT_LEAST", timedelta())
    assert (visitor.post(there, typed).status_code, taken(own)) == (200, 1)


@pytest.mark.parametrize("stamp", ["", "forged:stamp", "of another"])
def test_a_form_of_which_nobody_knows_when_it_was_drawn_is_drawn_again(
    visitor: Client, own: Activity, world: World, stamp: str
) -> None:
    if stamp == "of another":
        stamp = filled_in(published(world, name="Closing"))["drawn"]
    typed = filled_in(own, drawn=stamp, remark=REMARK)
    answer = visitor.post(page(own), typed)
    assert (answer.status_code, taken(own)) == (422, 0)
    assert REMARK in answer.content.decode()
    assert drawn(answer.content) not in {"", stamp}


@pytest.mark.parametrize("field", ["name", "organisation", "telephone", "remark"])
def test_links_are_refused_at_their_field_and_everything_stays(
    visitor: Client, own: Activity, field: str
) -> None:
    typed = filled_in(own, email="kept@example.org") | {field: "Win http://spam.example"}
    answer = visitor.post(page(own), typed)
    assert (answer.status_code, taken(own)) == (422, 0)
    text = answer.content.decode()
    assert "Leave out addresses of websites" in text
    assert "kept@example.org" in text
    assert "spam.example" in text


@pytest.mark.parametrize("name", ["J.P. Morgan", "Booking.com", "A/S Mærsk", "d'Hondt & co."])
def test_names_with_dots_and_strokes_are_names(visitor: Client, own: Activity, name: str) -> None:
    typed = filled_in(own, name=name, organisation=name)
    assert visitor.post(page(own), typed).status_code == 200


def test_a_network_is_counted_by_its_half_of_the_address_and_another_is_let_in(
    own: Activity, settings: Settings
) -> None:
    rates = {**project.ACCOUNT_RATE_LIMITS, "register": "9/m/ip", "register_activity": "2/h/key"}
    settings.ACCOUNT_RATE_LIMITS = rates

    def answer(number: int, network: str) -> int:
        visitor = Client(HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR=network)
        typed = filled_in(own, email=f"p{number}@example.org", remark=REMARK)
        found = visitor.post(page(own), typed)
        if found.status_code == 429:
            assert "wait ten minutes" in found.content.decode()
            assert REMARK in found.content.decode()
        return found.status_code

    own_network = [answer(number, f"2001:db8::{number}") for number in range(1, 4)]
    assert own_network == [200, 200, 429]
    assert [answer(7, "2001:db8:0:1::1"), answer(8, "192.0.2.1")] == [200, 200]


def test_what_a_visitor_says_of_its_own_address_counts_behind_a_proxy_alone(
    own: Activity, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"register": "1/m/ip", "register_activity": "9/h/key"}

    def answer(number: int) -> int:
        visitor = Client(headers={"X-Forwarded-For": f"192.0.2.{number}"})
        return visitor.post(page(own), filled_in(own, email=f"p{number}@example.org")).status_code

    assert [answer(1), answer(2)] == [200, 429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [answer(3), answer(4)] == [200, 200]


def test_programs_from_everywhere_stop_at_so_many_unproven(
    own: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "MOST_UNPROVEN", 2)
    for number in range(2):
        asks(own, f"p{number}@example.org")
    with pytest.raises(DomainError, match="try in an hour"):
        asks(own, "p2@example.org")
    asks(own, "p3@example.org", now=NOW + visitors.CONFIRM_WITHIN)
    assert row(own, "p3@example.org").state == "unconfirmed"


def test_a_filled_field_that_nobody_sees_registers_nobody_and_sets_no_cookie_in_a_frame(
    visitor: Client, own: Activity
) -> None:
    answer = visitor.post(frame(own), filled_in(own, homepage="spam"))
    assert (answer.status_code, taken(own), len(answer.cookies)) == (200, 0, 0)
