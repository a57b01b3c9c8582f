"""Triggers that keep others away from the private rows of a table that most rows share.

A foreign key is checked without row policies, and a composite key cannot say "shared, or of the
same cluster", because it skips what is null. So each table with a key to such a table gets a
trigger; its refusal is worded like that of a key to a row that does not exist. Parts of a private
row carry its owner, written by a trigger too, so that no action can forget it. The same triggers
refuse a new key to a row that was merged into another, which nothing would move any more. They hold
the row until the transaction ends, so that a merge waits for what is being written and takes it
along, and what is written during a merge is refused when it is done.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from clusterwerk.platform.access.classes import (
    EVERYBODY,
    PART_OF_SHARED_OR_PRIVATE,
    SHARED_OR_PRIVATE,
    TableAccess,
)

_HEAD = "returns trigger language plpgsql security definer set search_path = pg_catalog, public"

# Arguments: column of the key, its target, and whether rows of the table are for everybody.
_MAY_NAME = """
    ' where (t.merged_into_id is not null or t.cluster_id is not null and ($1 or not case'
    '   when own.id is null then t.cluster_id = any(access.written_clusters())'
    '   else t.cluster_id = own.id end)) limit 1', tg_argv[0], tg_argv[1])
"""
_REFUSE = """
  if refused is not null then
    raise foreign_key_violation using
      message = format('insert or update on table "%s" violates foreign key constraint "%s"',
        tg_table_name, tg_name),
      detail = format('Key (%s)=(%s) is not present in table "%s".',
        tg_argv[0], refused, tg_argv[1]),
      constraint = tg_name, table = tg_table_name;
  end if;
  return null;
"""
_INSERTED_KEY = """
create or replace function access.key_to_shared_or_own() @head as $$
declare
  refused bigint;
  owner text := 'null::bigint';
