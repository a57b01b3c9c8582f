"""Clicked twice: what a form adds is there once, and nothing else that is typed is lost."""

import re
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from clusterwerk.members.models import Contact, Expectation, Interaction, Task
from clusterwerk.platform.access.session import enter
from factories.english import english
from factories.world import World, cluster_seats

__all__ = ["english"]
BASE = "/members/alpha"
ONCE = re.compile(r'name="once" value="([\w-]{16})"')
FORMS: list[tuple[str, dict[str, Any], type[Model]]] = [
    ("tasks/add", {"title": "Call"}, Task),
    (
        "timeline",
        {"kind": "call", "subject": "Hello", "happened_at": "2020-01-01T10:00"},
        Interaction,
    ),
    ("expectations/add", {"text": "A partner", "said_on": "2020-01-01"}, Expectation),
    ("contacts/add", {"last_name": "Peeters"}, Contact),
    ("contacts/add", {"last_name": "Peeters", "email": "peeters@there.example"}, Contact),
]


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    return client


def number(world: World, model: type[Model]) -> int:
    enter(cluster_seats(world.alpha))
    return model._base_manager.count()


@pytest.mark.parametrize(("form", "typed", "model"), FORMS)
def test_two_clicks_add_one_row(
    manager: Client, world: World, form: str, typed: dict[str, Any], model: type[Model]
) -> None:
    address = f"{BASE}/{form}/"
    about = {"organisation": world.company.pk}
    (once,) = ONCE.findall(manager.get(address, about).text)
    before = number(world, model)
    answers = [manager.post(address, {**about, **typed, "once": once}) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert number(world, model) == before + 1


def test_another_text_in_the_same_form_is_something_new(manager: Client, world: World) -> None:
    about = {"organisation": world.company.pk}
    address = f"{BASE}/tasks/add/"
    (once,) = ONCE.findall(manager.get(address, about).text)
    before = number(world, Task)
    for title in ("Call", "Write"):
        manager.post(address, {**about, "title": title, "once": once})
    assert number(world, Task) == before + 2


def test_what_was_refused_may_be_sent_again(manager: Client, world: World) -> None:
    address = f"{BASE}/timeline/"
    typed = {"organisation": world.company.pk, "kind": "call", "subject": "Hello"}
    (once,) = ONCE.findall(manager.get(address, {"organisation": world.company.pk}).text)
    late = manager.post(address, {**typed, "happened_at": "2999-01-01T10:00", "once": once})
    assert late.status_code == 422
    assert ONCE.findall(late.text) == [once]
    before = number(world, Interaction)
    manager.post(address, {**typed, "happened_at": "2020-01-01T10:00", "once": once})
    assert number(world, Interaction) == before + 1


def test_the_quick_form_of_a_file_carries_its_own_number(manager: Client, world: World) -> None:
    page = manager.get(f"{BASE}/{world.membership.pk}/").text
    assert len(ONCE.findall(page)) == 1
