"""A person with an account and a password, and what sign-in needs of its surroundings."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation
from pytest_django import Settings

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.models import User
from factories.accounts import open_an


@pytest.fixture(autouse=True)
def _in_english(settings: Settings) -> Iterator[None]:
    """In the test and in every request that asks for no language."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def an(db: None) -> User:
    """An, whose address is confirmed; attempts of earlier tests are forgotten."""
    with acting(NOBODY):
        cache.clear()
        return open_an()
