"""What every table holds, as numbers that can be compared on another server.

The digest of a table is the sum, modulo nothing, of two halves of the SHA-256 of each row's text:
the order of rows does not matter, each row does. Row texts depend on settings of the session, so
`SETTINGS` comes before; the same statements run through psycopg when a back-up is made and through
psql when one is restored.
"""

from psycopg import sql

from clusterwerk.platform.backup.manifest import Table
from clusterwerk.platform.postgres.client import Connection

SETTINGS = """
set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
set local extra_float_digits = 1; set local bytea_output = 'hex'; set local lc_monetary = 'C';
set local row_security = off; set local search_path = '';
"""
# Tables of ours and of libraries, not what an extension brings.
LIST = """
select n.nspname, c.relname from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and c.relpersistence <> 't'
   and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      and d.objid = c.oid and d.deptype = 'e')
 order by 1, 2
"""
SEQUENCES = """
select pg_catalog.format('%I.%I', schemaname, sequencename), coalesce(last_value, 0)
  from pg_catalog.pg_sequences order by 1
"""
ONE = """
select {name}, pg_catalog.count(*), coalesce(pg_catalog.sum(
    ('x' || pg_catalog.encode(pg_catalog.substr(h, 1, 8), 'hex'))::pg_catalog.bit(64)::bigint
  ), 0)::text || ':' || coalesce(pg_catalog.sum(
    ('x' || pg_catalog.encode(pg_catalog.substr(h, 9, 8), 'hex'))::pg_catalog.bit(64)::bigint
  ), 0)::text
  from (select pg_catalog.sha256(pg_catalog.convert_to(whole_row_::text, 'UTF8')) as h
          from only {table} as whole_row_) as rows_
"""
# Rows that a fresh start makes by itself; anything else is somebody's work.
BY_ITSELF = (
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "platform_cache",
)
BY_ITSELF_PREFIXES = ("procrastinate_", "pghistory_")


def quoted(schema: str, table: str) -> str:
    return sql.Identifier(schema, table).as_string(None)


def names(connection: Connection) -> list[tuple[str, str]]:
    """Schema and name of every table, sorted."""
    return [(str(schema), str(name)) for schema, name in connection.execute(LIST)]


def statement(name: str, table: sql.Identifier) -> sql.Composed:
    """One row: the name, the number of rows, the digest."""
    return sql.SQL(ONE).format(name=sql.Literal(name), table=table)


def contents(connection: Connection) -> list[Table]:
    """What every table holds in the open transaction; it must be the owner's."""
    connection.execute(SETTINGS)
    found = []
    for schema, name in names(connection):
        query = statement(quoted(schema, name), sql.Identifier(schema, name))
        row = connection.execute(query).fetchone()
        assert row is not None, "an aggregate has one row"
        found.append(Table(name=row[0], rows=row[1], digest=row[2]))
    return found


def sequences(connection: Connection) -> dict[str, int]:
    """Last value of every sequence; they stand outside transactions, so they may only grow."""
    return {str(name): int(value) for name, value in connection.execute(SEQUENCES)}


def migrations(connection: Connection) -> list[str]:
    """Applied migrations, as room.name."""
    rows = connection.execute("select app || '.' || name from public.django_migrations order by id")
    return [str(name) for (name,) in rows]


def occupied(connection: Connection) -> list[str]:
    """Tables that hold more than a fresh start puts there; empty in an empty installation."""
    found = []
    for schema, name in names(connection):
        if name in BY_ITSELF or name.startswith(BY_ITSELF_PREFIXES):
            continue
        query = sql.SQL("select exists (select from {})").format(sql.Identifier(schema, name))
        row = connection.execute(query).fetchone()
        if row and row[0]:
            found.append(name)
    return found


def differences(wanted: list[Table], found: list[Table]) -> list[str]:
    """A sentence for each table that is not what it was; empty when all are."""
    before = {table.name: table for table in wanted}
    after = {table.name: table for table in found}
    return [
        sentence
        for name in sorted(before | after)
        if (sentence := _difference(name, before.get(name), after.get(name)))
    ]


def _difference(name: str, before: Table | None, after: Table | None) -> str:
    if after is None or before is None:
        return f"{name}: {'is missing' if before else 'was not in the back-up'}"
    if before.rows != after.rows:
        return f"{name}: {after.rows} rows, {before.rows} in the back-up"
    return "" if before.digest == after.digest else f"{name}: rows with other contents"


def history_head(connection: Connection) -> str | None:
    """Digest of the newest seal of the history, in hex; none before the first."""
    kept = connection.execute("select to_regclass('public.platform_historyentry')").fetchone()
    if kept is None or kept[0] is None:
        return None
    newest = connection.execute(
        "select encode(chain_digest, 'hex') from public.platform_historyentry"
        " order by number desc limit 1"
    ).fetchone()
    return str(newest[0]) if newest else None
