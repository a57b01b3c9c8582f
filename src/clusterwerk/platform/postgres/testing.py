"""A server for tests: the same adapter, without waiting for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clusterwerk.platform.postgres import server
from clusterwerk.platform.postgres.address import Role, embedded_settings


@contextmanager
def trial_server(var: Path, role: Role = "app") -> Iterator[dict[str, Any]]:
    """Django's connection settings as `role` to a server in `var`, which may exist already.

    Several processes may use the same folder at once (pytest-xdist): the first starts the server,
    the last to leave stops it. The data stay, so that the next run starts in a quarter second.
    """
    running = server.start(var, trial=True)
    try:
        yield embedded_settings(role, var)
    finally:
        server.leave(running)
