"""Connections that a start will need, against what the server accepts.

Each thread of a web process keeps one connection. Too many of them are noticed on a busy day, by
the visitors; so a start that could not get them all is refused at once.
"""

from dataclasses import dataclass
from pathlib import Path

from clusterwerk.platform.postgres.address import is_pooled
from clusterwerk.platform.postgres.client import connect
from clusterwerk.platform.postgres.errors import ServerError

OF_A_WORKER = 8  # the pool of its queue (4), the one that listens, three jobs at a time
FOR_COMMANDS = 5  # doctor, back-up, migrations, a shell


@dataclass(frozen=True)
class Need:
    """Connections of one start, and the words that explain them."""

    connections: int
    because: str

    def __add__(self, other: "Need") -> "Need":
        return Need(self.connections + other.connections, f"{self.because} and {other.because}")


def of_web(processes: int, threads: int) -> Need:
    return Need(processes * threads, f"{processes} web processes of {threads} threads")


def of_workers(number: int) -> Need:
    return Need(number * OF_A_WORKER, f"{number} workers of {OF_A_WORKER} connections")


def check(var: Path, need: Need) -> None:
    """ServerError when the server accepts fewer connections than this start will need.

    Behind a pooler the number of clients is the pooler's own limit, which it alone knows.
    """
    if is_pooled():
        return
    accepted = _accepted(var)
    if need.connections + FOR_COMMANDS > accepted:
        message = (
            f"{need.because} need {need.connections} connections, and {FOR_COMMANDS} are kept for "
            f"commands; the database accepts {accepted} of this role. Lower CLUSTERWERK_WORKERS "
            "or CLUSTERWERK_THREADS, raise max_connections, or put a pooler between them "
            "(docs/operate/scaling.md)."
        )
        raise ServerError(message)


def _accepted(var: Path) -> int:
    with connect("app", var) as connection:
        row = connection.execute(_ACCEPTED).fetchone()
    assert row, "an aggregate without groups has one row"
    return int(row[0])


# `reserved_connections` came with version 16; a limit of -1 on role or database means none.
_ACCEPTED = """
select least(
    current_setting('max_connections')::int
    - current_setting('superuser_reserved_connections')::int
    - coalesce(current_setting('reserved_connections', true)::int, 0),
    nullif((select rolconnlimit from pg_roles where rolname = current_user), -1),
    nullif((select datconnlimit from pg_database where datname = current_database()), -1))
"""
