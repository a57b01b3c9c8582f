"""The database: there, new enough, walled, up to date, and its worker alive."""

import os
import time
from pathlib import Path

import psycopg

from clusterwerk.config.doctor import mail_in
from clusterwerk.config.doctor.finding import Finding, Findings, asked, fail, ok, warn
from clusterwerk.platform.postgres import remote, roles
from clusterwerk.platform.postgres.client import Connection, connect
from clusterwerk.platform.postgres.errors import ServerError

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
APART = 5.0  # seconds between our clock and the database's
SILENT = 60.0  # seconds; a worker says that it lives every 10
MIGRATE = "Run `clusterwerk upgrade`, which makes a back-up first."
RECENT = 7  # days in which a failed job is still news


def findings(var: Path) -> Findings:
    """Everything about the database; when it does not answer, that alone."""
    try:
        connection = connect("app", var)
    except (psycopg.Error, ServerError) as error:
        yield _away(error)
        return
    with connection:
        yield ok("database", f"Answers as {connection.info.user}.")
        yield version(connection)
        yield clocks(connection)
        yield role(connection)
        yield owner(connection, var)
        yield extensions(connection)
        yield asked("worker", lambda: worker(connection))
        yield asked("jobs", lambda: jobs(connection))
        yield asked("mail intake", lambda: mail_in.looked(connection))
        yield from _with_django(var)


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


def owner(connection: Connection, var: Path) -> Finding:
    """The role of migrations: another than the application's, the owner, and no superuser."""
    try:
        with connect("owner", var) as other:
            row = other.execute(OWNER).fetchone()
    except (psycopg.Error, ServerError) as error:
        mend = "Check DATABASE_OWNER_URL; without the owner nothing can be upgraded from here."
        return warn("owner role", f"Cannot connect: {str(error).strip().splitlines()[0]}", mend)
    assert row, "every connection has a role"
    name, superuser, bypasses, owns = row
    if name == connection.info.user:
        return ok("owner role", "This machine serves alone; another one changes tables.")
    if superuser or bypasses:
        mend = f"alter role {name} nosuperuser nobypassrls;"
        return warn("owner role", f"{name} may do more than own the tables.", mend)
    if not owns:
        mend = f"alter database ... owner to {name}; (docs/operate/database.md)"
        return fail("owner role", f"{name} does not own the database.", mend)
    return ok("owner role", f"{name} owns the tables and nothing more.")


OWNER = """
select current_user::text, rolsuper, rolbypassrls, pg_has_role(current_user, datdba, 'member')
  from pg_roles, pg_database where rolname = current_user and datname = current_database()
"""


def jobs(connection: Connection) -> Finding:
    """Jobs that failed for good in the last days; the queue has no row policies."""
    try:
        row = connection.execute(FAILED, [RECENT]).fetchone()
    except psycopg.errors.UndefinedTable:
        return ok("jobs", "None has ever run.")
    failed = row[0] if row else 0
    if failed:
        mend = "A steward sees them, and what went wrong, in the list of jobs."
        return warn("jobs", f"{failed} failed in the last {RECENT} days.", mend)
    return ok("jobs", f"None failed in the last {RECENT} days.")


FAILED = """
select count(distinct job.id) from procrastinate_jobs job
  join procrastinate_events event on event.job_id = job.id
 where job.status = 'failed' and event.at > now() - make_interval(days => %s)
"""


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


def _with_django(var: Path) -> Findings:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
    import django  # noqa: PLC0415 - everything before needs no Django, and tells why it cannot load

    django.setup()
    from clusterwerk.config.doctor import tables  # noqa: PLC0415 - needs the line before

    yield from tables.findings(var)
