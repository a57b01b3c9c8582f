"""Seals over the history, erasures, and the functions of the database that write both.

The functions work as the owner of the tables, because nobody of the application may read the
events of all clusters, nor write a seal. What they print into a digest must be the same in every
session, therefore each sets how values are printed. `docs/operate/history.md` tells the form.
"""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

# Printed values depend on these settings and on nothing else. Every search here has its index; a
# plan made while the tables were empty would read all of them for each batch.
FIXED = """
  set search_path = pg_catalog, public, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
  set extra_float_digits = 1 set bytea_output = 'hex'
  set enable_seqscan = off set jit = off
"""

FUNCTIONS = (
    "chain_step(bytea, bytea, bytea)",
    "history_head()",
    "append_history(text, text, bigint, text)",
    "history_columns(text)",
    "history_layout(text)",
    "history_text(bigint)",
    "history_personal(bigint)",
    "make_history_keys(text, bigint[])",
    "seal_events(text, bigint[])",
    "cut_history(text, bigint, bigint, pg_snapshot)",
    "seal_table(text, integer)",
    "history_tables()",
    "seal_history(integer)",
    "history_state()",
    "forget_objects(text, bigint[])",
    "erase_history(uuid, text, bigint, bigint, text, jsonb)",
)

MADE = [
    """
    create function access.chain_step(state bytea, entry bytea, head bytea) returns bytea
    language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    begin
      return sha256(coalesce(state, head) || entry);
    end $$
    """,
    "create aggregate access.chained(bytea, bytea) (sfunc = access.chain_step, stype = bytea)",
    # The newest entry, and what the next one is chained to.
    """
    create function access.history_head(out number bigint, out head bytea)
    language sql stable set search_path = pg_catalog, public, pg_temp
    begin atomic
      select coalesce(max(e.number), 0),
        coalesce((array_agg(e.chain_digest))[1], decode(repeat('00', 32), 'hex'))
      from (select * from public.platform_historyentry order by number desc limit 1) e;
    end
    """,
    # Adds one entry that seals no event; `content` is the text of the row it stands for.
    """
    create function access.append_history(
      kind text, event_table text, event_id bigint, content text) returns bigint
    language plpgsql @fixed as $$
    declare
      last record := access.history_head();
      salt uuid := gen_random_uuid();
      now_ timestamptz := clock_timestamp();
      digest bytea;
    begin
      digest := sha256(convert_to(row(
        1, last.number + 1, kind, event_table, event_id, salt, now_, content)::text, 'UTF8'));
      insert into platform_historyentry
        (number, kind, event_table, event_id, salt, sealed_at, entry_digest, chain_digest)
      values (last.number + 1, kind, event_table, event_id, salt, now_, digest,
        sha256(last.head || digest));
      return last.number + 1;
    end $$
    """,
    # Columns of an event table besides those that each has; personal ones carry a comment.
    """
    create function access.history_columns(
      event_table text, out columns text[], out personal text[])
    language sql stable set search_path = pg_catalog, public, pg_temp
    begin atomic
      select coalesce(array_agg(a.attname::text order by a.attname::text collate "C")
          filter (where col_description(a.attrelid, a.attnum) is distinct from 'personal'), '{}'),
        coalesce(array_agg(a.attname::text order by a.attname::text collate "C")
          filter (where col_description(a.attrelid, a.attnum) = 'personal'), '{}')
      from pg_attribute a
      where a.attrelid = format('public.%I', event_table)::regclass
        and a.attnum > 0 and not a.attisdropped
        and a.attname not in
          ('pgh_id', 'pgh_created_at', 'pgh_label', 'pgh_obj_id', 'pgh_context');
    end
    """,
    """
    create function access.history_layout(told text) returns bigint
    language plpgsql @fixed as $$
    declare
      held record := access.history_columns(told);
      newest record;
      made bigint;
    begin
      select * into newest from platform_historylayout l
        where l.event_table = told order by l.id desc limit 1;
      if newest.columns = held.columns and newest.personal = held.personal then
        return newest.id;
      end if;
      insert into platform_historylayout (event_table, columns, personal, digest)
      values (told, held.columns, held.personal, sha256(convert_to(
        row(told, held.columns, held.personal)::text, 'UTF8')))
      returning id into made;
      return made;
    end $$
    """,
    # The expression whose text an entry of a layout is the digest of; `h` entry, `e` event.
    """
    create function access.history_text(layout bigint) returns text
    language sql stable set search_path = pg_catalog, public, pg_temp
    begin atomic
      select format(
        'row(1, h.number, %L, h.event_table, h.event_id, h.salt, h.sealed_at, %L, h.key,'
        ' e.pgh_created_at, e.pgh_label, e.pgh_obj_id, e.pgh_context, h.personal%s)::text',
        'event', encode(l.digest, 'hex'),
        (select string_agg(format(', e.%I', c), '' order by place)
         from unnest(l.columns) with ordinality as listed(c, place)))
      from public.platform_historylayout l where l.id = layout;
    end
    """,
    # The keyed digests of an event's personal values, one after the other; `k` is the key.
    """
    create function access.history_personal(layout bigint) returns text
    language sql stable set search_path = pg_catalog, public, pg_temp
    begin atomic
      select coalesce((select string_agg(format(
          'sha256(k.secret || sha256(k.secret || convert_to('
          'row(%L, e.pgh_id, e.%I)::text, %L)))', c, c, 'UTF8'), ' || ' order by place)
        from unnest(l.personal) with ordinality as listed(c, place)), 'null::bytea')
      from public.platform_historylayout l where l.id = layout;
    end
    """,
    """
    create function access.make_history_keys(told text, ids bigint[]) returns void
    language plpgsql @fixed as $$
    begin
      execute format(
        'insert into platform_historykey (event_table, object_id, secret)
         select $1, e.pgh_obj_id, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
         from (select distinct pgh_obj_id from %I where pgh_id = any($2)) e
         on conflict do nothing', told) using told, ids;
    end $$
    """,
    """
    create function access.seal_events(told text, ids bigint[]) returns void
    language plpgsql @fixed as $$
    declare
      last record := access.history_head();
      layout bigint := access.history_layout(told);
    begin
      if exists (select from platform_historylayout l where l.id = layout and l.personal <> '{}')
      then
        perform access.make_history_keys(told, ids);
      end if;
      execute format(
        'insert into platform_historyentry (number, kind, event_table, event_id, layout, key,
           salt, personal, sealed_at, entry_digest, chain_digest)
         select number, %L, event_table, event_id, $5, key, salt, personal, sealed_at, digest,
           access.chained(digest, $4) over (order by number)
         from (
           select h.*, sha256(convert_to(%s, %L)) as digest
           from (
             select $3 + row_number() over (order by e.pgh_id) as number, $1 as event_table,
               e.pgh_id as event_id, k.id as key, gen_random_uuid() as salt, %s as personal,
               $6 as sealed_at
             from unnest($2) as wanted(pgh_id) join %I e using (pgh_id)
             left join platform_historykey k
               on k.event_table = $1 and k.object_id = e.pgh_obj_id
           ) h join %I e on e.pgh_id = h.event_id
         ) sealed',
        'event', access.history_text(layout), 'UTF8', access.history_personal(layout), told, told)
      using told, ids, last.number, last.head, layout, clock_timestamp();
    end $$
    """,
    # Notes that no event of the table up to some number can still come: every transaction that
    # may hold such a number has ended. `seen` is the snapshot in which `reached` was the newest.
    """
    create function access.cut_history(told text, low bigint, reached bigint, seen pg_snapshot)
    returns void language plpgsql @fixed as $$
    declare
      held record;
      oldest bigint;
      final bigint;
    begin
      select min(x::text::bigint) into oldest from pg_snapshot_xip(seen) x
        where x is distinct from pg_current_xact_id_if_assigned();
      select h.reached, h.boundary into held
        from platform_historyhorizon h where h.event_table = told;
      final := case
        when oldest is null then cut_history.reached
        when held.boundary <= oldest then held.reached end;
      if final > low then
        perform access.append_history('cut', told, final, '');
      end if;
      insert into platform_historyhorizon (event_table, reached, boundary)
      values (told, cut_history.reached, pg_snapshot_xmax(seen)::text::bigint)
      on conflict (event_table) do update
        set reached = excluded.reached, boundary = excluded.boundary;
    end $$
    """,
    """
    create function access.seal_table(told text, most integer) returns integer
    language plpgsql @fixed as $$
    declare
      low bigint;
      newest bigint;
      seen pg_snapshot;
      ids bigint[];
    begin
      select coalesce(max(h.event_id), 0) into low from platform_historyentry h
        where h.event_table = told and h.kind = 'cut';
      execute format('select max(pgh_id), pg_current_snapshot() from %I', told) into newest, seen;
      if newest is null or newest <= low then
        return 0;
      end if;
      execute format(
        'select array_agg(pgh_id order by pgh_id) from (
           select e.pgh_id from %I e where e.pgh_id > $1 and not exists (
             select from platform_historyentry h
             where h.event_table = $2 and h.kind = %L and h.event_id = e.pgh_id
               and h.event_id > $1)
           order by e.pgh_id limit $3) fresh', told, 'event') into ids using low, told, most;
      if ids is not null then
        perform access.seal_events(told, ids);
      end if;
      if cardinality(ids) = most then
        newest := least(newest, ids[most]);
      end if;
      perform access.cut_history(told, low, newest, seen);
      return coalesce(cardinality(ids), 0);
    end $$
    """,
    """
    create function access.history_tables() returns setof text
    language sql stable set search_path = pg_catalog, public, pg_temp
    begin atomic
      select c.relname::text from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and 2 = (select count(*) from pg_attribute a where a.attrelid = c.oid
                 and a.attname in ('pgh_id', 'pgh_obj_id') and not a.attisdropped)
      order by c.relname::text collate "C";
    end
    """,
    # Seals at most so many events; two sealers follow each other. Returns how many it sealed.
    """
    create function access.seal_history(most integer) returns integer
    language plpgsql security definer @fixed as $$
    declare
      told text;
      sealed integer := 0;
    begin
      perform pg_advisory_xact_lock(726351);
      for told in select access.history_tables() loop
        exit when sealed >= most;
        sealed := sealed + access.seal_table(told, most - sealed);
      end loop;
      return sealed;
    end $$
    """,
    # What may be known of the seals without reading any: how many, the newest, what waits.
    """
    create function access.history_state(
      out entries bigint, out head text, out sealed_at timestamptz, out waiting bigint)
    language plpgsql security definer @fixed as $$
    declare
      told text;
      more bigint;
    begin
      select h.number, encode(h.chain_digest, 'hex'), h.sealed_at into entries, head, sealed_at
        from platform_historyentry h order by h.number desc limit 1;
      waiting := 0;
      for told in select access.history_tables() loop
        execute format(
          'select count(*) from (select from %I e,
             (select coalesce(max(h.event_id), 0) as low from platform_historyentry h
              where h.event_table = $1 and h.kind = %L) cut
           where e.pgh_id > cut.low and not exists (select from platform_historyentry h
             where h.event_table = $1 and h.kind = %L and h.event_id = e.pgh_id
               and h.event_id > cut.low) limit 1000) counted',
          told, 'cut', 'event') into more using told;
        waiting := waiting + more;
      end loop;
      entries := coalesce(entries, 0);
    end $$
    """,
    # Takes the personal values out of all events of some objects of one table, and their key.
    """
    create function access.forget_objects(told text, ids bigint[]) returns jsonb
    language plpgsql @fixed as $$
    declare
      fields text[] := (access.history_columns(told)).personal;
      keys bigint[];
      changed bigint;
    begin
      if fields = '{}' or told not in (select access.history_tables()) then
        raise exception 'no personal fields are declared for the history %', told;
      end if;
      execute format('update %I set %s where pgh_obj_id = any($1)', told,
        (select string_agg(format('%I = null', f), ', ') from unnest(fields) f)) using ids;
      get diagnostics changed = row_count;
      with gone as (
        delete from platform_historykey k
        where k.event_table = told and k.object_id = any(ids) returning k.id)
      select array_agg(id order by id) into keys from gone;
      return jsonb_build_object('fields', to_jsonb(fields), 'objects', to_jsonb(ids),
        'keys', to_jsonb(coalesce(keys, '{}')), 'events', changed);
    end $$
    """,
    # `objects` holds ids by event table. The door keeps other code of the application out.
    """
    create function access.erase_history(
      erasure uuid, subject_model text, subject_id bigint, actor bigint, reason text,
      objects jsonb) returns bigint
    language plpgsql security definer @fixed as $$
    declare
      told text;
      taken jsonb := '{}';
      made platform_erasure;
    begin
      if not access.unlocked('erasure') then
        raise exception 'erasing needs its door' using errcode = 'insufficient_privilege';
      end if;
      perform pg_advisory_xact_lock(726351);
      for told in select jsonb_object_keys(objects) order by 1 loop
        taken := taken || jsonb_build_object(told, access.forget_objects(told,
          array(select jsonb_array_elements_text(objects -> told)::bigint)));
      end loop;
      insert into platform_erasure
        (key, erased_at, actor, reason, subject_model, subject_id, taken)
      values (erasure, clock_timestamp(), actor, reason, subject_model, subject_id, taken)
      returning * into made;
      perform access.append_history('erasure', 'platform_erasure', made.id, row(
        made.key, made.erased_at, made.actor, made.reason, made.subject_model, made.subject_id,
        made.taken)::text);
      return made.id;
    end $$
    """,
]

