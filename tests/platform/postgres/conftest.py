"""Servers of their own for tests that start, kill and stop them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterwerk.platform.postgres import server


@pytest.fixture
def var() -> Iterator[Path]:
    """A short folder that every user can reach, with nothing left running afterwards."""
    with tempfile.TemporaryDirectory(prefix="cw") as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder
        server.stop(folder)
