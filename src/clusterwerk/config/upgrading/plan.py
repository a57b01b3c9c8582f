"""What an upgrade of the database would do; read inside Django, changes nothing."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from clusterwerk.config.upgrading import written
from clusterwerk.platform.postgres.errors import ServerError


@dataclass(frozen=True, slots=True)
class Step:
    """One migration; what is not reversible is undone by restoring a back-up alone."""

    name: str
    is_reversible: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """From the release that wrote the database (empty when it left no note) to this program's.

    unknown: migrations of our rooms that the database has and this program has not.
    holds_data: somebody can sign in, so there is something to lose.
    """

    database: str
    program: str
    steps: tuple[Step, ...]
    unknown: tuple[str, ...]
    holds_data: bool

    @property
    def needs_asking(self) -> bool:
        return self.holds_data and bool(self.steps)

    @property
    def irreversible(self) -> tuple[str, ...]:
        return tuple(step.name for step in self.steps if not step.is_reversible)


def read_plan() -> Plan:
    """The plan of the connected database; complete only as the owner, who sees all people."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = executor.loader.disk_migrations or {}
    return Plan(
        database=written_by(),
        program=written.program_version(),
        steps=tuple(_step(migration) for migration, _backwards in pending),
        unknown=tuple(
            f"{room}.{name}"
            for room, name in sorted(executor.loader.applied_migrations)
            if room in _rooms() and (room, name) not in known
        ),
        holds_data=_holds_data(),
    )


def written_by() -> str:
    """Release that wrote the connected database last."""
    with connection.cursor() as cursor:
        cursor.execute(written.READ)
        row = cursor.fetchone()
    return written.release_in(row and row[0])


def require_known(plan: Plan) -> None:
    """ServerError when a newer release wrote the database: this one would misread it."""
    if not plan.unknown:
        return
    wanted = f"release {plan.database}" if plan.database else "the release that wrote it"
    if plan.database == plan.program:
        wanted = f"a release newer than {plan.program}"
    message = (
        f"The database was written by a newer program: it has {_few(plan.unknown)}, which release "
        f"{plan.program} does not know. Nothing was changed. Install {wanted}, or restore a "
        f"back-up that {plan.program} made (docs/operate/upgrade.md)."
    )
    raise ServerError(message)


def require_owner() -> None:
    """ServerError for another role than the owner, which alone can change tables and rules."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_has_role(current_user, datdba, 'member'), current_user from pg_database"
            " where datname = current_database()"
        )
        owns, name = cursor.fetchone()
    if not owns:
        message = (
            f"The tables are not as release {written.program_version()} needs them, and {name} may "
            "not change them. Nothing was changed. Run `clusterwerk upgrade` on the machine whose "
            "DATABASE_OWNER_URL names the owner, then start here again."
        )
        raise ServerError(message)


def require_unasked(plan: Plan) -> None:
    """ServerError when the database holds data and tables would change without being asked."""
    if plan.needs_asking:
        message = (
            f"The database is of an earlier release ({plan.database or 'before 0.2'}); "
            f"{len(plan.steps)} changes of tables are to be made. Nothing was changed. Look with "
            "`clusterwerk upgrade --plan`, then run `clusterwerk upgrade`, which makes a back-up "
            "first. To let every start do this by itself, set CLUSTERWERK_UPGRADE=automatic."
        )
        raise ServerError(message)


def _rooms() -> set[str]:
    """Labels of our own rooms; a library may drop old migrations when it merges them."""
    return {one.label for one in apps.get_app_configs() if one.name.startswith("clusterwerk.")}


def _step(migration: Migration) -> Step:
    reversible = all(operation.reversible for operation in migration.operations)
    return Step(f"{migration.app_label}.{migration.name}", reversible)


def _holds_data() -> bool:
    with connection.cursor() as cursor:
        # Neither where there is no such table yet, nor for a role that may not read it.
        cursor.execute("select has_table_privilege(to_regclass('public.platform_user'), 'select')")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("select exists (select from public.platform_user)")
        return bool(cursor.fetchone()[0])


def _few(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - enough to see
    return ", ".join(names[:3]) + more
