"""Reading many tables as they stood at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import IsolationLevel


@contextmanager
def snapshot() -> Iterator[None]:
    """The transactions begun inside read from one moment each, whatever others commit meanwhile.

    Outside a transaction only: its isolation is chosen when it begins.
    """
    connection.ensure_connection()
    held = connection.connection
    assert held is not None
    before, held.isolation_level = held.isolation_level, IsolationLevel.REPEATABLE_READ
    try:
        yield
    finally:
        if not held.closed:
            held.isolation_level = before
