"""Folders in which `clusterwerk serve` is started, and the proof that nothing stays behind."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterwerk.platform.postgres import server
from factories.supervised import Serve, processes, wait_until


@pytest.fixture(scope="session")
def prepared_var() -> Iterator[Path]:
    """A folder whose database is prepared; tests start in it again and again."""
    with tempfile.TemporaryDirectory(prefix="cw") as made:
        folder = Path(made)
        folder.chmod(0o755)
        first = Serve(folder)
        first.address()
        assert first.end() == 0
        yield folder
        server.stop(folder)


@pytest.fixture
def var(prepared_var: Path) -> Iterator[Path]:
    """The same, with the proof that a test left nothing running."""
    yield prepared_var
    gone = wait_until(lambda: not processes(prepared_var), 15)
    left = processes(prepared_var)
    for number in left:
        os.kill(number, signal.SIGKILL)
    assert gone, left


@pytest.fixture
def fresh_var() -> Iterator[Path]:
    """A folder in which nothing was ever started."""
    with tempfile.TemporaryDirectory(prefix="cw") as made:
        Path(made).chmod(0o755)
        yield Path(made)
        server.stop(Path(made))
        assert wait_until(lambda: not processes(Path(made)), 15), processes(Path(made))
