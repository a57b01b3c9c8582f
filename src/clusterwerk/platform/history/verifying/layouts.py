"""Which columns each stretch of seals covers, and the statement that prints them as they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection

from clusterwerk.platform.history.verifying.faults import Fault, What

_LAYOUTS = """
    select id, event_table, columns, personal, digest, row(event_table, columns, personal)::text
    from platform_historylayout order by id
"""
_COLUMNS = """
    select attname from pg_attribute
    where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped
"""
_STATEMENT = """
    select h.number, e.pgh_id,
      row(1, h.number, 'event', h.event_table, h.event_id, h.salt, h.sealed_at, '{digest}', h.key,
        e.pgh_created_at, e.pgh_label, e.pgh_obj_id, e.pgh_context, h.personal{columns})::text,
      e.pgh_created_at, k.secret{values}
    from platform_historyentry h left join {table} e on e.pgh_id = h.event_id
    left join platform_historykey k on k.id = h.key
    where h.number between %s and %s and h.kind = 'event' and h.layout = {layout}
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one event table, as the seals of this layout cover them."""

    pk: int
    event_table: str
    columns: tuple[str, ...]
    personal: tuple[str, ...]
    digest: str
    is_intact: bool
    is_complete: bool

    @property
    def statement(self) -> str:
        """Prints what entries between two numbers are digests of."""
        quote = connection.ops.quote_name
        return _STATEMENT.format(
            digest=self.digest,
            columns="".join(f", e.{quote(name)}" for name in self.columns),
            values="".join(
                f", row('{name}', e.pgh_id, e.{quote(name)})::text, e.{quote(name)} is null"
                for name in self.personal
            ),
            table=quote(self.event_table),
            layout=self.pk,
        )


def read_layouts() -> dict[int, Layout]:
    with connection.cursor() as cursor:
        cursor.execute(_LAYOUTS)
        rows = cursor.fetchall()
    return {row[0]: _layout(row) for row in rows}


def _layout(row: tuple[Any, ...]) -> Layout:
    pk, table, columns, personal, digest, text = row
    held = _columns(table)
    return Layout(
        pk=pk,
        event_table=table,
        columns=tuple(columns),
        personal=tuple(personal),
        digest=bytes(digest).hex(),
        is_intact=sha256(text.encode()).digest() == bytes(digest),
        is_complete=held >= {*columns, *personal, "pgh_id", "pgh_obj_id"},
    )


def _columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [f"public.{connection.ops.quote_name(table)}"])
        return {name for (name,) in cursor.fetchall()}


def altered(layouts: dict[int, Layout]) -> Iterator[Fault]:
    """Layouts whose columns are not what their digest says."""
    for layout in layouts.values():
        if not layout.is_intact:
            yield Fault(What.LAYOUT, table=layout.event_table, detail=f"layout {layout.pk}")
