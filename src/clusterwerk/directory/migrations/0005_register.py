"""The enterprise register: two tables that take turns, their editions, and what changed.

The loader may fill a table through the door `register` only, which a trigger asks for: COPY is
refused on tables with row policies. It owns no table, so two functions of the owner empty the one
that nobody reads and give it its indexes.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce

FIXED = "set search_path = pg_catalog, public, pg_temp"
SLOTS = (1, 2)

FORWARD = [
    """
    create function access.register_door() returns trigger language plpgsql @fixed as $$
    begin
      if not access.unlocked('register') then
        raise insufficient_privilege using message = 'The register is written by its loader only.';
      end if;
      return null;
    end $$
    """,
    *(
        f"create trigger register_door before insert or update or delete"
        f" on directory_registeredenterprise{slot}"
        " for each statement execute function access.register_door()"
        for slot in SLOTS
    ),
    # What must hold before either function does anything; answers with the name of the table.
    """
    create function access.register_table(slot integer) returns text
    language plpgsql @fixed as $$
    begin
      if slot not in (1, 2) or not access.unlocked('register') then
        raise insufficient_privilege using message = 'The register is written by its loader only.';
      end if;
      if exists (select from directory_registeredition e where e.is_in_use
          and e.slot = register_table.slot) then
        raise exception 'Table % of the register is in use.', slot;
      end if;
      return 'directory_registeredenterprise' || slot;
    end $$
    """,
    # Indexes are named after their table; they are built after the rows, which is faster.
    """
    create function access.register_empty(slot integer) returns void
    language plpgsql security definer @fixed as $$
    declare
      told text := access.register_table(slot);
      held record;
    begin
      execute format('truncate public.%I', told);
      execute format('alter table public.%I drop constraint if exists %I', told, told || '_pkey');
      for held in select indexrelid::regclass as name from pg_index
          where indrelid = format('public.%I', told)::regclass loop
        execute format('drop index %s', held.name);
      end loop;
    end $$
    """,
    """
    create function access.register_index(slot integer) returns void
    language plpgsql security definer @fixed set maintenance_work_mem = '256MB' as $$
    declare
      told text := access.register_table(slot);
      part text[];
    begin
      if not exists (select from pg_constraint where conname = told || '_pkey') then
        execute format(
          'alter table public.%I add constraint %I primary key (number)', told, told || '_pkey');
      end if;
      foreach part slice 1 in array array[
        ['name', 'btree (search_name, number)'],
        ['words', 'gin (search_words)'],
        ['postcode', 'btree (postcode)'],
        ['nace', 'gin (nace_2025)']
      ] loop
        execute format('create index if not exists %I on public.%I using %s',
          told || '_' || part[1], told, part[2]);
      end loop;
      execute format('analyze public.%I', told);
    end $$
    """,
    *(
        f"revoke execute on function access.{name} from public"
        for name in ("register_empty(integer)", "register_index(integer)")
    ),
]
BACKWARD = [
    "drop function access.register_index(integer)",
    "drop function access.register_empty(integer)",
    "drop function access.register_table(integer)",
    "drop function access.register_door() cascade",
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_places_and_sectors"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="OrganisationWords",
                    fields=[
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="words",
                                serialize=False,
                                to="directory.organisation",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name="RegisterChange",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("renamed", "renamed"),
                                    ("moved", "moved"),
                                    ("legal_form", "other legal form"),
                                    ("stopped", "stopped"),
                                    ("resumed", "in the register again"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("before", models.TextField(blank=True)),
                        ("after", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterCode",
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
                        ("category", models.CharField(max_length=40)),
                        ("code", models.CharField(max_length=20)),
                        ("language", models.CharField(max_length=2)),
                        ("label", models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name="RegisteredEnterprise1",
                    fields=[
                        (
                            "number",
                            models.CharField(
                                db_collation="C", max_length=10, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.TextField()),
                        ("names", models.JSONField(default=list)),
                        ("search_name", models.TextField(db_collation="C")),
                        ("search_words", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("0", "unknown"),
                                    ("1", "natural person"),
                                    ("2", "legal person"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("status", models.CharField(max_length=2)),
                        ("situation", models.CharField(max_length=3)),
                        ("legal_form", models.CharField(blank=True, max_length=3)),
                        ("started_on", models.DateField(null=True)),
                        ("street", models.TextField(blank=True)),
                        ("street_fr", models.TextField(blank=True)),
                        ("house_number", models.TextField(blank=True)),
                        ("box", models.TextField(blank=True)),
                        ("postcode", models.TextField(blank=True)),
                        ("municipality", models.TextField(blank=True)),
                        ("municipality_fr", models.TextField(blank=True)),
                        ("country", models.TextField(blank=True)),
                        ("struck_off_on", models.DateField(null=True)),
                        (
                            "nace_2025",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        (
                            "nace_2008",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        (
                            "establishments",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        ("website", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegisteredEnterprise2",
                    fields=[
                        (
                            "number",
                            models.CharField(
                                db_collation="C", max_length=10, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.TextField()),
                        ("names", models.JSONField(default=list)),
                        ("search_name", models.TextField(db_collation="C")),
                        ("search_words", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("0", "unknown"),
                                    ("1", "natural person"),
                                    ("2", "legal person"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("status", models.CharField(max_length=2)),
                        ("situation", models.CharField(max_length=3)),
                        ("legal_form", models.CharField(blank=True, max_length=3)),
                        ("started_on", models.DateField(null=True)),
                        ("street", models.TextField(blank=True)),
                        ("street_fr", models.TextField(blank=True)),
                        ("house_number", models.TextField(blank=True)),
                        ("box", models.TextField(blank=True)),
                        ("postcode", models.TextField(blank=True)),
                        ("municipality", models.TextField(blank=True)),
                        ("municipality_fr", models.TextField(blank=True)),
                        ("country", models.TextField(blank=True)),
                        ("struck_off_on", models.DateField(null=True)),
                        (
                            "nace_2025",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        (
                            "nace_2008",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        (
                            "establishments",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        ("website", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegisterEdition",
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
                        ("number", models.PositiveIntegerField(verbose_name="extract number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("full", "full extract"), ("update", "update")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("snapshot_on", models.DateField(verbose_name="state of")),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        ("file_digest", models.CharField(max_length=64)),
                        (
                            "is_synthetic",
                            models.BooleanField(default=False, verbose_name="invented"),
                        ),
                        ("slot", models.PositiveSmallIntegerField()),
                        ("is_in_use", models.BooleanField(default=False)),
                        (
                            "enterprise_count",
                            models.PositiveIntegerField(default=0, verbose_name="enterprises"),
                        ),
                        (
                            "row_count",
                            models.PositiveBigIntegerField(default=0, verbose_name="rows read"),
                        ),
                        (
                            "problem_count",
                            models.PositiveIntegerField(default=0, verbose_name="broken rows"),
                        ),
                        ("problems", models.JSONField(default=list)),
                        (
                            "change_count",
                            models.PositiveIntegerField(
                                default=0, verbose_name="organisations corrected"
                            ),
                        ),
                        (
                            "loaded_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="loaded"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterLoad",
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
                        ("file_digest", models.CharField(max_length=64, unique=True)),
                        ("slot", models.PositiveSmallIntegerField()),
                        ("token", models.CharField(max_length=32)),
                        ("buckets", models.PositiveIntegerField(default=0)),
                        ("is_indexed", models.BooleanField(default=False)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
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
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisationidentifier",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisationidentifier",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisationidentifier",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="organisationidentifier",
                    name="organisation_identifier_once",
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="agency_id",
                    field=models.BigIntegerField(
                        blank=True, null=True, verbose_name="shown to the agency"
                    ),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="as_of",
                    field=models.DateField(blank=True, null=True, verbose_name="as of"),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="ceased_on",
                    field=models.DateField(blank=True, null=True, verbose_name="stopped on"),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="cluster_id",
                    field=models.BigIntegerField(blank=True, null=True, verbose_name="private to"),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="is_kept_by_register",
                    field=models.BooleanField(default=False, verbose_name="kept by a register"),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="legal_form",
                    field=models.CharField(
                        blank=True, default="", max_length=100, verbose_name="legal form"
                    ),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="municipality",
                    field=models.CharField(
                        blank=True, default="", max_length=100, verbose_name="municipality"
                    ),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="postcode",
                    field=models.CharField(
                        blank=True, default="", max_length=20, verbose_name="postcode"
                    ),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="street",
                    field=models.CharField(
                        blank=True, default="", max_length=200, verbose_name="street and number"
                    ),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="website",
                    field=models.URLField(
                        blank=True, default="", max_length=300, verbose_name="website"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="agency_id",
                    field=models.BigIntegerField(
                        blank=True, null=True, verbose_name="shown to the agency"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="as_of",
                    field=models.DateField(blank=True, null=True, verbose_name="as of"),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="ceased_on",
                    field=models.DateField(blank=True, null=True, verbose_name="stopped on"),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="cluster_id",
                    field=models.BigIntegerField(blank=True, null=True, verbose_name="private to"),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="is_kept_by_register",
                    field=models.BooleanField(default=False, verbose_name="kept by a register"),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="legal_form",
                    field=models.CharField(
                        blank=True, default="", max_length=100, verbose_name="legal form"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="municipality",
                    field=models.CharField(
                        blank=True, default="", max_length=100, verbose_name="municipality"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="postcode",
                    field=models.CharField(
                        blank=True, default="", max_length=20, verbose_name="postcode"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="street",
                    field=models.CharField(
                        blank=True, default="", max_length=200, verbose_name="street and number"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="website",
                    field=models.URLField(
                        blank=True, default="", max_length=300, verbose_name="website"
                    ),
                ),
                migrations.AddField(
                    model_name="organisationidentifier",
                    name="agency_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organisationidentifier",
                    name="cluster_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organisationidentifierevent",
                    name="agency_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organisationidentifierevent",
                    name="cluster_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
            ]
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("enterprise", "enterprise"),
                    ("knowledge_institution", "knowledge institution"),
                    ("federation", "federation"),
                    ("public_body", "public body"),
                    ("association", "association"),
                    ("investor", "investor"),
                    ("citizens_group", "citizens' group"),
                    ("cluster_organisation", "cluster organisation"),
                ],
                max_length=30,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="organisationevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("enterprise", "enterprise"),
                    ("knowledge_institution", "knowledge institution"),
                    ("federation", "federation"),
                    ("public_body", "public body"),
                    ("association", "association"),
                    ("investor", "investor"),
                    ("citizens_group", "citizens' group"),
                    ("cluster_organisation", "cluster organisation"),
                ],
                max_length=30,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="organisationidentifier",
            name="scheme",
            field=models.CharField(
                choices=[
                    ("be-enterprise", "Belgian enterprise number"),
                    ("be-establishment", "Belgian establishment unit number"),
                    ("vat", "VAT number"),
                    ("lei", "LEI"),
                    ("ror", "ROR"),
                    ("isni", "ISNI"),
                    ("ch-uid", "Swiss enterprise number (UID)"),
                    ("de-company", "German register of companies"),
                    ("dk-cvr", "Danish enterprise number (CVR)"),
                    ("ee-register", "Estonian register code"),
                    ("fi-business", "Finnish business ID"),
                    ("fr-siren", "French enterprise number (SIREN)"),
                    ("fr-siret", "French establishment number (SIRET)"),
                    ("gb-company", "company number of the United Kingdom"),
                    ("nl-company", "Dutch chamber of commerce number (KvK)"),
                    ("no-organisation", "Norwegian organisation number"),
                    ("pl-regon", "Polish REGON"),
                    ("se-organisation", "Swedish organisation number"),
                    ("source-name", "name in a source document"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="organisationidentifierevent",
            name="scheme",
            field=models.CharField(
                choices=[
                    ("be-enterprise", "Belgian enterprise number"),
                    ("be-establishment", "Belgian establishment unit number"),
                    ("vat", "VAT number"),
                    ("lei", "LEI"),
                    ("ror", "ROR"),
                    ("isni", "ISNI"),
                    ("ch-uid", "Swiss enterprise number (UID)"),
                    ("de-company", "German register of companies"),
                    ("dk-cvr", "Danish enterprise number (CVR)"),
                    ("ee-register", "Estonian register code"),
                    ("fi-business", "Finnish business ID"),
                    ("fr-siren", "French enterprise number (SIREN)"),
                    ("fr-siret", "French establishment number (SIRET)"),
                    ("gb-company", "company number of the United Kingdom"),
                    ("nl-company", "Dutch chamber of commerce number (KvK)"),
                    ("no-organisation", "Norwegian organisation number"),
                    ("pl-regon", "Polish REGON"),
                    ("se-organisation", "Swedish organisation number"),
                    ("source-name", "name in a source document"),
                ],
                max_length=30,
            ),
        ),
        AtOnce(
            operations=[
                migrations.AddIndex(
                    model_name="organisation",
                    index=models.Index(
                        condition=models.Q(("cluster_id__isnull", False)),
                        fields=["cluster_id", "name_sort"],
                        name="organisation_by_cluster",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("agency_id", "as_of", "ceased_on", "cluster_id", "country", "id", "is_demo", "is_kept_by_register", "kind", "legal_form", "municipality", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postcode", "source", "started_on", "street", "website") SELECT new_values."agency_id", new_values."as_of", new_values."ceased_on", new_values."cluster_id", new_values."country", new_values."id", new_values."is_demo", new_values."is_kept_by_register", new_values."kind", new_values."legal_form", new_values."municipality", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."postcode", new_values."source", new_values."started_on", new_values."street", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="79d5a0a21fa7675f494692c37faa681642ec93c7",
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
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."ceased_on" IS DISTINCT FROM (NEW."ceased_on") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."is_kept_by_register" IS DISTINCT FROM (NEW."is_kept_by_register") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."legal_form" IS DISTINCT FROM (NEW."legal_form") OR OLD."municipality" IS DISTINCT FROM (NEW."municipality") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                            func='INSERT INTO "directory_organisationevent" ("agency_id", "as_of", "ceased_on", "cluster_id", "country", "id", "is_demo", "is_kept_by_register", "kind", "legal_form", "municipality", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postcode", "source", "started_on", "street", "website") VALUES (NEW."agency_id", NEW."as_of", NEW."ceased_on", NEW."cluster_id", NEW."country", NEW."id", NEW."is_demo", NEW."is_kept_by_register", NEW."kind", NEW."legal_form", NEW."municipality", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place_id", NEW."postcode", NEW."source", NEW."started_on", NEW."street", NEW."website"); RETURN NULL;',
                            hash="10d06f6b9408ee90f730d0288a4a3ff3783ba209",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("agency_id", "as_of", "ceased_on", "cluster_id", "country", "id", "is_demo", "is_kept_by_register", "kind", "legal_form", "municipality", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postcode", "source", "started_on", "street", "website") SELECT old_values."agency_id", old_values."as_of", old_values."ceased_on", old_values."cluster_id", old_values."country", old_values."id", old_values."is_demo", old_values."is_kept_by_register", old_values."kind", old_values."legal_form", old_values."municipality", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."place_id", old_values."postcode", old_values."source", old_values."started_on", old_values."street", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3191cd67e3d0de752f75418fe8ec67547d3cd889",
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
                    model_name="organisationidentifier",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationidentifierevent" ("agency_id", "cluster_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") SELECT new_values."agency_id", new_values."cluster_id", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."scheme", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ffb2f8d72a83da311ee4d1af9e3b2bf7208ff4a4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a3263",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="directory_organisationidentifier",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationidentifier",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_organisationidentifierevent" ("agency_id", "cluster_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") VALUES (NEW."agency_id", NEW."cluster_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."scheme", NEW."value"); RETURN NULL;',
                            hash="e390f619c6fcc44fdb2b35dbddf8e36392955504",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1a82d",
                            table="directory_organisationidentifier",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationidentifier",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationidentifierevent" ("agency_id", "cluster_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") SELECT old_values."agency_id", old_values."cluster_id", old_values."id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1a18e610a34ab52892e538a4e823c18c02b0b203",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_007bb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="directory_organisationidentifier",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cluster_id__isnull", False),
                            ("agency_id__isnull", True),
                            _connector="OR",
                        ),
                        name="organisation_shared_for_all",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cluster_id__isnull", True),
                            ("is_kept_by_register", False),
                            _connector="OR",
                        ),
                        name="organisation_register_is_shared",
                        violation_error_message="What a register keeps is private to nobody.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ceased_on__isnull", True),
                            ("started_on__isnull", True),
                            ("ceased_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="organisation_stops_after_it_starts",
                        violation_error_message="An organisation does not stop before it started.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisationidentifier",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cluster_id__isnull", True)),
                        fields=("scheme", "value"),
                        name="organisation_identifier_once",
                        violation_error_message="This number already belongs to an organisation.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisationidentifier",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cluster_id__isnull", False)),
                        fields=("cluster_id", "scheme", "value"),
                        name="organisation_identifier_once_per_cluster",
                        violation_error_message="This number already belongs to an organisation of your cluster.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organisationwords",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("text"), name="gin_trgm_ops"
                        ),
                        name="organisation_search",
                    ),
                ),
                migrations.AddField(
                    model_name="registerchange",
                    name="organisation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_changes",
                        to="directory.organisation",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registercode",
                    constraint=models.UniqueConstraint(
                        fields=("category", "code", "language"), name="register_code_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registeredition",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_in_use", True)),
                        fields=("is_in_use",),
                        name="register_edition_one_in_use",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registeredition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("slot__in", [1, 2])), name="register_edition_slot"
                    ),
                ),
                migrations.AddField(
                    model_name="registerchange",
                    name="edition",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="directory.registeredition",
                    ),
                ),
            ]
        ),
        migrations.RunSQL([each.replace("@fixed", FIXED) for each in FORWARD], BACKWARD),
    ]
