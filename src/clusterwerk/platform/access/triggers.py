"""The functions behind the history triggers: out of the application's reach.

They work as the owner of the tables, so that the application needs no right to write an event and
cannot forge one. It may not attach them to a table of its own either, nor ask them to be silent:
the library's switch for that is answered with "never", which is also what keeps a transaction of
many rows from growing with their square (its own body starts a subtransaction per row).
"""

from dataclasses import dataclass

from django.db import connection

PREFIX = "pgtrigger_"
SWITCH = "_pgtrigger_should_ignore"
SEARCH_PATH = "pg_catalog, public, pg_temp"

_NEVER = f"""
    create or replace function public.{SWITCH}(trigger_name name)
    returns boolean as $$ begin return false; end; $$ language plpgsql
"""
# The library's table of contexts is shared by all: our events carry their context themselves.
_NO_CONTEXT = """
    create or replace function public._pgh_attach_context() returns pghistory_context.id%type
    as $$ begin return null; end; $$ language plpgsql
"""
_FUNCTIONS = """
    select p.oid::regprocedure::text,
      p.prosecdef and p.proconfig = array['search_path=' || %s]
        and not has_function_privilege('public', p.oid, 'execute')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like %s order by 1
"""


@dataclass(frozen=True, slots=True)
class HistoryFunction:
    """A function of a history trigger, and whether the application can neither use nor bend it."""

    signature: str
    is_guarded: bool


def history_functions() -> list[HistoryFunction]:
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS, [SEARCH_PATH, PREFIX.replace("_", r"\_") + "%"])
        return [HistoryFunction(*row) for row in cursor.fetchall()]


def guard_history() -> int:
    """Bring the trigger functions out of reach; returns how many had to be changed."""
    open_ones = [function for function in history_functions() if not function.is_guarded]
    with connection.cursor() as cursor:
        if not switch_is_off():
            cursor.execute(_NEVER)
            cursor.execute(_NO_CONTEXT)
        for function in open_ones:
            name = function.signature
            cursor.execute(
                f"alter function {name} security definer set search_path = {SEARCH_PATH}"
            )
            cursor.execute(f"revoke execute on function {name} from public")
    return len(open_ones)


def switch_is_off() -> bool:
    """Whether the library's switch for silence is answered with "never"."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_proc"
            " where proname = %s and prosrc not like '%%return false%%'",
            [SWITCH],
        )
        (bent,) = cursor.fetchone()
    return not bent
