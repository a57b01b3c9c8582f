"""A cluster's manager erases persons of the own cluster; the function of the owner holds the wall.

Whoever is no steward empties the past of rows that stand, or last stood, in a cluster that this
person manages. Where a row stood last tells its newest event: a hand-over moves the row and leaves
its past behind.
"""

from django.db import migrations

FIXED = """
  set search_path = pg_catalog, public, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
  set extra_float_digits = 1 set bytea_output = 'hex'
  set enable_seqscan = off set jit = off
"""

MAY_FORGET = f"""
    create function access.may_forget(told text, ids bigint[]) returns boolean
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
        '    select e.cluster_id from %I e where e.pgh_obj_id = one.id'
        '    order by e.pgh_id desc limit 1) newest on true'
        '  where newest.cluster_id is null'
        '    or newest.cluster_id <> all(access.managed_clusters()))', told)
        using ids into allowed;
      return allowed;
    end $$
"""  # noqa: S608 - constants of this file

ERASE = f"""
    create or replace function access.erase_history(
      erasure uuid, subject_model text, subject_id bigint, actor bigint, reason text,
      objects jsonb) returns bigint
    language plpgsql security definer {FIXED} as $$
    declare
      told text;
      ids bigint[];
      taken jsonb := '{{}}';
      made platform_erasure;
    begin
      if not access.unlocked('erasure') then
        raise exception 'erasing needs its door' using errcode = 'insufficient_privilege';
      end if;
      perform pg_advisory_xact_lock(726351);
      for told in select jsonb_object_keys(objects) order by 1 loop
        ids := array(select jsonb_array_elements_text(objects -> told)::bigint);
        @check
        taken := taken || jsonb_build_object(told, access.forget_objects(told, ids));
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
"""  # noqa: S608 - constants of this file
CHECK = """
        if not access.may_forget(told, ids) then
          raise exception 'the history % holds rows of others', told
            using errcode = 'insufficient_privilege';
        end if;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0005_breaches"),
    ]

    operations = [
        migrations.RunSQL(
            [
                MAY_FORGET,
                "revoke execute on function access.may_forget(text, bigint[]) from public",
                ERASE.replace("@check", CHECK),
            ],
            [
                ERASE.replace("@check", ""),
                "drop function access.may_forget(text, bigint[])",
            ],
        ),
    ]
