"""`clusterwerk history` and `clusterwerk people erase`, as an operator uses them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings
from typer.testing import CliRunner

from clusterwerk.config import exits
from clusterwerk.config.commands import history, people
from clusterwerk.platform.models import User
from clusterwerk.platform.postgres.address import Role
from factories.english import english
from factories.owner import as_owner
from factories.seals import rows, run
from factories.world import World, build_world

__all__ = ["english"]

ERASE = ["erase", "Staff@Example.org", "--reason", "asked for it"]


@contextmanager
def ready(role: Role = "app") -> Iterator[None]:
    """The database of the tests, as the role that a command asks for."""
    with as_owner() if role == "owner" else nullcontext():
        yield


@pytest.fixture(autouse=True)
def under_way(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(history, "django_ready", ready)
    monkeypatch.setattr(people, "django_ready", ready)


@pytest.fixture
def committed(transactional_db: None) -> World:
    with transaction.atomic():
        return build_world()


@pytest.mark.slow
def test_what_is_sealed_verifies_and_a_change_by_the_owner_is_named(committed: World) -> None:
    sealed = CliRunner().invoke(history.app, ["seal", "--json"])
    facts = json.loads(sealed.stdout)
    assert facts["sealed"] > 30
    well = CliRunner().invoke(history.app, ["verify", "--json", "--head", facts["head"]])
    told = json.loads(well.stdout)
    assert (well.exit_code, told["well"], told["broken"]) == (exits.OK, True, 0)
    assert (told["heads"], told["waiting"]) == (2, 0)
    with as_owner():
        run("update members_contributionevent set pgh_label = 'bent'")
    broken = CliRunner().invoke(history.app, ["verify"])
    first, in_all, *named = broken.stdout.splitlines()
    assert broken.exit_code == exits.PROBLEMS
    assert first.startswith("First broken: entry ")
    assert "members_contributionevent" in first
    assert in_all == "Broken in all: 3 (3 changed)."
    assert len(named) == 3 + 2


@pytest.mark.slow
def test_a_stretch_that_begins_nowhere_is_wrong_usage(committed: World) -> None:
    result = CliRunner().invoke(history.app, ["verify", "--since", "99"])
    assert (result.exit_code, result.stderr) == (exits.USAGE, "There is no entry 99.\n")


def test_a_person_is_erased_by_address_after_a_rehearsal(world: World) -> None:
    rehearsed = CliRunner().invoke(people.app, [*ERASE, "--dry-run"])
    assert rehearsed.stdout.startswith("Nothing was changed; this would go, of account ")
    assert "- platform_user: 1 rows emptied, 1 events emptied" in rehearsed.stdout
    assert "What is not reached: names that somebody typed" in rehearsed.stdout
    assert User.objects.filter(email="staff@example.org").exists()
    done = CliRunner().invoke(people.app, [*ERASE, "--json"])
    told = json.loads(done.stdout)
    assert (told["account"], told["rehearsed"]) == (world.people["staff"].pk, False)
    assert {part["table"]: part["fate"] for part in told["parts"]} == {"platform_user": "emptied"}
    assert not User.objects.filter(email="staff@example.org").exists()
    assert rows("select count(*) from platform_erasure where key::text = %s", told["erasure"])
    again = CliRunner().invoke(people.app, ERASE)
    assert again.exit_code == exits.PROBLEMS
    assert again.stderr == "There is no account of staff@example.org; nothing was changed.\n"


def test_the_last_steward_is_refused_with_the_reason(world: World) -> None:
    words = ["erase", "steward@example.org", "--reason", "asked"]
    result = CliRunner().invoke(people.app, words)
    assert result.exit_code == exits.PROBLEMS
    assert result.stderr == "This is the last steward: make somebody else a steward first.\n"
    assert User.objects.filter(email="steward@example.org").exists()
