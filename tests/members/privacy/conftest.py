from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from factories.english import english
from factories.owner import as_owner

__all__ = ["english"]


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def owner(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """The whole test works as the owner, in a transaction that is rolled back."""
    with as_owner():
        request.getfixturevalue("db")
        yield
