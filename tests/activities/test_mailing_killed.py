"""A worker killed while it prepares or sends a mailing repeats no mail and loses none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from activities.mailed import (
    contact,
    effects,
    perform,
    recipients,
    states,
    team,
    written,
)
from clusterwerk.activities.mailings import sending, starting
from clusterwerk.activities.mailings.jobs import prepare_mailing
from clusterwerk.activities.models import Mailing
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.jobs.running import run_job
from factories.smtp import mail_server
from factories.supervised import wait_until
from factories.trial_mailing import deliver_slowly, hand_over_slowly, prepare_slowly
from factories.trial_worker import forked, points
from factories.world import World, build_world

pytestmark = pytest.mark.slow


@pytest.fixture
def world(transactional_db: None) -> World:
    with acting(NOBODY):
        return build_world()


@pytest.fixture
def mailing(world: World) -> Mailing:
    """Committed, so that other processes see it: for five people."""
    with acting(team(world)):
        for number in range(4):
            contact(world.alpha, f"p{number}")
        return written(world)


def killed_at(folder: Path, point: str, target: Callable[..., None], *facts: Any) -> None:
    gate = folder / f"stop at {point}"
    gate.touch()
    process = forked(target, str(folder), str(connection.settings_dict["NAME"]), *facts)
    assert wait_until(lambda: point in points(folder), 40), points(folder)
    process.kill()
    process.join()
    gate.unlink()


def told(world: World, mailing: Mailing) -> dict[str, str]:
    with acting(team(world)):
        return states(world, mailing)


def prepare(world: World, mailing: Mailing) -> int:
    seats = team(world)
    with acting(seats):
        return starting.start(seats=seats, mailing=mailing, now=timezone.now()).pk


@pytest.mark.parametrize("point", ["before 0", "inside 0", "before 1", "inside 1", "before 2"])
def test_preparing_goes_on_where_it_was_killed(
    world: World, mailing: Mailing, tmp_path: Path, point: str
) -> None:
    run = prepare(world, mailing)
    killed_at(tmp_path, point, prepare_slowly, run)
    assert len(told(world, mailing)) == 2 * int(point[-1])
    run_job(prepare_mailing, None, run)
    assert told(world, mailing) == dict.fromkeys(
        ["lena@alpha.example", *(f"p{number}@example.org" for number in range(4))], "waiting"
    )


@pytest.mark.parametrize("point", ["before asking", "asked", "handed over"])
def test_mails_are_handed_over_once_on_both_sides_of_the_commit(
    world: World, mailing: Mailing, tmp_path: Path, settings: Settings, point: str
) -> None:
    handed = 5 if point == "handed over" else 0
    run_job(prepare_mailing, None, prepare(world, mailing))
    killed_at(tmp_path, point, hand_over_slowly)
    with acting(team(world)):
        assert len(effects()) == handed
    assert list(told(world, mailing).values()).count("handed") == handed
    sending.hand_over(timezone.now())
    with acting(team(world)):
        asked = effects()
    assert len(asked) == 5
    with mail_server(settings) as server:
        for noted in (*asked, *asked):
            perform(noted)
        assert len(server.taken) == 5
    assert set(told(world, mailing).values()) == {"sent"}


@pytest.mark.parametrize("point", ["before sending", "after sending"])
def test_a_mail_of_a_killed_worker_is_never_sent_twice(
    world: World, mailing: Mailing, tmp_path: Path, settings: Settings, point: str
) -> None:
    taken = 1 if point == "after sending" else 0
    run_job(prepare_mailing, None, prepare(world, mailing))
    sending.hand_over(timezone.now())
    with acting(team(world)):
        first = effects()[0]
    with mail_server(settings) as server:
        killed_at(tmp_path, point, deliver_slowly, server.port, first.pk)
        assert len(server.taken) == taken
        perform(first)
        assert len(server.taken) == taken, "nobody can know, so nothing is repeated"
    sending.hand_over(timezone.now())
    with acting(team(world)):
        row = recipients(world, mailing)["lena@alpha.example"]
    assert row.state == "uncertain"
