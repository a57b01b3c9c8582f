"""A person with an account and a password, and what sign-in needs of its surroundings."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.models import User
from factories.accounts import open_an


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def an(db: None) -> User:
    """An, whose address is confirmed; attempts of earlier tests are forgotten."""
    with acting(NOBODY):
        cache.clear()
        return open_an()
