"""`clusterwerk upgrade`, step by step: look, refuse or agree, back up, change, check."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clusterwerk.config.supervisor import steps
from clusterwerk.config.supervisor.database import chosen
from clusterwerk.config.supervisor.once import Place
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.stopping import Wish
from clusterwerk.config.upgrading import policy
from clusterwerk.config.upgrading.plan import Plan
from clusterwerk.platform.postgres.client import connect
from clusterwerk.platform.postgres.errors import ServerError

# Connections of the program elsewhere: web servers, workers and commands of any machine. Ours are
# those of this address and process; the server tells processes apart only by their connections.
ELSEWHERE = """
select count(*) from pg_stat_activity
 where datname = current_database() and application_name = 'clusterwerk'
   and pid <> pg_backend_pid()
"""


@contextmanager
def database_shared(var: Path) -> Iterator[None]:
    """The database brought up, beside whoever uses it: for a look that changes nothing."""
    database = chosen(var)
    try:
        database.up()
        yield
    finally:
        database.down()


@contextmanager
def database_alone(var: Path) -> Iterator[None]:
    """The database brought up, while no `serve` of this folder runs."""
    place = Place(var)
    if not place.take():
        other = place.other()
        where = f" at {other.address}" if other else ""
        message = f"Clusterwerk runs in this folder{where}. Stop it, then upgrade."
        raise ServerError(message)
    try:
        with database_shared(var):
            yield
    finally:
        place.leave()


def users_elsewhere(var: Path) -> int:
    """Connections of the program to this database, before this command makes more of its own."""
    with connect("owner", var) as connection:
        row = connection.execute(ELSEWHERE).fetchone()
    return int(row[0]) if row else 0


def plan_of(var: Path) -> Plan:
    """What there is to do, read as the owner of the tables."""
    os.environ["CLUSTERWERK_ROLE"] = "owner"
    os.environ["CLUSTERWERK_VAR"] = str(var)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
    import django  # noqa: PLC0415 - only now the role is settled
    from django.db import connections  # noqa: PLC0415

    django.setup()
    from clusterwerk.config.upgrading.plan import read_plan  # noqa: PLC0415

    try:
        return read_plan()
    finally:
        connections.close_all()


def carry_out(var: Path, screen: Screen, copy: Path | None) -> None:
    """Back up to `copy`, migrate and write the access rules, in one process of its own."""
    wish = Wish()
    wish.listen()
    steps.prepare(var, screen, wish, lambda _: None, allowed=policy.words(copy))
