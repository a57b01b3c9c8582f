"""An, with an account and a password, and no attempts remembered from earlier tests."""

import pytest
from django.core.cache import cache

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.models import User
from factories.accounts import open_an


@pytest.fixture
def an(db: None) -> User:
    with acting(NOBODY):
        cache.clear()
        return open_an()
