"""Working as the owner of the tables, which only the set-up of tests may do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from clusterwerk.platform.postgres.address import APPLICATION, OWNER


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables; the application may neither create nor truncate them."""
    connection = connections["default"]
    connection.close()
    connection.settings_dict["USER"] = OWNER
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = APPLICATION
