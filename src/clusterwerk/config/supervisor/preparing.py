"""What has to be done once for a version of the program, in one process, as the owner.

Run by the supervisor as `python -m clusterwerk.config.supervisor.preparing WORDS`; prints the name
of each step before it begins. What the words ask for:

- `database`: tables and access rules; refused where a newer program wrote them;
- `established`: beside it, change tables that hold data already, otherwise that is refused;
- `copy=FILE`: beside both, write a back-up there before tables that hold data change;
- `static`: styles and scripts.

A refusal is one sentence for a person and exit code 3. Each migration is a transaction, and what
was done is noted last: whoever is killed in the middle is followed by a start that goes on there.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from clusterwerk.config import exits
from clusterwerk.platform.postgres.errors import ServerError

LOCK = 1_129_074_003  # any number, the same in every release: only one prepares a database at once


def main(wanted: list[str]) -> None:
    import django  # noqa: PLC0415 - the digests of this module's callers must not load Django

    django.setup()
    if "database" in wanted:
        _require_owner()
        with _alone():
            _check_and_copy(wanted)
            _run("tables", _migrate)
            _run("access rules", _apply_access)
            _note_release()
    if "static" in wanted:
        _run("styles and scripts", _collect_static)


def _require_owner() -> None:
    """Before the lock is taken: behind a pooler, where an application may stand, it could stay."""
    from clusterwerk.config.upgrading import plan  # noqa: PLC0415 - once Django is set up

    plan.require_known(plan.read_plan())
    plan.require_owner()


def _check_and_copy(wanted: list[str]) -> None:
    """Refuse what may not be changed; keep a copy of what will be. Another start may have done it
    all while this one waited, so the plan is read only now.
    """
    from clusterwerk.config.upgrading import copies, plan  # noqa: PLC0415 - once Django is set up

    found = plan.read_plan()
    plan.require_known(found)
    if "established" not in wanted:
        plan.require_unasked(found)
    target = copies.asked_for(wanted)
    if target and found.needs_asking:
        _run("back-up", lambda: copies.keep(target))


def _note_release() -> None:
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from clusterwerk.config.upgrading import written  # noqa: PLC0415 - the same

    with connection.cursor() as cursor:
        cursor.execute(written.statement(written.program_version()))


def _run(name: str, step: Callable[[], None]) -> None:
    print(name, flush=True)  # noqa: T201 - read by the supervisor
    step()


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _apply_access() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("access_apply", verbosity=0)


def _collect_static() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def _alone() -> Iterator[None]:
    """Several machines may start on one database at the same moment."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ServerError as error:
        print(error, flush=True)  # noqa: T201 - read by the supervisor
        sys.exit(exits.ENVIRONMENT)
