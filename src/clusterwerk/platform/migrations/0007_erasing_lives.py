"""Who empties the past of a row answers for every life of it, not for the last one alone.

A number can be used again: a row that was deleted in one cluster may be written anew under it in
another. The newest event then tells of the second life only. So each deletion in the past must have
happened in a cluster of the person too. A hand-over moves a row without deleting it and leaves its
past behind, which therefore stays within the reach of who took it over.
"""

from django.db import migrations

FIXED = """
  set search_path = pg_catalog, public, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
  set extra_float_digits = 1 set bytea_output = 'hex'
  set enable_seqscan = off set jit = off
"""

MAY_FORGET = f"""
    create or replace function access.may_forget(told text, ids bigint[]) returns boolean
    language plpgsql stable {FIXED} as $$
    declare
      allowed boolean;
    begin
      if access.steward() then
        return true;
      end if;
      if told not in (select access.history_tables()) or not exists (
          select from pg_attribute where attrelid = told::regclass
            and attname = 'cluster_id' and not attisdropped) then
        return false;
      end if;
      execute format(
        'select not exists (select from unnest($1) as one(id) left join lateral ('
        '    select e.cluster_id from %1$I e where e.pgh_obj_id = one.id'
        '    order by e.pgh_id desc limit 1) newest on true'
        '  where newest.cluster_id is null'
        '    or newest.cluster_id <> all(access.managed_clusters())@lives)', told)
        using ids into allowed;
      return allowed;
    end $$
"""  # noqa: S608 - constants of this file
LIVES = """'
        '    or exists (select from %1$I ended where ended.pgh_obj_id = one.id'
        '      and ended.pgh_label = ''delete'' and (ended.cluster_id is null'
        '        or ended.cluster_id <> all(access.managed_clusters())))"""


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0006_erasing_own"),
    ]

    operations = [
        migrations.RunSQL(
            [MAY_FORGET.replace("@lives", LIVES)], [MAY_FORGET.replace("@lives", "")]
        ),
    ]
