"""Grants and policies of every table, written by the owner after each migration.

There are no default privileges: a new table is out of reach until it declares its class. The
digest of what was written stands in the comment of the table, so that `check` can tell quickly
whether the code and the database still agree.
"""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.access.foreign import FOREIGN_TABLES
from clusterwerk.platform.access.private_rows import guard_private_rows, missing_triggers
from clusterwerk.platform.access.sealing import open_sealing
from clusterwerk.platform.access.triggers import guard_history

SCHEMA = "access"


@dataclass(frozen=True, slots=True)
class Difference:
    """A table whose grants or policies are not what its class asks for."""

    table: str
    message: str


def declared_tables() -> dict[str, TableAccess]:
    """Class of every table: declared on the model, or in the list for libraries."""
    own = {
        model._meta.db_table: model.access
        for model in apps.get_models(include_auto_created=True)
        if hasattr(model, "access")
    }
    return {**FOREIGN_TABLES, **own}


def existing_tables() -> set[str]:
    """Tables and views that stand in the database, in the schema of the application."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm')"
        )
        return {name for (name,) in cursor.fetchall()}


def statements(table: str, access: TableAccess, application: str) -> list[str]:
    """What brings one table to its class, from whatever state it is in."""
    quote = connection.ops.quote_name
    name, role = quote(table), quote(application)
    grants = ", ".join(access.commands)
    lines = [
        f"revoke all on table {name} from public, {role}",
        f"grant {grants} on table {name} to {role}",
        f"alter table {name} {'enable' if access.row_security else 'disable'} row level security",
    ]
    if access.row_security:
        lines += [_policy(name, role, *pair) for pair in access.commands.items()]
    return lines


def _policy(name: str, role: str, command: str, rule: str) -> str:
    checks = {
        "select": f"using ({rule})",
        "insert": f"with check ({rule})",
        "update": f"using ({rule}) with check ({rule})",
        "delete": f"using ({rule})",
    }
    return f"create policy {command}_rows on {name} for {command} to {role} {checks[command]}"


def digest(table: str, access: TableAccess, application: str) -> str:
    joined = "\n".join(statements(table, access, application))
    return "access " + hashlib.sha256(joined.encode()).hexdigest()[:20]


def apply_access(application: str) -> int:
    """Write grants and policies where they differ; returns the number of tables changed."""
    existing, kept = existing_tables(), _comments()
    changed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"grant usage on schema public, {SCHEMA} to {_role(application)}")
        for table, access in sorted(declared_tables().items()):
            wanted = digest(table, access, application)
            if table not in existing or kept.get(table) == wanted:
                continue
            _rewrite(table, access, application, wanted)
            changed += 1
        _grant_sequences(application)
        guard_history()
        guard_private_rows(existing)
        open_sealing(application, existing)
    return changed


def _role(application: str) -> str:
    return connection.ops.quote_name(application)


def _rewrite(table: str, access: TableAccess, application: str, wanted: str) -> None:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute("select policyname from pg_policies where tablename = %s", [table])
        for (policy,) in cursor.fetchall():
            cursor.execute(f"drop policy {connection.ops.quote_name(policy)} on {name}")
        for statement in statements(table, access, application):
            cursor.execute(statement)
        cursor.execute(f"comment on table {name} is '{wanted}'")


def _grant_sequences(application: str) -> None:
    """The job queue alone uses serial columns; identity columns need no grant."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'S' and relname like 'procrastinate%%'"
        )
        for (sequence,) in cursor.fetchall():
            name = connection.ops.quote_name(sequence)
            cursor.execute(f"grant usage on sequence {name} to {_role(application)}")


def _comments() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, obj_description(oid) from pg_class"
            " where relkind in ('r', 'p') and obj_description(oid) like 'access %%'"
        )
        return dict(cursor.fetchall())


def check_access(application: str) -> list[Difference]:
    """Tables whose state is not what the code declares; empty when all is well."""
    kept, declared, found = _comments(), declared_tables(), _catalog(application)
    differences = []
    for table in sorted(existing_tables()):
        access = declared.get(table)
        if access is None:
            differences.append(Difference(table, "declares no access class"))
        elif kept.get(table) != digest(table, access, application):
            differences.append(Difference(table, "was not brought to its class; run access_apply"))
        elif found.get(table) != _expected(access):
            differences.append(Difference(table, "policies or grants were changed by hand"))
    differences += [
        Difference(trigger.table, f"the trigger {trigger.name} is missing")
        for trigger in missing_triggers()
    ]
    return differences


def _expected(access: TableAccess) -> tuple[bool, frozenset[str], frozenset[str]]:
    commands = frozenset(access.commands)
    return access.row_security, commands if access.row_security else frozenset(), commands


def _catalog(application: str) -> dict[str, tuple[bool, frozenset[str], frozenset[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.relname, c.relrowsecurity,
              array(select lower(p.cmd) from pg_policies p where p.tablename = c.relname),
              array(select lower(g.privilege_type) from information_schema.role_table_grants g
                    where g.table_name = c.relname and g.grantee = %s)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p')
            """,
            [application],
        )
        return {
            name: (secured, frozenset(policies), frozenset(grants))
            for name, secured, policies, grants in cursor.fetchall()
        }