FORWARD = [
    *(statement.replace("@fixed", FIXED) for statement in MADE),
    *(f"revoke execute on function access.{name} from public" for name in FUNCTIONS),
]

BACKWARD = [
    *(f"drop function access.{name}" for name in reversed(FUNCTIONS[1:])),
    "drop aggregate access.chained(bytea, bytea)",
    f"drop function access.{FUNCTIONS[0]}",
]


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryHorizon",
            fields=[
                ("event_table", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("reached", models.BigIntegerField()),
                ("boundary", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("erased_at", models.DateTimeField()),
                ("actor", models.BigIntegerField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("subject_model", models.CharField(max_length=100)),
                ("subject_id", models.BigIntegerField()),
                ("taken", models.JSONField()),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["subject_model", "subject_id"], name="erasure_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("event", "event"), ("erasure", "erasure"), ("cut", "cut")],
                        max_length=8,
                    ),
                ),
                ("event_table", models.CharField(max_length=63)),
                ("event_id", models.BigIntegerField()),
                ("layout", models.BigIntegerField(null=True)),
                ("key", models.BigIntegerField(null=True)),
                ("salt", models.UUIDField()),
                ("personal", models.BinaryField(null=True)),
                ("sealed_at", models.DateTimeField()),
                ("entry_digest", models.BinaryField()),
                ("chain_digest", models.BinaryField()),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_table", "kind", "event_id"), name="history_entry_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoryKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_table", models.CharField(max_length=63)),
                ("object_id", models.BigIntegerField()),
                ("secret", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_table", "object_id"), name="history_key_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoryLayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_table", models.CharField(max_length=63)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "personal",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("digest", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["event_table", "-id"], name="history_layout_newest")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
