"""The two roles and the database.

`clusterwerk_owner` owns the tables and is used by migrations alone; `clusterwerk_app` owns
nothing, bypasses nothing, and is what every request, job and shell works as. Neither is a
superuser, neither can create roles.
"""

import psycopg
from psycopg import sql

from clusterwerk.platform.postgres.address import APPLICATION, DATABASE, OWNER
from clusterwerk.platform.postgres.client import Connection
from clusterwerk.platform.postgres.configuration import SUPERUSER
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.home import Home

PLAIN = "login nosuperuser nobypassrls nocreaterole noreplication"


def prepare_embedded(home: Home, *, may_create_databases: bool) -> None:
    """Roles without passwords (the system user is the proof) and the database, where missing.

    may_create_databases: for tests, whose runner makes a database of its own.
    """
    with psycopg.connect(
        host=str(home.run), user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        if not _exists(connection, "pg_roles", "rolname", APPLICATION):
            make_roles(connection, passwords={}, may_create_databases=may_create_databases)
        if not database_exists(connection, DATABASE):
            make_database(connection, DATABASE)
        grant(connection, DATABASE)


def make_roles(
    connection: Connection, *, passwords: dict[str, str], may_create_databases: bool = False
) -> None:
    """Create both roles, or set right what they may; with the passwords when there are any."""
    creating = "createdb" if may_create_databases else "nocreatedb"
    for role, rights in ((OWNER, f"{PLAIN} {creating}"), (APPLICATION, f"{PLAIN} noinherit")):
        verb = "alter" if _exists(connection, "pg_roles", "rolname", role) else "create"
        secret = (
            sql.SQL("password {}").format(passwords[role]) if role in passwords else sql.SQL("")
        )
        connection.execute(
            sql.SQL("{} role {} {} {}").format(
                sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), secret
            )
        )


def make_database(connection: Connection, name: str) -> None:
    """Create the database for its owner; `grant` then says who may connect."""
    statement = sql.SQL(
        "create database {} owner {} encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' "
        "template template0"
    )
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))


def grant(connection: Connection, name: str) -> None:
    """Who may connect, and make temporary tables: imports need them, for COPY refuses policies."""
    for statement in (
        "revoke all on database {} from public",
        "grant connect, temporary on database {} to {}",
    ):
        names = [sql.Identifier(name), sql.Identifier(APPLICATION)]
        connection.execute(sql.SQL(statement).format(*names[: statement.count("{}")]))


def check_application(connection: Connection) -> None:
    """ServerError when this connection's role is not bound by row policies.

    A superuser, a role with BYPASSRLS and the owner of the database see every row of every
    cluster; the program refuses to serve as one of them.
    """
    row = connection.execute(UNBOUND).fetchone()
    assert row is not None, "every connection has a role"
    name, reasons = row[0], [reason for reason in row[1:] if reason]
    if reasons:
        message = (
            f"The role {name} {' and '.join(reasons)}: row policies would not bind it, and every "
            "cluster would see the rows of the others. Set DATABASE_URL to the application role "
            "and DATABASE_OWNER_URL to the owner (docs/operate/database.md)."
        )
        raise ServerError(message)


UNBOUND = """
select current_user,
       case when rolsuper then 'is a superuser' end,
       case when rolbypassrls then 'bypasses row policies' end,
       case when pg_has_role(current_user, datdba, 'member') then 'owns the database' end
  from pg_roles, pg_database
 where rolname = current_user and datname = current_database()
"""


def database_exists(connection: Connection, name: str) -> bool:
    return _exists(connection, "pg_database", "datname", name)


def _exists(connection: Connection, catalog: str, column: str, name: str) -> bool:
    query = sql.SQL("select 1 from {} where {} = {}").format(
        sql.Identifier(catalog), sql.Identifier(column), name
    )
    return connection.execute(query).fetchone() is not None
