"""Which database is read: the primary, or a streaming replica for what may lag a little.

A context variable says it for one request. On the replica everything is read in one read-only
transaction under the same row policies; nothing can be written there, nor to the primary meanwhile.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

log = logging.getLogger("clusterwerk.replica")

REPLICA = "replica"
LOOK = 1.0  # seconds for which one look at the replica's lag serves all requests
RETRY = 5.0  # seconds before a replica that was away is tried again
CATCHING_UP = 0.25  # seconds that a download waits for the replica
PAUSE = 0.01

_alias: ContextVar[str] = ContextVar("clusterwerk_reads_from", default=DEFAULT_DB_ALIAS)


class WriteOnReplicaError(RuntimeError):
    """A page that is declared to read only tried to write; a mistake of ours, found in tests."""


def alias() -> str:
    """The database that this request reads."""
    return _alias.get()


def connection() -> BaseDatabaseWrapper:
    """The connection that this request reads from, for statements without the ORM."""
    return connections[alias()]


@contextmanager
def from_replica() -> Iterator[None]:
    """Read from the replica inside the block, in one read-only transaction without seats."""
    token = _alias.set(REPLICA)
    try:
        with transaction.atomic(using=REPLICA):
            with connections[REPLICA].cursor() as cursor:
                cursor.execute("set transaction read only")
            yield
    finally:
        _alias.reset(token)


class Router:
    """Django's database router: reads follow the request, writes go to the primary alone."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ARG002 - Django's names
        return REPLICA if alias() == REPLICA else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ARG002 - the same
        if alias() == REPLICA:
            message = f"{model.__name__} is written by a page that reads from the replica."
            raise WriteOnReplicaError(message)
        return None

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:  # noqa: ARG002 - the same
        """Both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:  # noqa: ARG002 - the same
        return False if db == REPLICA else None


# --- Whether the replica can be used --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of the replica, and until when (of the process's own clock) that holds."""

    is_usable: bool
    until: float


# Until the first look is back nobody reads there: a replica may lag by hours when we start.
UNKNOWN = Look(is_usable=False, until=0.0)
_seen = [UNKNOWN]


def is_usable() -> bool:
    """Whether there is a replica, it answers, and it lags no more than `REPLICA_LAG_SECONDS`."""
    if REPLICA not in settings.DATABASES:
        return False
    if time.monotonic() >= _seen[0].until:
        _look()
    return _seen[0].is_usable


def is_caught_up() -> bool:
    """Whether the replica has everything that was committed before now; waits a moment for it.

    Asks the primary, so it belongs where the primary is asked anyway.
    """
    if not is_usable():
        return False
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("select pg_current_wal_flush_lsn()::text")
        (written,) = cursor.fetchone()
    end = time.monotonic() + CATCHING_UP
    while not _has_replayed(written):
        if time.monotonic() > end or not _seen[0].is_usable:
            return False
        time.sleep(PAUSE)
    return True


def note_away(error: BaseException | str) -> None:
    """Leave the replica alone for a while, because it failed to answer."""
    if _seen[0].is_usable:
        log.warning("The replica is away; pages are read from the primary: %s", error)
    _seen[0] = Look(is_usable=False, until=time.monotonic() + RETRY)
    connections[REPLICA].close()


def _look() -> None:
    """One thread asks; the others go by what was seen before."""
    before = _seen[0]
    _seen[0] = Look(is_usable=before.is_usable, until=time.monotonic() + RETRY)
    fresh = _asked(_LAG, [settings.REPLICA_LAG_SECONDS])
    if fresh is None:
        return
    if fresh != before.is_usable:
        words = "is used." if fresh else "lags behind, or is none; the primary is read."
        log.warning("The replica %s", words)
    _seen[0] = Look(is_usable=fresh, until=time.monotonic() + LOOK)


def _has_replayed(written: str) -> bool:
    return bool(_asked(_REPLAYED, [written]))


def _asked(statement: str, parameters: list[Any]) -> bool | None:
    """Yes or no from the replica; None when it does not answer."""
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(statement, parameters)
            return bool(cursor.fetchone()[0])
    except Error as error:
        note_away(str(error).strip())
        return None


# By the moment of the last commit that was replayed, not by positions of the log alone: those agree
# as well while a cut line brings nothing new. A worker writes a sign of life every ten seconds, so
# a replica that follows is never older than that. A replica that was promoted is no replica.
_LAG = """
select pg_is_in_recovery() and coalesce(
  clock_timestamp() - pg_last_xact_replay_timestamp() <= make_interval(secs => %s), false)
"""
_REPLAYED = "select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= %s::pg_lsn"
