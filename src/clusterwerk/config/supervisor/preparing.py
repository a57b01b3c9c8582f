"""What has to be done once for a version of the program, in one process, as the owner.

Run by the supervisor as `python -m clusterwerk.config.supervisor.preparing [database] [static]`;
prints the name of each step before it begins.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOCK = 1_129_074_003  # any number, the same in every release: only one prepares a database at once


def main(wanted: list[str]) -> None:
    import django  # noqa: PLC0415 - the digests of this module's callers must not load Django

    django.setup()
    if "database" in wanted:
        with _alone():
            _run("tables", _migrate)
            _run("access rules", _apply_access)
    if "static" in wanted:
        _run("styles and scripts", _collect_static)


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
    main(sys.argv[1:])
