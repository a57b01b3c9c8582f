"""Whether history is kept as declared: every trigger stands, is awake, and is out of reach."""

from dataclasses import dataclass

from django.db import connection

from clusterwerk.platform.access.triggers import history_functions, switch_is_off
from clusterwerk.platform.history.tracking import event_models, tracked_model

_AWAKE = """
    select c.relname, count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgname like 'pgtrigger\\_%%' and t.tgenabled in ('O', 'A') group by c.relname
"""
TRIGGERS = 3  # insert, update, delete


@dataclass(frozen=True, slots=True)
class HistoryFault:
    """What is wrong with the history of a table, or of all of them."""

    subject: str
    message: str


def check_history() -> list[HistoryFault]:
    """Faults in the way history is kept; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_AWAKE)
        awake = dict(cursor.fetchall())
    tables = [tracked_model(event)._meta.db_table for event in event_models()]
    asleep = [
        HistoryFault(table, "changes are not all kept: a history trigger is missing or disabled")
        for table in tables
        if awake.get(table, 0) < TRIGGERS
    ]
    return asleep + _reachable()


def _reachable() -> list[HistoryFault]:
    faults = [
        HistoryFault(function.signature, "the application could bend it; run access_apply")
        for function in history_functions()
        if not function.is_guarded
    ]
    if not switch_is_off():
        faults.append(HistoryFault("history", "triggers can be silenced; run access_apply"))
    return faults
