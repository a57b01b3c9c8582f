"""What was prepared, as noted in the database's own comment.

In the database and not in `var`: whoever restores a dump, or points DATABASE_URL elsewhere, gets
a database without this note and therefore the full preparation.
"""

import json
from typing import Any

import psycopg
from psycopg import sql

MARK = "clusterwerk "


def read(connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, str]:
    """The notes by name; empty when there are none, or somebody else wrote the comment."""
    row = connection.execute(
        "select shobj_description(oid, 'pg_database') from pg_database"
        " where datname = current_database()"
    ).fetchone()
    comment = (row and row[0]) or ""
    if not comment.startswith(MARK):
        return {}
    notes: dict[str, str] = json.loads(comment.removeprefix(MARK))
    return notes


def note(connection: psycopg.Connection[tuple[Any, ...]], **news: str) -> None:
    """Add to the notes; needs the owner of the database."""
    text = MARK + json.dumps({**read(connection), **news}, sort_keys=True)
    name = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("comment on database {} is {}").format(name, text))
