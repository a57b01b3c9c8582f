"""Every change of a row is kept from here on, by triggers."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce
from clusterwerk.platform.history.baseline import baseline


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0002_history"),
        ("platform", "__first__"),
        ("reporting", "0001_initial"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="CountedReadingEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("indicator", models.CharField(max_length=80)),
                        ("definition_version", models.PositiveSmallIntegerField()),
                        ("day", models.DateField()),
                        (
                            "number",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True
                            ),
                        ),
                        ("unit", models.CharField(max_length=20)),
                        ("evidence_digest", models.CharField(max_length=64)),
                        ("evidence_count", models.PositiveIntegerField()),
                        ("includes_demo", models.BooleanField(default=False)),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.agency",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="reporting.countedreading",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="countedreading_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="countedreading_past_clu"
                            ),
                            models.Index(
                                fields=["agency", "pgh_obj"], name="countedreading_past_age"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=80)),
                        ("title", models.CharField(max_length=300)),
                        ("publisher", models.CharField(max_length=200)),
                        ("published_on", models.DateField()),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.agency",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="reporting.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="document_past_pgh"),
                            models.Index(fields=["agency", "pgh_obj"], name="document_past_age"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedProjectClusterEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.agency",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="reporting.publishedprojectcluster",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.publishedproject",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="publishedprojectclus_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="publishedprojectclus_past_clu"
                            ),
                            models.Index(
                                fields=["agency", "pgh_obj"], name="publishedprojectclus_past_age"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedProjectEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("application", "inter-cluster application"),
                                    ("collaboration", "worked example of a collaboration"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("title_basis", models.CharField(blank=True, max_length=60)),
                        ("instrument", models.CharField(blank=True, max_length=120)),
                        ("years", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "partners",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("approved", models.CharField(blank=True, max_length=200)),
                        ("place", models.CharField(max_length=200)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.agency",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.document",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="reporting.publishedproject",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="publishedproject_past_pgh"),
                            models.Index(
                                fields=["agency", "pgh_obj"], name="publishedproject_past_age"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedReadingEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("key", models.CharField(max_length=200)),
                        ("subject", models.CharField(max_length=80)),
                        ("indicator", models.CharField(max_length=80)),
                        (
                            "number",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True
                            ),
                        ),
                        ("decimals", models.PositiveSmallIntegerField(default=0)),
                        ("day", models.DateField(blank=True, null=True)),
                        ("text", models.CharField(blank=True, max_length=300, null=True)),
                        ("unit", models.CharField(max_length=20)),
                        ("qualifier", models.CharField(blank=True, max_length=120)),
                        ("basis", models.CharField(blank=True, max_length=120)),
                        ("as_of", models.CharField(blank=True, max_length=60)),
                        ("place", models.CharField(max_length=200)),
                        ("dimension", models.CharField(blank=True, max_length=40)),
                        ("segment", models.CharField(blank=True, max_length=80)),
                        ("attributes", models.JSONField(blank=True, default=dict)),
                        ("position", models.PositiveIntegerField()),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.agency",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.document",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="reporting.publishedreading",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="publishedreading_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="publishedreading_past_clu"
                            ),
                            models.Index(
                                fields=["agency", "pgh_obj"], name="publishedreading_past_age"
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countedreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_countedreadingevent" ("agency_id", "cluster_id", "day", "definition_version", "evidence_count", "evidence_digest", "id", "includes_demo", "indicator", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "unit") SELECT new_values."agency_id", new_values."cluster_id", new_values."day", new_values."definition_version", new_values."evidence_count", new_values."evidence_digest", new_values."id", new_values."includes_demo", new_values."indicator", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0a2ce1977d8423fd2004904e03af643afae4fb58",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81f67",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reporting_countedreading",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countedreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_countedreadingevent" ("agency_id", "cluster_id", "day", "definition_version", "evidence_count", "evidence_digest", "id", "includes_demo", "indicator", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "unit") VALUES (NEW."agency_id", NEW."cluster_id", NEW."day", NEW."definition_version", NEW."evidence_count", NEW."evidence_digest", NEW."id", NEW."includes_demo", NEW."indicator", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."unit"); RETURN NULL;',
                            hash="f441529e74c798d62d8e5dbc8e23c13fb32aaaf4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a30b1",
                            table="reporting_countedreading",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countedreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_countedreadingevent" ("agency_id", "cluster_id", "day", "definition_version", "evidence_count", "evidence_digest", "id", "includes_demo", "indicator", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "unit") SELECT old_values."agency_id", old_values."cluster_id", old_values."day", old_values."definition_version", old_values."evidence_count", old_values."evidence_digest", old_values."id", old_values."includes_demo", old_values."indicator", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e31bc7761bb1fe567d4132b564afea247533f9bb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_92420",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reporting_countedreading",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="document",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_documentevent" ("agency_id", "digest", "id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "title") SELECT new_values."agency_id", new_values."digest", new_values."id", new_values."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."published_on", new_values."publisher", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="03e8154a17e6664275fc8ded4f994b7cc5995e8e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_27c32",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reporting_document",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="document",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_documentevent" ("agency_id", "digest", "id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "title") VALUES (NEW."agency_id", NEW."digest", NEW."id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."published_on", NEW."publisher", NEW."title"); RETURN NULL;',
                            hash="1835a05749ebed321be1d67416af2c2baf0fcf38",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5d70f",
                            table="reporting_document",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="document",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_documentevent" ("agency_id", "digest", "id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "title") SELECT old_values."agency_id", old_values."digest", old_values."id", old_values."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."published_on", old_values."publisher", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="98c219b4a7495834311c6aeec9c0349f7a213ddf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cfadc",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reporting_document",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_publishedprojectevent" ("agency_id", "approved", "document_id", "id", "instrument", "kind", "partners", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "title", "title_basis", "years") SELECT new_values."agency_id", new_values."approved", new_values."document_id", new_values."id", new_values."instrument", new_values."kind", new_values."partners", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."place", new_values."position", new_values."title", new_values."title_basis", new_values."years" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e4a26a2c2c56cdd7f764c9d600c60e0db807d32b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_09b48",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reporting_publishedproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_publishedprojectevent" ("agency_id", "approved", "document_id", "id", "instrument", "kind", "partners", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "title", "title_basis", "years") VALUES (NEW."agency_id", NEW."approved", NEW."document_id", NEW."id", NEW."instrument", NEW."kind", NEW."partners", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place", NEW."position", NEW."title", NEW."title_basis", NEW."years"); RETURN NULL;',
                            hash="78d8535621b8312fac34fc73c3d1b3fe4daccea3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5a84f",
                            table="reporting_publishedproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_publishedprojectevent" ("agency_id", "approved", "document_id", "id", "instrument", "kind", "partners", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "title", "title_basis", "years") SELECT old_values."agency_id", old_values."approved", old_values."document_id", old_values."id", old_values."instrument", old_values."kind", old_values."partners", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."place", old_values."position", old_values."title", old_values."title_basis", old_values."years" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6e3d5cdb3de60390e5d8568de0006e841e649a4a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_66a35",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reporting_publishedproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedprojectcluster",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_publishedprojectclusterevent" ("agency_id", "cluster_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id") SELECT new_values."agency_id", new_values."cluster_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."project_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b91def08cbfbdbf36d3516f633cd1fb5bc7f85b2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_83c31",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reporting_publishedprojectcluster",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedprojectcluster",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_publishedprojectclusterevent" ("agency_id", "cluster_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id") VALUES (NEW."agency_id", NEW."cluster_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."project_id"); RETURN NULL;',
                            hash="49cc1c8dab234d74436b1f4375d06a9dbb48ff60",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_536ae",
                            table="reporting_publishedprojectcluster",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedprojectcluster",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_publishedprojectclusterevent" ("agency_id", "cluster_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id") SELECT old_values."agency_id", old_values."cluster_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."project_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="143de550126282f6021afdb33fa95501113b17d9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_37b7f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reporting_publishedprojectcluster",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_publishedreadingevent" ("agency_id", "as_of", "attributes", "basis", "cluster_id", "day", "decimals", "dimension", "document_id", "id", "indicator", "key", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "qualifier", "segment", "subject", "text", "unit") SELECT new_values."agency_id", new_values."as_of", new_values."attributes", new_values."basis", new_values."cluster_id", new_values."day", new_values."decimals", new_values."dimension", new_values."document_id", new_values."id", new_values."indicator", new_values."key", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."place", new_values."position", new_values."qualifier", new_values."segment", new_values."subject", new_values."text", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7e3477f1b389e1a134eec8c26fcb7d782465b438",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_540a6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reporting_publishedreading",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_publishedreadingevent" ("agency_id", "as_of", "attributes", "basis", "cluster_id", "day", "decimals", "dimension", "document_id", "id", "indicator", "key", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "qualifier", "segment", "subject", "text", "unit") VALUES (NEW."agency_id", NEW."as_of", NEW."attributes", NEW."basis", NEW."cluster_id", NEW."day", NEW."decimals", NEW."dimension", NEW."document_id", NEW."id", NEW."indicator", NEW."key", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place", NEW."position", NEW."qualifier", NEW."segment", NEW."subject", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="3e9db53bc920dc09b4ba8df1bd32cfb3a9f1074d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2872a",
                            table="reporting_publishedreading",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publishedreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_publishedreadingevent" ("agency_id", "as_of", "attributes", "basis", "cluster_id", "day", "decimals", "dimension", "document_id", "id", "indicator", "key", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "qualifier", "segment", "subject", "text", "unit") SELECT old_values."agency_id", old_values."as_of", old_values."attributes", old_values."basis", old_values."cluster_id", old_values."day", old_values."decimals", old_values."dimension", old_values."document_id", old_values."id", old_values."indicator", old_values."key", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."place", old_values."position", old_values."qualifier", old_values."segment", old_values."subject", old_values."text", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b2e976d7096af64bbd6a5eaf0c9e65c705fcfeda",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0cb5f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reporting_publishedreading",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(
            baseline(
                "reporting_countedreading",
                "reporting_document",
                "reporting_publishedproject",
                "reporting_publishedprojectcluster",
                "reporting_publishedreading",
            ),
            migrations.RunPython.noop,
        ),
    ]
