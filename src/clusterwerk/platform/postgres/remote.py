"""A server of your own, named in DATABASE_URL.

Two ways. With DATABASE_OWNER_URL beside it, both roles exist and nothing is created. Alone,
DATABASE_URL may name an administrator, who can create roles: the two roles and the database are
then made by the program, with passwords that it keeps in `var/postgres/roles.json` (mode 0600).
"""

import os
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from clusterwerk.platform.postgres import kept, roles
from clusterwerk.platform.postgres.address import APPLICATION, OWNER, from_url, own_settings
from clusterwerk.platform.postgres.address import server_name as name_of
from clusterwerk.platform.postgres.binaries import OLDEST
from clusterwerk.platform.postgres.client import Connection, connect, connect_with
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.locks import alone

PATIENCE = 60.0  # seconds for another process that prepares from the same `var`


def prepare(var: Path) -> None:
    """Make roles and database where DATABASE_URL names an administrator; check the version.

    Raises ServerError when the server is away or too old, or the role may not do what is needed.
    """
    try:
        if not os.environ.get("DATABASE_OWNER_URL", "").strip():
            with alone(var / "postgres" / "start.lock", wait=PATIENCE):
                _made_by_administrator(var, os.environ["DATABASE_URL"].strip())
        with connect("app", var) as connection:
            check_version(connection)
    except psycopg.Error as error:
        message = f"The server of DATABASE_URL: {str(error).strip()}"
        raise ServerError(message) from None


def check_version(connection: Connection) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        message = f"The server is PostgreSQL {version}; needed is {OLDEST} or newer."
        raise ServerError(message)


def _made_by_administrator(var: Path, url: str) -> None:
    """Create what is missing; nothing when it was done before, or the role is no administrator."""
    settings = {**own_settings("app", var, url), **from_url(url)}
    server = name_of(settings)
    if (kept.read(var, server) and _answers(var)) or _is_no_administrator(settings):
        return
    with connect_with(settings, database="postgres") as connection:
        if not _may_create_roles(connection):
            return
        check_version(connection)
        made = kept.write(var, server, (OWNER, APPLICATION))
        roles.make_roles(connection, passwords=made.passwords)
        _make_database(connection, settings["NAME"])


def _is_no_administrator(settings: dict[str, Any]) -> bool:
    """Asked in the named database, because a pooler leads to no other; where there is none yet, the
    one of administrators is asked.
    """
    try:
        with connect_with(settings) as connection:
            return not _may_create_roles(connection)
    except psycopg.OperationalError:
        return False


def _answers(var: Path) -> bool:
    """Whether the kept passwords still work."""
    try:
        connect("app", var).close()
        connect("owner", var).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(connection: Connection, name: str) -> None:
    """Create it, or take it over; who is no superuser must be in a role to give it something."""
    me = sql.Identifier(connection.info.user)
    owner = sql.Identifier(OWNER)
    superuser = connection.info.parameter_status("is_superuser") == "on"
    if not superuser:
        connection.execute(sql.SQL("grant {} to {}").format(owner, me))
    if roles.database_exists(connection, name):
        connection.execute(
            sql.SQL("alter database {} owner to {}").format(sql.Identifier(name), owner)
        )
    else:
        roles.make_database(connection, name)
    roles.grant(connection, name)
    if not superuser:
        connection.execute(sql.SQL("revoke {} from {}").format(owner, me))


def _may_create_roles(connection: Connection) -> bool:
    row = connection.execute(
        "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
    ).fetchone()
    return bool(row and row[0])