begin
  if exists (select from pg_attribute where attrelid = tg_relid and attname = 'cluster_id') then
    owner := 'n.cluster_id';
  end if;
  execute format(
    'select count(*) from (select from %2$I t where t.id in (select n.%1$I from new_rows n)'
    ' order by t.id for key share) held', tg_argv[0], tg_argv[1]);
  execute format(
    'select n.%1$I from new_rows n join %2$I t on t.id = n.%1$I'
    ' cross join lateral (select ' || owner || ' as id) own'
    @may_name using tg_argv[2]::boolean into refused;
  @refuse
end $$
"""
# For each row whose key changed, because a row may keep a key that was right when it was written:
# a hand-over takes private organisations along and leaves the past where it is.
_UPDATED_KEY = """
create or replace function access.new_key_to_shared_or_own() @head as $$
declare
  refused bigint;
begin
  execute format(
    'select count(*) from (select from %2$I t where t.id = ($1->>%1$L)::bigint for key share) held',
    tg_argv[0], tg_argv[1]) using to_jsonb(new);
  execute format(
    'select t.id from %2$I t'
    ' cross join lateral (select ($2->>''cluster_id'')::bigint as id,'
    '   ($2->>%1$L)::bigint as key) own'
    @may_row using tg_argv[2]::boolean, to_jsonb(new) into refused;
  @refuse
end $$
"""
_PARTS = {
    "@head": _HEAD,
    "@may_name": _MAY_NAME.strip(),
    "@may_row": _MAY_NAME.strip().replace("' where ", "' where t.id = own.key and "),
    "@refuse": _REFUSE.strip(),
}
_SHARED_STAYS = """
create or replace function access.shared_stays_shared() @head as $$
begin
  if old.cluster_id is null and new.cluster_id is not null then
    raise check_violation using message = 'a shared row does not become private',
      constraint = tg_name, table = tg_table_name;
  end if;
  return new;
end $$
"""
# Argument: the table that the part belongs to, by its column `organisation_id`. Each such table has
# a statement of its own, whose plan is kept: made anew for each row it costs more than the insert.
_OWNER_OF_PART = """
create or replace function access.owner_of_part() @head as $$
begin
  @read_owner
  return new;
end $$
"""
_READ_OWNER = """
  if tg_argv[0] = '{table}' then
    select cluster_id, agency_id into new.cluster_id, new.agency_id
      from {quoted} where id = new.organisation_id;
  end if;
"""
# Argument: the table of parts.
_OWNER_PASSED_ON = """
create or replace function access.pass_owner_on() @head as $$
begin
  execute format('update %I set cluster_id = $1, agency_id = $2 where organisation_id = $3',
    tg_argv[0]) using new.cluster_id, new.agency_id, new.id;
  return null;
end $$
"""
_BODIES = {
    "key_to_shared_or_own": _INSERTED_KEY,
    "new_key_to_shared_or_own": _UPDATED_KEY,
    "shared_stays_shared": _SHARED_STAYS,
    "owner_of_part": _OWNER_OF_PART,
    "pass_owner_on": _OWNER_PASSED_ON,
}


def _functions() -> dict[str, str]:
    """What creates each function, by its name."""
    return {name: _made(body) for name, body in _BODIES.items()}


def _made(body: str) -> str:
    for name, part in {**_PARTS, "@read_owner": _owners_read()}.items():
        body = body.replace(name, part)
    return body


def _owners_read() -> str:
    tables = sorted(
        model._meta.db_table for model in _models() if _class(model) == SHARED_OR_PRIVATE
    )
    return "".join(
        _READ_OWNER.format(table=table, quoted=_quoted(table)) for table in tables
    ).strip()


@dataclass(frozen=True, slots=True)
class RowTrigger:
    """A trigger of these; `made` creates it."""

    table: str
    name: str
    made: str


def wanted_triggers() -> list[RowTrigger]:
    """One for each thing to watch, in a stable order."""
    found = [trigger for model in _models() for trigger in _triggers(model)]
    return sorted(found, key=lambda trigger: (trigger.table, trigger.name))


def missing_triggers() -> list[RowTrigger]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, tgname from pg_trigger"
            " where not tgisinternal and tgenabled in ('O', 'A')"
        )
        held = set(cursor.fetchall())
    return [each for each in wanted_triggers() if (each.table, each.name) not in held]


def guard_private_rows(existing: set[str]) -> int:
    """Write functions and triggers where they are not yet; returns how many triggers were made."""
    missing = [trigger for trigger in missing_triggers() if trigger.table in existing]
    functions = _functions()
    with connection.cursor() as cursor:
        for name in _different_functions(functions):
            cursor.execute(functions[name])
            cursor.execute(f"revoke execute on function access.{name}() from public")
        for trigger in missing:
            cursor.execute(trigger.made)
    return len(missing)


def _different_functions(wanted: Mapping[str, str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, prosrc from pg_proc where pronamespace = 'access'::regnamespace"
        )
        held = dict(cursor.fetchall())
    return [name for name, made in wanted.items() if held.get(name) != made.split("$$")[1]]


def _models() -> list[type[models.Model]]:
    """Models that declare a class, without the events that history makes of them."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if isinstance(vars(model).get("access"), TableAccess)
        and not hasattr(model, "pgh_tracked_model")
    ]


def _class(model: type[models.Model]) -> TableAccess | None:
    return vars(model).get("access")


def _triggers(model: type[models.Model]) -> Iterator[RowTrigger]:
    table = model._meta.db_table
    own = _class(model)
    if own == SHARED_OR_PRIVATE:
        yield _trigger(
            table, f"{table}_shared_stays", "before update of cluster_id", "shared_stays_shared"
        )
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and _class(target) == SHARED_OR_PRIVATE:
            assert field.column
            if own == PART_OF_SHARED_OR_PRIVATE and field.column == "organisation_id":
                yield from _of_part(table, target._meta.db_table)
            else:
                yield from _of_key(model, field.column, target._meta.db_table)


def _of_part(table: str, target: str) -> Iterator[RowTrigger]:
    yield _trigger(table, f"{table}_owner", "before insert or update", "owner_of_part", target)
    yield _trigger(
        target,
        f"{table}_pass_on",
        "after update of cluster_id, agency_id",
        "pass_owner_on",
        table,
    )


def _of_key(model: type[models.Model], column: str, target: str) -> Iterator[RowTrigger]:
    table, own = model._meta.db_table, _class(model)
    for_all = str(own is not None and own.read == EVERYBODY).lower()
    name = f"{table}_{column}_insert_own"
    yield RowTrigger(
        table,
        name,
        f"create trigger {_quoted(name)} after insert on {_quoted(table)}"
        " referencing new table as new_rows for each statement"
        f" execute function access.key_to_shared_or_own('{column}', '{target}', '{for_all}')",
    )
    held = {field.column for field in model._meta.concrete_fields if field.column}
    columns = held & {column, "cluster_id"}
    different = " or ".join(f"old.{each} is distinct from new.{each}" for each in sorted(columns))
    yield _trigger(
        table,
        f"{table}_{column}_update_own",
        "after update",
        "new_key_to_shared_or_own",
        column,
        target,
        for_all,
        when=f" when ({different})",
    )


def _trigger(
    table: str, name: str, event: str, function: str, *arguments: str, when: str = ""
) -> RowTrigger:
    told = ", ".join(f"'{argument}'" for argument in arguments)
    return RowTrigger(
        table,
        name,
        f"create trigger {_quoted(name)} {event} on {_quoted(table)} for each row{when}"
        f" execute function access.{function}({told})",
    )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
