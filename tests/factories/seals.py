"""Sealing in a test, and looking at the tables behind it."""

from typing import Any

from django.db import connection

from clusterwerk.platform.history.sealing import seal_batch

# As if no other transaction were open in the whole server: other tests may run beside this one.
CUT = """
    select access.cut_history(told, 0, h.reached, '1:1:') from access.history_tables() told
    join platform_historyhorizon h on h.event_table = told
    where not exists (select from platform_historyentry e
      where e.event_table = told and e.kind = 'cut' and e.event_id >= h.reached)
"""


def seal_and_cut() -> int:
    """Seal all that is there; how many events. As the owner."""
    found = seal_batch()
    run(CUT)
    return found


def run(statement: str, *values: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def rows(statement: str, *values: str | int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
