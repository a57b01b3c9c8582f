"""The key of a new edition is built like the other indexes, beside them.

Adding a key locks out whoever builds an index. So its index is built first, among the sorted ones,
and becomes the key at the end, beside the statistics.
"""

from importlib import import_module

from django.db import migrations

before = import_module("clusterwerk.directory.migrations.0010_register_indexes_side_by_side")
FIXED = "set search_path = pg_catalog, public, pg_temp"
PART = f"""
    create or replace function access.register_index(slot integer, part text) returns void
    language plpgsql security definer {FIXED}
    set maintenance_work_mem = '256MB' set default_statistics_target = 30 as $$
    declare
      told text := access.register_table(slot);
      made text[];
    begin
      if part = 'sorted' then
        execute format('create unique index if not exists %I on public.%I (number)',
          told || '_pkey', told);
      elsif part = 'statistics' then
        if not exists (select from pg_constraint where conname = told || '_pkey') then
          execute format('alter table public.%I add constraint %I primary key using index %I',
            told, told || '_pkey', told || '_pkey');
        end if;
        execute format('analyze public.%I (number, search_name, search_words, kind, legal_form,
          started_on, postcode, struck_off_on, nace_2025, nace_2008)', told);
      elsif part not in ('gathered') then
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
      perform access.register_index(slot, 'sorted');
      perform access.register_index(slot, 'gathered');
      perform access.register_index(slot, 'statistics');
    end $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0010_register_indexes_side_by_side"),
    ]

    operations = [
        migrations.RunSQL(
            PART, before.PART.replace("create function", "create or replace function")
        ),
        migrations.RunSQL(WHOLE, before.WHOLE),
    ]
