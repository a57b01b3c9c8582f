"""An account that asks, in a database that other processes see."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.models import User
from factories.trial_worker import TrialWorker


@pytest.fixture
def asker(transactional_db: None) -> int:
    with acting(NOBODY):
        return User.objects.create_user("an@example.org", "password", name="An").pk


@pytest.fixture
def start(tmp_path: Path, transactional_db: None) -> Iterator[Callable[..., TrialWorker]]:
    """Starts worker processes; whatever the test leaves of them is killed."""
    started: list[TrialWorker] = []

    def start_one(*words: str) -> TrialWorker:
        started.append(TrialWorker(tmp_path, *words))
        return started[-1]

    yield start_one
    for worker in started:
        worker.kill()
