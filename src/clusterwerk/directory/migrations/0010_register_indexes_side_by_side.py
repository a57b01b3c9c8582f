"""Indexes of a new edition in two halves, which two connections build at the same time.

The key comes first, because it locks out all others; the statistics come last. These are gathered
from fewer rows, because the server gathers them anew later.
"""

from importlib import import_module

from django.db import migrations

before = import_module("clusterwerk.directory.migrations.0009_register_indexes")
FIXED = "set search_path = pg_catalog, public, pg_temp"
PART = f"""
    create function access.register_index(slot integer, part text) returns void
    language plpgsql security definer {FIXED}
    set maintenance_work_mem = '256MB' set default_statistics_target = 30 as $$
    declare
      told text := access.register_table(slot);
      made text[];
    begin
      if part = 'key' then
        if not exists (select from pg_constraint where conname = told || '_pkey') then
          execute format(
            'alter table public.%I add constraint %I primary key (number)', told, told || '_pkey');
        end if;
      elsif part = 'statistics' then
        execute format('analyze public.%I (number, search_name, search_words, kind, legal_form,
          started_on, postcode, struck_off_on, nace_2025, nace_2008)', told);
      elsif part not in ('sorted', 'gathered') then
        raise exception 'The register has no indexes called %.', part;
      end if;
      foreach made slice 1 in array array[
        ['sorted', 'name', 'btree (search_name, number)', '256MB'],
        ['sorted', 'postcode', 'btree (postcode)', '256MB'],
        ['gathered', 'words', 'gin (search_words)', '32MB'],
        ['gathered', 'nace', 'gin (nace_2025)', '32MB']
      ] loop
        if made[1] = part then
          perform set_config('maintenance_work_mem', made[4], true);
          execute format('create index if not exists %I on public.%I using %s',
            told || '_' || made[2], told, made[3]);
        end if;
      end loop;
    end $$
"""
WHOLE = f"""
    create or replace function access.register_index(slot integer) returns void
    language plpgsql security definer {FIXED} as $$
    begin
      perform access.register_index(slot, 'key');
      perform access.register_index(slot, 'sorted');
      perform access.register_index(slot, 'gathered');
      perform access.register_index(slot, 'statistics');
    end $$
"""
CLOSED = "revoke execute on function access.register_index(integer, text) from public"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_register_indexes"),
    ]

    operations = [
        migrations.RunSQL(PART, "drop function access.register_index(integer, text)"),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
        migrations.RunSQL(WHOLE, before.function("32MB", before.ASKED_FOR)),
    ]
