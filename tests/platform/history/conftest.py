"""The owner of the tables, who can change what no request can: to seal, to tamper, to verify."""

from collections.abc import Iterator

import pytest

from clusterwerk.platform.access.session import enter
from factories.english import english
from factories.owner import as_owner
from factories.seals import seal_and_cut
from factories.world import STEWARD, World

__all__ = ["english"]


@pytest.fixture
def owner(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """The whole test works as the owner, in a transaction that is rolled back."""
    with as_owner():
        request.getfixturevalue("db")
        yield


@pytest.fixture
def sealed(owner: None, request: pytest.FixtureRequest) -> World:
    """The small world with all its events sealed and every table cut."""
    world: World = request.getfixturevalue("world")
    enter(STEWARD)
    seal_and_cut()
    return world
