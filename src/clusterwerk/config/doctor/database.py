"""The database: there, new enough, walled, up to date, and its worker alive."""

import os
import time
from pathlib import Path

import psycopg

from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, warn
from clusterwerk.platform.postgres import remote, roles
from clusterwerk.platform.postgres.client import Connection, connect
from clusterwerk.platform.postgres.errors import ServerError

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
APART = 5.0  # seconds between our clock and the database's
SILENT = 60.0  # seconds; a worker says that it lives every 10
MIGRATE = "Start `clusterwerk serve`, which brings the database up to date."


def findings(var: Path) -> Findings:
    """Everything about the database; when it does not answer, that alone."""
    try:
        connection = connect("app", var)
    except (psycopg.OperationalError, ServerError) as error:
        yield _away(error)
        return
    with connection:
        yield ok("database", f"Answers as {connection.info.user}.")
        yield version(connection)
        yield clocks(connection)
        yield role(connection)
        yield extensions(connection)
        yield worker(connection)
        yield from _with_django()


def version(connection: Connection) -> Finding:
    shown = connection.info.parameter_status("server_version") or "of unknown version"
    try:
        remote.check_version(connection)
    except ServerError as error:
        return fail("database version", f"PostgreSQL {shown}", str(error))
    return ok("database version", f"PostgreSQL {shown}")


def clocks(connection: Connection) -> Finding:
    row = connection.execute("select extract(epoch from clock_timestamp())::float").fetchone()
    apart = abs(time.time() - (row[0] if row else 0))
    if apart > APART:
        mend = "Let both machines take their time from a time server."
        return warn("database clock", f"{apart:.0f} s apart from this machine.", mend)
    return ok("database clock", "The same as this machine's.")


def role(connection: Connection) -> Finding:
    try:
        roles.check_application(connection)
    except ServerError as error:
        return fail("application role", "Row policies do not bind it.", str(error))
    return ok("application role", "Owns nothing and is bound by row policies.")


def extensions(connection: Connection) -> Finding:
    rows = connection.execute(
        "select name, installed_version from pg_available_extensions where name = any(%s)",
        [list(EXTENSIONS)],
    )
    found: dict[str, str | None] = dict(rows.fetchall())
    absent = [name for name in EXTENSIONS if name not in found]
    if absent:
        mend = "Install PostgreSQL's contrib modules on the server."
        return fail("extensions", f"The server has no {', '.join(absent)}.", mend)
    missing = [name for name in EXTENSIONS if not found[name]]
    if missing:
        return fail("extensions", f"Not installed yet: {', '.join(missing)}.", MIGRATE)
    return ok("extensions", f"{', '.join(EXTENSIONS)} are installed.")


def worker(connection: Connection) -> Finding:
    mend = "Jobs wait until `clusterwerk serve` runs."
    try:
        row = connection.execute(
            "select extract(epoch from clock_timestamp() - max(last_heartbeat))::float"
            " from procrastinate_workers"
        ).fetchone()
    except psycopg.errors.UndefinedTable:
        return warn("worker", "Has never run here.", mend)
    silent = row[0] if row else None
    if silent is None or silent > SILENT:
        return warn("worker", "No worker is alive.", mend)
    return ok("worker", f"Last heard of {silent:.0f} s ago.")


def _away(error: Exception) -> Finding:
    own = os.environ.get("DATABASE_URL", "").strip()
    mend = "Check DATABASE_URL and that the server runs." if own else "Start `clusterwerk serve`."
    return fail("database", f"Does not answer: {str(error).strip().splitlines()[0]}", mend)


def _with_django() -> Findings:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
    import django  # noqa: PLC0415 - everything before needs no Django, and tells why it cannot load

    django.setup()
    yield migrations()
    yield access()


def migrations() -> Finding:
    from django.db import connection  # noqa: PLC0415 - see above
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _backwards in plan[:5])
        return fail("migrations", f"{len(plan)} to be applied: {names}", MIGRATE)
    return ok("migrations", "All are applied.")


def access() -> Finding:
    from clusterwerk.platform.access.apply import check_access  # noqa: PLC0415 - see above
    from clusterwerk.platform.postgres.address import application_role  # noqa: PLC0415

    differences = check_access(application_role())
    if differences:
        first = "; ".join(f"{one.table}: {one.message}" for one in differences[:3])
        mend = "Run `python -m django access_apply` with CLUSTERWERK_ROLE=owner."
        return fail("access rules", f"{len(differences)} tables differ: {first}", mend)
    return ok("access rules", "Grants and policies are as the code declares.")
