"""Filling a database that holds the demo, or nothing, up to the size of the large data set.

Works as the owner of the tables, because `COPY` into a table with row policies is refused to
everybody else. Constraints, foreign keys and triggers are at work throughout, so that history
grows beside the rows.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from bench.large.cast import SOURCE, make_cast
from bench.large.shape import Shape
from bench.large.tables import TABLES, Ground, Table
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Membership
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter

Progress = Callable[[str], None]
SEED = "clusterwerk"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows that were added, by table, and the seconds that it took."""

    rows: dict[str, int]
    seconds: float


def load(shape: Shape, *, seed: str = SEED, progress: Progress = lambda _step: None) -> Loaded:
    """Add what is missing to the shape; the same seed gives the same rows.

    Each table is one transaction: who interrupts it drops the database.
    """
    begun = time.perf_counter()
    ground, added = _ground(shape, seed), {}
    for table in TABLES:
        name = table.model._meta.db_table
        with transaction.atomic():
            enter(seats_of_command(), reason=SOURCE)
            added[name] = _copy(table, ground)
        progress(f"{name}: {added[name]:,} rows, {time.perf_counter() - begun:.0f} s")
    settle()
    return Loaded(added, time.perf_counter() - begun)


def _ground(shape: Shape, seed: str) -> Ground:
    left = shape.without(
        Cluster.objects.count(), Organisation.objects.count(), Membership.objects.count()
    )
    first = {table.model: _first_free(table.model) for table in TABLES if table.has_id}
    return Ground(make_cast(left, seed), first)


def _first_free(model: type[Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max(id), 0) + 1 from {model._meta.db_table}")
        (number,) = cursor.fetchone()
    return int(number)


def _copy(table: Table, ground: Ground) -> int:
    """Rows of one table; the next row that somebody adds gets the number after them."""
    name = table.model._meta.db_table
    defaults = _defaults(table)
    columns = sql.SQL(", ").join(map(sql.Identifier, [*table.columns.split(), *defaults]))
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(name), columns)
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in table.rows(ground):
                copy.write_row((*row, *defaults.values()))
        rows = int(cursor.rowcount)
        if table.has_id and rows:
            last = ground.first[table.model] + rows - 1
            cursor.execute("select setval(pg_get_serial_sequence(%s, 'id'), %s)", [name, last])
    return rows


def _defaults(table: Table) -> dict[str, object]:
    """What the model writes into columns that the data set says nothing of."""
    said = {*table.columns.split(), "id"}
    return {
        str(field.column): field.get_default()
        for field in table.model._meta.concrete_fields
        if field.column not in said and not field.null and not field.generated
    }


def settle() -> None:
    """What a server that runs for weeks has done by itself: statistics and visibility."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
