"""Present rows against their newest events, and events without a seal where none can be."""

from collections.abc import Iterator

from django.db import connection, models

from clusterwerk.platform.history.tracking import tracked_model
from clusterwerk.platform.history.verifying.faults import Fault, What

_SHARED = """
    select e.attname from pg_attribute e join pg_attribute t using (attname)
    where e.attrelid = %s::regclass and t.attrelid = %s::regclass
      and e.attnum > 0 and not e.attisdropped and not t.attisdropped and t.attgenerated = ''
    order by e.attname
"""
_UNRECORDED = """
    with newest as (
      select distinct on (pgh_obj_id) * from {events} order by pgh_obj_id, pgh_id desc)
    select n.pgh_id, n.pgh_created_at, coalesce(n.pgh_obj_id, t.{key}),
      case when n.pgh_id is null then 'there is no event of it'
        when t.{key} is null then 'it is gone without a deletion'
        when n.pgh_label = 'delete' then 'it was deleted, and is there'
        else array_to_string(array[{names}]::text[], ', ') || ' differ from its newest event' end
    from newest n full join {table} t on t.{key} = n.pgh_obj_id
    where n.pgh_id is null or (t.{key} is null) <> (n.pgh_label = 'delete')
      or (t.{key} is not null and ({now}) is distinct from ({then}))
    order by 3
"""
_BEHIND = """
    select e.pgh_id, e.pgh_created_at from {events} e
    where e.pgh_id <= (select max(event_id) from platform_historyentry
                       where event_table = %s and kind = 'cut')
      and not exists (select from platform_historyentry h
        where h.event_table = %s and h.kind = 'event' and h.event_id = e.pgh_id)
    order by 1
"""
_WAITING = """
    select count(*) from {events} e
    where e.pgh_id > coalesce((select max(event_id) from platform_historyentry
                               where event_table = %s and kind = 'cut'), 0)
      and not exists (select from platform_historyentry h
        where h.event_table = %s and h.kind = 'event' and h.event_id = e.pgh_id)
"""


def unrecorded(event: type[models.Model]) -> Iterator[Fault]:
    """Rows that no event led to: somebody switched the triggers off, or changed the events."""
    quote, table = connection.ops.quote_name, tracked_model(event)._meta
    key = quote(table.pk.column or "")
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [event._meta.db_table, table.db_table])
        columns = [quote(name) for (name,) in cursor.fetchall()]
        statement = _UNRECORDED.format(
            events=quote(event._meta.db_table),
            table=quote(table.db_table),
            key=key,
            names=", ".join(
                f"case when t.{name} is distinct from n.{name} then {_text(name)} end"
                for name in columns
            ),
            now=", ".join(f"t.{name}" for name in columns),
            then=", ".join(f"n.{name}" for name in columns),
        )
        cursor.execute(statement)
        for newest, at, row, detail in cursor:
            yield Fault(What.UNRECORDED, None, table.db_table, row, at, _said(newest, detail))


def _text(quoted: str) -> str:
    name = quoted.strip('"')
    return f"'{name}'"


def _said(newest: int | None, detail: str) -> str:
    return detail if newest is None else f"{detail}, {newest}"


def behind(event: type[models.Model]) -> Iterator[Fault]:
    """Events without a seal among those that were sealed and cut off."""
    table = event._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND.format(events=connection.ops.quote_name(table)), [table, table])
        for number, at in cursor:
            yield Fault(What.BEHIND, None, table, number, at)


def waiting(event: type[models.Model]) -> int:
    """Events that the next sealing takes up."""
    table = event._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(_WAITING.format(events=connection.ops.quote_name(table)), [table, table])
        return int(cursor.fetchone()[0])
