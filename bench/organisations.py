"""Search over organisations and the cost of their row policy, as the application role.

`python -m bench.organisations [--size 200000]`, against the database of the settings: rows are made
in one transaction, which is rolled back.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable

import django
from django.db import connection, transaction

ROUNDS = 25
MADE = """
    insert into directory_organisation (name, kind, country, source, is_demo, legal_form, street,
      postcode, municipality, website, is_kept_by_register)
    select initcap(translate(md5(n::text), '0123456789', 'aeioubdgkl')) || ' ' ||
      (array['Bouw', 'Software', 'Metaal', 'Logistics', 'Works'])[1 + n %% 5] || ' NV',
      'enterprise', 'BE', 'bench', false, '', '', '9000', 'Gent', '', false
    from generate_series(1, %s) n
"""
NUMBERED = """
    insert into directory_organisationidentifier (organisation_id, scheme, value)
    select id, 'be-enterprise', 'bench' || id from directory_organisation where source = 'bench'
"""


def p95(work: Callable[[], object]) -> float:
    """Milliseconds."""
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(taken, n=20)[-1]


def sql(statement: str, *values: str) -> Callable[[], object]:
    def asked() -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall()

    return asked


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.organisations", description=__doc__)
    parser.add_argument("--size", type=int, default=200_000)
    size = parser.parse_args().size
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
    django.setup()
    with transaction.atomic():
        _measure(size)
        transaction.set_rollback(True)


def _measure(size: int) -> None:
    from clusterwerk.directory.models import IdentifierScheme  # noqa: PLC0415
    from clusterwerk.directory.queries import (  # noqa: PLC0415
        find_organisations,
        organisations_known_as,
    )
    from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats  # noqa: PLC0415
    from clusterwerk.platform.access.session import enter, unlocked  # noqa: PLC0415

    seats = Seats(actor=1, held=(HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, 1, 1),))
    enter(seats)
    with unlocked(seats, "directory"), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(MADE, [size])
        cursor.execute(NUMBERED)
        print(
            f"made {size} organisations with words, numbers and history: "
            f"{time.perf_counter() - began:.1f} s"
        )
        cursor.execute("analyze directory_organisation")
    rows = [
        ("search: 'softw'", lambda: find_organisations("softw", with_register=False)),
        ("search: 'works aeb'", lambda: find_organisations("works aeb", with_register=False)),
        ("search: 'ae'", lambda: find_organisations("ae", with_register=False)),
        ("search: number", lambda: find_organisations("0428.759.497", with_register=False)),
        (
            "known by 100 numbers",
            lambda: organisations_known_as(
                IdentifierScheme.BE_ENTERPRISE, [f"bench{n}" for n in range(100)]
            ),
        ),
        (
            "count of real ones",
            sql("select count(*) from directory_organisation where not is_demo"),
        ),
        (
            "page by name",
            sql("select id, name from directory_organisation order by name_sort, id limit 50"),
        ),
        (
            "LIKE over the table itself",
            sql(
                "select id from directory_organisation where name_sort like %s limit 10", "%zzzzzz%"
            ),
        ),
    ]
    for name, work in rows:
        print(f"{name:32}{p95(work):9.1f} ms p95")


if __name__ == "__main__":
    main()
