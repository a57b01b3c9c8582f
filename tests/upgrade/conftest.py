"""Old databases on the trial server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from clusterwerk.platform.postgres.testing import trial_server
from factories.releases import Old, old_database

collect_ignore_glob = ["site/*"]  # programs and settings of processes that these tests start


@pytest.fixture(scope="session")
def server_var() -> Iterator[Path]:
    with trial_server(settings.VAR):
        yield settings.VAR


@pytest.fixture
def old(server_var: Path) -> Iterator[Old]:
    """The oldest release, for what does not depend on which."""
    with old_database(server_var, "0.1.0") as made:
        yield made
