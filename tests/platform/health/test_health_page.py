"""The steward's page of findings: examined by the button alone, worst first, for nobody else."""

from collections.abc import Iterator

import pytest
from django.test import Client

from clusterwerk.platform.health import findings
from clusterwerk.platform.health.findings import Told, register_doctor
from factories.world import World

CALLS: list[int] = []
FOUND = (
    Told("disk", "ok", "80 GB free.", "A full disk stops all.", ""),
    Told("spf", "unknown", "No name server answers.", "Receivers ask for it.", "Ask again."),
    Told("seals", "fail", "Entry 7 was changed.", "Nobody changes the past.", "Read first."),
    Told("back-up", "warn", "The last one is old.", "What is not kept is lost.", "Make one."),
)


def doctor() -> Iterator[Told]:
    CALLS.append(1)
    yield from FOUND


@pytest.fixture(autouse=True)
def _one_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_doctors", [])
    CALLS.clear()
    register_doctor(doctor)
    register_doctor(doctor)


@pytest.fixture
def steward(world: World, client: Client) -> Client:
    client.force_login(world.people["steward"])
    return client


def test_opening_the_page_examines_nothing(steward: Client) -> None:
    assert steward.get("/health/").context["findings"] is None
    assert CALLS == []


def test_the_button_examines_once_and_shows_the_worst_first(steward: Client) -> None:
    response = steward.post("/health/")
    assert CALLS == [1]
    assert [told.name for told in response.context["wrong"]] == ["seals", "back-up", "spf"]
    assert [told.name for told in response.context["well"]] == ["disk"]
    page = response.content.decode()
    assert "Entry 7 was changed." in page
    assert "Read first." in page


def test_nobody_but_the_steward_examines(world: World, client: Client) -> None:
    for person in ("manager", "programme_manager", "member"):
        client.force_login(world.people[person])
        assert client.get("/health/").status_code == 403
        assert client.post("/health/").status_code == 403
    assert CALLS == []
