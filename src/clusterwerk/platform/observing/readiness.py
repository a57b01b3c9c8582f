"""Whether this installation can serve: the database answers, is up to date, and has its walls."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clusterwerk.platform.access.apply import check_access
from clusterwerk.platform.observing import queue
from clusterwerk.platform.observing.probe import Probe
from clusterwerk.platform.postgres.address import application_role

SILENT = 60.0  # seconds; a worker says that it lives every 10


@dataclass(frozen=True, slots=True)
class Readiness:
    """reasons: why it cannot serve; warnings: what is wrong while it can."""

    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return not self.reasons


def readiness() -> Readiness:
    """Within a second, whatever the database does."""
    try:
        return _PROBE.answer()
    except TimeoutError:
        return Readiness(["The database does not answer in time."])
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the monitor is told
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return Readiness([f"The database refuses: {first}"])


def _look() -> Readiness:
    return Readiness([*_migrations(), *_access()], [*_worker()])


def _migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return [f"{missing} migrations are to be applied."] if missing else []


def _access() -> list[str]:
    different = len(check_access(application_role()))
    return [f"{different} tables have not the access rules of the code."] if different else []


def _worker() -> list[str]:
    silent = queue.silence()
    if silent is None:
        return ["No worker has ever run."]
    return [f"No worker was heard of for {silent:.0f} s."] if silent > SILENT else []


_PROBE = Probe(_look)
