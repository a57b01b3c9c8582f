"""The database of the tests: made by the owner, used as the application, as in production."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as property_tests
from pytest_django.plugin import DjangoDbBlocker

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.postgres.testing import trial_server
from factories.databases import databases, empty, let_owner_empty_and_drop
from factories.grounds import EMPTY, Grounds, wanted_by
from factories.world import World

# Looking for examples in it would run the settings a second time, in the middle of their use.
collect_ignore = ["trial_settings.py"]
GROUNDS = pytest.StashKey[Grounds]()
WANTED = pytest.StashKey[str]()


# A property holds however loaded the machine is: no test of ours is timed.
property_tests.register_profile("untimed", deadline=None)
property_tests.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture connects: to the database that this test starts from."""
    item.config.stash[WANTED] = wanted_by(item)
    if GROUNDS in item.config.stash:
        item.config.stash[GROUNDS].enter(item.config.stash[WANTED])


@pytest.fixture(scope="session")
def grounds(pytestconfig: pytest.Config, django_db_setup: None) -> Grounds:
    return pytestconfig.stash[GROUNDS]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
) -> Iterator[None]:
    with trial_server(settings.VAR), django_db_blocker.unblock():
        let_owner_empty_and_drop()
        with databases() as made:
            made.make(EMPTY)
            pytestconfig.stash[GROUNDS] = Grounds(made, django_db_blocker)
            pytestconfig.stash[GROUNDS].enter(pytestconfig.stash[WANTED])
            yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_as_owner() -> Iterator[None]:
    """Tests that commit are cleaned up by the owner: the application may not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty())
        yield


@pytest.fixture
def nobody(db: None) -> None:
    """No actor and no seats; fixtures before it may have left theirs behind."""
    enter(NOBODY)


@pytest.fixture
def world(db: None, grounds: Grounds) -> World:
    """Two clusters, their agency and a member organisation; nobody's seats are entered."""
    built = grounds.world()
    enter(NOBODY)
    return built
