"""Duplicates and merges: pairs, merges with their steps, and where a merged organisation leads.

A trigger holds that an organisation leads only to one that stands, and out of the shared directory
never into a private row; it sees what the acting seats see. Two functions of the owner tell a
steward which clusters' rows must follow: numbers of clusters, and nothing else.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce

FIXED = "set search_path = pg_catalog, public, pg_temp"
STEWARDS_ONLY = """
  if not (access.steward() and access.unlocked('directory')) then
    raise insufficient_privilege using message = 'A steward merges the shared directory.';
  end if;
"""
FORWARD = [
    f"""
    create function access.leads_to_standing() returns trigger language plpgsql {FIXED} as $$
    begin
      if not exists (
        select from directory_organisation target
        where target.id = new.merged_into_id and target.merged_into_id is null
          and target.id <> new.id
          and (target.cluster_id is null or target.cluster_id = new.cluster_id)
      ) then
        raise check_violation using
          message = 'an organisation is merged into one that stands and may be seen',
          constraint = 'organisation_leads_to_standing', table = 'directory_organisation';
      end if;
      return new;
    end $$
    """,
    """
    create trigger organisation_leads_to_standing
    before insert or update of merged_into_id on directory_organisation
    for each row when (new.merged_into_id is not null)
    execute function access.leads_to_standing()
    """,
    f"""
    create function access.clusters_that_know(organisation bigint) returns setof bigint
    language plpgsql stable security definer {FIXED} as $$
    declare
      relation record;
    begin
      {STEWARDS_ONLY}
      for relation in
        select key.conrelid::regclass as name, a.attname as field
        from pg_constraint key
        join pg_attribute a on a.attrelid = key.conrelid and a.attnum = key.conkey[1]
        where key.contype = 'f' and array_length(key.conkey, 1) = 1
          and key.confrelid = 'public.directory_organisation'::regclass
          and exists (select from pg_attribute owner where owner.attrelid = key.conrelid
                      and owner.attname = 'cluster_id' and not owner.attisdropped)
      loop
        return query execute format(
          'select distinct cluster_id::bigint from %s where %I = $1 and cluster_id is not null',
          relation.name, relation.field) using organisation;
      end loop;
    end $$
    """,  # noqa: S608 - our own words
    f"""
    create function access.clusters_of_merge(number uuid) returns setof bigint
    language plpgsql stable security definer {FIXED} as $$
    begin
      {STEWARDS_ONLY}
      return query
        select distinct step.cluster_id from directory_mergestep step
        where step.merge = number and step.cluster_id is not null;
    end $$
    """,  # noqa: S608 - our own words
    "revoke execute on function access.clusters_that_know(bigint) from public",
    "revoke execute on function access.clusters_of_merge(uuid) from public",
]
BACKWARD = [
    "drop function access.clusters_of_merge(uuid)",
    "drop function access.clusters_that_know(bigint)",
    "drop trigger organisation_leads_to_standing on directory_organisation",
    "drop function access.leads_to_standing()",
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_organisation_words"),
    ]

    operations = [
        AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisation",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisation",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisation",
                    name="delete_delete",
                ),
                migrations.CreateModel(
                    name="DistinctPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("cluster_id", models.BigIntegerField(blank=True, null=True)),
                        ("subject", models.CharField(max_length=60)),
                        ("low", models.BigIntegerField()),
                        ("high", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="DistinctPairEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("cluster_id", models.BigIntegerField(blank=True, null=True)),
                        ("subject", models.CharField(max_length=60)),
                        ("low", models.BigIntegerField()),
                        ("high", models.BigIntegerField()),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DuplicateCandidate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("cluster_id", models.BigIntegerField(blank=True, null=True)),
                        ("subject", models.CharField(max_length=60)),
                        ("low", models.BigIntegerField()),
                        ("high", models.BigIntegerField()),
                        ("score", models.PositiveSmallIntegerField()),
                        (
                            "reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), size=None
                            ),
                        ),
                        ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-score", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("cluster_id", models.BigIntegerField(blank=True, null=True)),
                        ("subject", models.CharField(max_length=60)),
                        ("losing", models.BigIntegerField()),
                        ("keeping", models.BigIntegerField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="MergeEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("number", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("cluster_id", models.BigIntegerField(blank=True, null=True)),
                        ("subject", models.CharField(max_length=60)),
                        ("losing", models.BigIntegerField()),
                        ("keeping", models.BigIntegerField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MergeStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("merge", models.UUIDField()),
                        ("cluster_id", models.BigIntegerField(blank=True, null=True)),
                        ("model", models.CharField(max_length=60)),
                        ("row", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("moved", "moved"),
                                    ("changed", "changed"),
                                    ("absorbed", "taken up in another row"),
                                    ("left", "left as it stands, for it changed since"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), default=list, size=None
                            ),
                        ),
                        ("before", models.BigIntegerField(blank=True, null=True)),
                        ("after", models.BigIntegerField(blank=True, null=True)),
                        ("event_before", models.BigIntegerField(blank=True, null=True)),
                        ("event_after", models.BigIntegerField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="directory.organisation",
                        verbose_name="merged into",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                        verbose_name="merged into",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinctpair",
                    constraint=models.UniqueConstraint(
                        fields=("cluster_id", "subject", "low", "high"),
                        name="distinct_pair_once",
                        nulls_distinct=False,
                        violation_error_message="This was said of these two already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinctpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))),
                        name="distinct_pair_in_order",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctpairevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="directory.distinctpair",
                    ),
                ),
                migrations.AddIndex(
                    model_name="duplicatecandidate",
                    index=models.Index(
                        fields=["cluster_id", "subject", "-score"], name="candidate_by_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="duplicatecandidate",
                    constraint=models.UniqueConstraint(
                        fields=("cluster_id", "subject", "low", "high"),
                        name="candidate_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="duplicatecandidate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))), name="candidate_in_order"
                    ),
                ),
                migrations.AddIndex(
                    model_name="merge",
                    index=models.Index(
                        fields=["cluster_id", "subject", "-id"], name="merge_by_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merge",
                    constraint=models.UniqueConstraint(
                        fields=("number",), name="merge_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("losing", models.F("keeping")), _negated=True),
                        name="merge_of_two",
                        violation_error_message="Two different rows are merged, never one with itself.",
                    ),
                ),
                migrations.AddField(
                    model_name="mergeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="directory.merge",
                    ),
                ),
                migrations.AddIndex(
                    model_name="mergestep",
                    index=models.Index(
                        fields=["cluster_id", "merge", "id"], name="merge_step_by_cluster"
                    ),
                ),
                migrations.AddIndex(
                    model_name="mergestep",
                    index=models.Index(fields=["merge", "id"], name="merge_step_by_merge"),
                ),
                migrations.AddIndex(
                    model_name="distinctpairevent",
                    index=models.Index(fields=["pgh_obj"], name="distinctpair_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="mergeevent",
                    index=models.Index(fields=["pgh_obj"], name="merge_past_pgh"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("agency_id", "as_of", "ceased_on", "cluster_id", "country", "id", "is_demo", "is_kept_by_register", "kind", "legal_form", "merged_into_id", "municipality", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postcode", "source", "started_on", "street", "website") SELECT new_values."agency_id", new_values."as_of", new_values."ceased_on", new_values."cluster_id", new_values."country", new_values."id", new_values."is_demo", new_values."is_kept_by_register", new_values."kind", new_values."legal_form", new_values."merged_into_id", new_values."municipality", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."postcode", new_values."source", new_values."started_on", new_values."street", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="062a8c6000b15a7292fb33821c02a74b93d3ed89",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fd0fd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="directory_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."ceased_on" IS DISTINCT FROM (NEW."ceased_on") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."is_kept_by_register" IS DISTINCT FROM (NEW."is_kept_by_register") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."legal_form" IS DISTINCT FROM (NEW."legal_form") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."municipality" IS DISTINCT FROM (NEW."municipality") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                            func='INSERT INTO "directory_organisationevent" ("agency_id", "as_of", "ceased_on", "cluster_id", "country", "id", "is_demo", "is_kept_by_register", "kind", "legal_form", "merged_into_id", "municipality", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postcode", "source", "started_on", "street", "website") VALUES (NEW."agency_id", NEW."as_of", NEW."ceased_on", NEW."cluster_id", NEW."country", NEW."id", NEW."is_demo", NEW."is_kept_by_register", NEW."kind", NEW."legal_form", NEW."merged_into_id", NEW."municipality", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place_id", NEW."postcode", NEW."source", NEW."started_on", NEW."street", NEW."website"); RETURN NULL;',
                            hash="5bd7cd24679988bc2d9d4c856f3f6bc524770bcd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17175",
                            table="directory_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("agency_id", "as_of", "ceased_on", "cluster_id", "country", "id", "is_demo", "is_kept_by_register", "kind", "legal_form", "merged_into_id", "municipality", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postcode", "source", "started_on", "street", "website") SELECT old_values."agency_id", old_values."as_of", old_values."ceased_on", old_values."cluster_id", old_values."country", old_values."id", old_values."is_demo", old_values."is_kept_by_register", old_values."kind", old_values."legal_form", old_values."merged_into_id", old_values."municipality", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."place_id", old_values."postcode", old_values."source", old_values."started_on", old_values."street", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="214e73b2f047cbb5d66fed9a778335dbd1e2cdd7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d686f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="directory_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctpair",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_distinctpairevent" ("cluster_id", "high", "id", "low", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject") SELECT new_values."cluster_id", new_values."high", new_values."id", new_values."low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."subject" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7b2aceecde7984c1690fbdf02ca59717332fba85",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9d6ff",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="directory_distinctpair",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctpair",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_distinctpairevent" ("cluster_id", "high", "id", "low", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject") VALUES (NEW."cluster_id", NEW."high", NEW."id", NEW."low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."subject"); RETURN NULL;',
                            hash="dd2ec66a665b2a579772824c1c846941a8f3f780",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_156dc",
                            table="directory_distinctpair",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctpair",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_distinctpairevent" ("cluster_id", "high", "id", "low", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject") SELECT old_values."cluster_id", old_values."high", old_values."id", old_values."low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."subject" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="dab16ff837a71ebb44965ee1ecc4c89f098814b7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6ba01",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="directory_distinctpair",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="merge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_mergeevent" ("cluster_id", "id", "keeping", "losing", "made_at", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "undone_at") SELECT new_values."cluster_id", new_values."id", new_values."keeping", new_values."losing", new_values."made_at", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."subject", new_values."undone_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="dc35a807fe16f0d512e69a5d947ccaa937bad5b0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f74c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="directory_merge",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="merge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_mergeevent" ("cluster_id", "id", "keeping", "losing", "made_at", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "undone_at") VALUES (NEW."cluster_id", NEW."id", NEW."keeping", NEW."losing", NEW."made_at", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."subject", NEW."undone_at"); RETURN NULL;',
                            hash="eac5cf5d08363534100d871d8438bbc39d80d4d8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_147e2",
                            table="directory_merge",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="merge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_mergeevent" ("cluster_id", "id", "keeping", "losing", "made_at", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "undone_at") SELECT old_values."cluster_id", old_values."id", old_values."keeping", old_values."losing", old_values."made_at", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."subject", old_values."undone_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ea88eb9436235867ec08e4af49784e981afe4297",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c110a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="directory_merge",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
