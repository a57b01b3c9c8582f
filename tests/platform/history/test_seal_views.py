"""The steward's pages: how the seals stand, who was erased, and erasing in two steps."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.erasures import PAGE, erasures_before
from clusterwerk.platform.history.sealing import seal_batch, seal_state
from clusterwerk.platform.models import Erasure, User
from factories.seals import run
from factories.world import STEWARD, World

FORM = {"email": "staff@example.org", "reason": "asked for it"}
STAFF = "staff@example.org"


@pytest.fixture
def steward(world: World, client: Client, settings: Settings, tmp_path: Path) -> Client:
    settings.VAR = tmp_path
    settings.LANGUAGE_CODE = "en"
    client.force_login(world.people["steward"])
    client.cookies["language"] = "en"
    return client


def test_the_page_says_how_far_the_seals_go(steward: Client) -> None:
    assert "Nothing is sealed yet" in steward.get("/history/seals/").content.decode()
    enter(STEWARD)
    seal_batch()
    head = seal_state().head
    page = steward.get("/history/seals/").content.decode()
    assert head in page
    assert "Nobody was erased" in page


def test_the_pages_are_for_the_steward(world: World, client: Client) -> None:
    client.force_login(world.people["manager"])
    assert client.get("/history/seals/").status_code == HTTPStatus.FORBIDDEN
    assert client.post("/history/erase/", FORM | {"for_good": "yes"}).status_code == 403
    enter(STEWARD)
    assert User.objects.filter(email=STAFF).exists()


def test_erasing_is_shown_first_and_done_by_the_second_button(steward: Client) -> None:
    shown = steward.post("/history/erase/", FORM)
    assert shown.status_code == HTTPStatus.OK
    assert "Erase for good" in shown.content.decode()
    assert User.objects.filter(email=STAFF).exists()
    done = steward.post("/history/erase/", FORM | {"for_good": "yes"}, follow=True)
    page = done.content.decode()
    assert "asked for it" in page
    assert not User.objects.filter(email=STAFF).exists()
    assert Erasure.objects.get().reason == "asked for it"


def test_a_second_click_finds_nobody(steward: Client) -> None:
    steward.post("/history/erase/", FORM | {"for_good": "yes"})
    again = steward.post("/history/erase/", FORM | {"for_good": "yes"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "There is no account of staff@example.org" in again.content.decode()
    assert Erasure.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (FORM | {"email": "steward@example.org"}, "You cannot erase yourself"),
        (FORM | {"email": "nobody"}, "nobody"),
        (FORM | {"reason": ""}, STAFF),
    ],
)
def test_a_refusal_keeps_what_was_typed(steward: Client, form: dict[str, str], said: str) -> None:
    answer = steward.post("/history/erase/", form | {"for_good": "yes"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert said in page
    assert f'value="{form["email"]}"' in page
    assert Erasure.objects.count() == 0


def test_erasures_page_by_key(owner: None) -> None:
    run(
        "insert into platform_erasure (key, erased_at, reason, subject_model, subject_id, taken)"
        " select gen_random_uuid(), now(), '', 'platform.User', i, '{}'"
        " from generate_series(1, %s) i",
        PAGE + 3,
    )
    first, key = erasures_before(None)
    rest, end = erasures_before(key)
    assert (len(first), len(rest), end) == (PAGE, 3, None)
    assert {one.pk for one in first} & {one.pk for one in rest} == set()
