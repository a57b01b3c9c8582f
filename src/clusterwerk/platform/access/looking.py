"""Looking through somebody else's eyes: another reader's seats, read only, and back again.

The reader's seats are entered in a savepoint that is rolled back at the end, whatever happens in
it. PostgreSQL takes settings of a transaction back with the savepoint, so the person's own seats
stand again afterwards, as they stood before.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NoTransactionError, enter


@contextmanager
def looking_as(reader: Seats) -> Iterator[None]:
    """Read what these seats read; a write inside is refused by the database.

    What was read must be evaluated before the block ends. Never hand a row read here to a person
    who does not see it: compare it with what the person's own seats read.
    """
    if not connection.in_atomic_block:
        message = "looking_as() needs an open transaction, whose seats it comes back to."
        raise NoTransactionError(message)
    with transaction.atomic():
        enter(reader)
        with connection.cursor() as cursor:
            cursor.execute("set local transaction_read_only = on")
        try:
            yield
        finally:
            transaction.set_rollback(True)
