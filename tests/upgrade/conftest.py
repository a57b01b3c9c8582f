"""Databases of earlier releases on the trial server.

Upgrading takes seconds, so each release is upgraded once; who needs a database to spoil gets a
copy of it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from clusterwerk.platform.postgres.testing import trial_server
from factories.releases import Old, copied_database, old_database, releases
from factories.upgrades import prepare

collect_ignore_glob = ["site/*"]  # programs and settings of processes that these tests start


@pytest.fixture(scope="session")
def server_var() -> Iterator[Path]:
    with trial_server(settings.VAR):
        yield settings.VAR


@pytest.fixture(scope="session", params=releases())
def upgraded(
    request: pytest.FixtureRequest, server_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Old]:
    """Each release, brought to the present; for reading alone."""
    with old_database(server_var, request.param) as old:
        prepare(old, tmp_path_factory.mktemp("var"))
        yield old


@pytest.fixture
def present(upgraded: Old) -> Iterator[Old]:
    """A copy of the same, to be spoilt; for `later_site` it is the earlier release."""
    with copied_database(upgraded) as made:
        yield made
