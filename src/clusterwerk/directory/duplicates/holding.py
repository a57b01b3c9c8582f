"""Holding two rows while they are merged, and whether they still are what a person compared."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from clusterwerk.platform.access import reading
from clusterwerk.platform.errors import DomainError

LOCK_NOT_AVAILABLE = "55P03"
# Below the second after which the database looks for deadlocks: a merge gives way, and never makes
# a long import fail that holds one of the two and waits for the other.
_WAITS = "800ms"


@contextmanager
def waiting_briefly() -> Iterator[None]:
    """Lock rows in this block; refused in words where somebody holds one of them for longer."""
    try:
        with transaction.atomic(), reading.connection().cursor() as cursor:
            cursor.execute(f"set local lock_timeout = '{_WAITS}'")
            yield
            cursor.execute("set local lock_timeout to default")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        message = _(
            "Somebody is writing about one of these two at this moment. Nothing was changed; try"
            " again shortly."
        )
        raise DomainError(message) from error


def seen_of(rows: Iterable[Model], names: Iterable[str]) -> str:
    """A short text that differs once one of these facts of the rows is another."""
    names = tuple(names)
    told = [(row.pk, [str(getattr(row, name)) for name in names]) for row in rows]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def require_seen(seen: str, rows: Iterable[Model], names: Iterable[str]) -> None:
    """Raise `DomainError` where the rows are no longer what the page showed; empty is not asked."""
    if seen and seen != seen_of(rows, names):
        raise DomainError(
            _(
                "Somebody changed one of the two while you compared them. Nothing was merged:"
                " look at what stands there now, and choose again."
            )
        )
