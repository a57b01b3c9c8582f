"""What the application may ask the sealing functions for, and which columns they know as personal.

The declaration of the models is written into the catalogue by the owner, as comments on columns:
the database decides by it what enters a seal under a key, and what an erasure destroys.
"""

from django.db import connection

from clusterwerk.platform.history.tracking import event_models, personal_fields

PERSONAL = "personal"
ASKED_FOR = (
    "seal_history(integer)",
    "history_state()",
    "erase_history(uuid, text, bigint, bigint, text, jsonb)",
    "register_empty(integer)",
    "register_index(integer)",
    "register_index(integer, text)",
    "clusters_that_know(bigint)",
    "clusters_of_merge(uuid)",
    "promised_to_own_members()",
    "own_contacts()",
    "hold_own_contact(bigint)",
    "change_own_contact(bigint, text, text, text, text, text)",
    "say_own_consent(bigint, text, text, date, text)",
    "tell_team_of_own_contact(bigint, text, date)",
)
_MARKED = """
    select c.relname, a.attname from pg_description d
    join pg_class c on c.oid = d.objoid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
    where d.classoid = 'pg_class'::regclass and d.description = %s
      and c.relnamespace = 'public'::regnamespace
"""


def declared_personal() -> set[tuple[str, str]]:
    """Event table and column of every personal field."""
    return {
        (event._meta.db_table, field.column)
        for event in event_models()
        for field in event._meta.local_concrete_fields
        if field.name in personal_fields(event) and field.column
    }


def marked_personal() -> set[tuple[str, str]]:
    """Event table and column of what the database knows as personal."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, [PERSONAL])
        return set(cursor.fetchall())


def open_sealing(application: str, existing: set[str]) -> None:
    """Let the application ask for seals, and tell the database what is personal."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for function in ASKED_FOR:
            cursor.execute(f"grant execute on function access.{function} to {quote(application)}")
        for table, column in sorted(marked_personal() ^ declared_personal()):
            if table in existing:
                word = f"'{PERSONAL}'" if (table, column) in declared_personal() else "null"
                cursor.execute(f"comment on column {quote(table)}.{quote(column)} is {word}")
