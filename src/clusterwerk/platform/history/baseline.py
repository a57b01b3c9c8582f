"""An event for each row that stood before its table had a history.

Without it "as it was on" would not know the rows of an installation older than its history. Used
by migrations: it reads the catalogue and imports no model.
"""

import json
from collections.abc import Callable

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

REASON = "stood here before history was kept"
_COLUMNS = """
    select e.attname from pg_attribute e
    join pg_attribute t on t.attname = e.attname and t.attrelid = %s::regclass
    where e.attrelid = %s::regclass and e.attnum > 0 and t.attnum > 0
      and not e.attisdropped and not t.attisdropped
    order by e.attnum
"""


def baseline(*tables: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """For `RunPython`: write the first event of every row of these tables, labelled `baseline`."""

    def write(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's form
        for table in tables:
            _write(editor, table)

    return write


def _write(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    quote = editor.quote_name
    with editor.connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table, f"{table}event"])
        columns = ", ".join(quote(name) for (name,) in cursor.fetchall())
        key, told = quote(_key(cursor, table)), json.dumps({"actor": None, "reason": REASON})
        cursor.execute(
            f"insert into {quote(f'{table}event')}"  # noqa: S608 - names out of the catalogue
            f" ({columns}, pgh_created_at, pgh_label, pgh_obj_id, pgh_context)"
            f" select {columns}, now(), 'baseline', {key}, %s::jsonb from {quote(table)}",
            [told],
        )


def _key(cursor: CursorWrapper, table: str) -> str:
    cursor.execute(
        "select a.attname from pg_index i join pg_attribute a"
        " on a.attrelid = i.indrelid and a.attnum = i.indkey[0]"
        " where i.indisprimary and i.indrelid = %s::regclass",
        [table],
    )
    (name,) = cursor.fetchone()
    return str(name)
