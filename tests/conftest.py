"""The database of the tests: made by the owner, used as the application, as in production."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as property_tests
from pytest_django.plugin import DjangoDbBlocker

from clusterwerk.platform.access.apply import apply_access
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.postgres.address import APPLICATION
from clusterwerk.platform.postgres.testing import trial_server
from factories.owner import as_owner
from factories.world import World, build_world

# Looking for examples in it would run the settings a second time, in the middle of their use.
collect_ignore = ["trial_settings.py"]


# A property holds however loaded the machine is: no test of ours is timed.
property_tests.register_profile("untimed", deadline=None)
property_tests.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with trial_server(settings.VAR), django_db_blocker.unblock():
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False)
            apply_access(APPLICATION)
        yield
        with as_owner():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """Tests that commit are cleaned up by the owner: the application may not truncate."""
    name = "_fixture_teardown"
    flush = getattr(TransactionTestCase, name)

    def flush_as_owner(self: TransactionTestCase) -> None:
        with as_owner():
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, name, flush_as_owner)
        yield


@pytest.fixture
def nobody(db: None) -> None:
    """No actor and no seats; fixtures before it may have left theirs behind."""
    enter(NOBODY)


@pytest.fixture
def world(db: None) -> World:
    """Two clusters, their agency and a member organisation; nobody's seats are entered."""
    built = build_world()
    enter(NOBODY)
    return built
