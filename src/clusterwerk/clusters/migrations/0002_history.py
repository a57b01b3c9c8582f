"""Every change of a row is kept from here on, by triggers."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clusterwerk.clusters.models
import clusterwerk.platform.access.seats
from clusterwerk.platform.at_once import AtOnce
from clusterwerk.platform.history.baseline import baseline


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0001_initial"),
        ("directory", "0002_history"),
        ("platform", "__first__"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="AgencyEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=60)),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "country",
                            models.CharField(default="BE", max_length=2, verbose_name="country"),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="clusters.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["pgh_obj"], name="agency_past_pgh")],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=80)),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "theme_keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "embedding",
                            models.CharField(
                                blank=True,
                                choices=[("independent", "independent"), ("embedded", "embedded")],
                                max_length=20,
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(blank=True, max_length=300, verbose_name="origin"),
                        ),
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
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="cluster_past_pgh"),
                            models.Index(fields=["agency", "pgh_obj"], name="cluster_past_age"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterHostEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
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
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="directory.organisation",
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
                                to="clusters.clusterhost",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="clusterhost_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="clusterhost_past_clu"
                            ),
                            models.Index(fields=["agency", "pgh_obj"], name="clusterhost_past_age"),
                            models.Index(
                                fields=["organisation", "pgh_obj"], name="clusterhost_past_org"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicProfileEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("slug", models.SlugField(db_index=False, max_length=80)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "theme_keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("theme", models.SlugField(db_index=False, max_length=60)),
                        ("scheme", models.SlugField(db_index=False, max_length=60)),
                        ("call_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "embedding",
                            models.CharField(
                                blank=True,
                                choices=[("independent", "independent"), ("embedded", "embedded")],
                                max_length=20,
                            ),
                        ),
                        ("origin", models.CharField(blank=True, max_length=300)),
                        ("search_text", models.TextField()),
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
                                serialize=False,
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
                                to="clusters.publicprofile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="publicprofile_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="publicprofile_past_clu"
                            ),
                            models.Index(
                                fields=["agency", "pgh_obj"], name="publicprofile_past_age"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatEvent",
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
                                    (
                                        clusterwerk.platform.access.seats.SeatKind["CLUSTER"],
                                        clusterwerk.platform.access.seats.SeatKind["CLUSTER"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatKind["AGENCY"],
                                        clusterwerk.platform.access.seats.SeatKind["AGENCY"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatKind["ORGANISATION"],
                                        clusterwerk.platform.access.seats.SeatKind["ORGANISATION"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatKind["EVALUATION"],
                                        clusterwerk.platform.access.seats.SeatKind["EVALUATION"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatKind["STEWARD"],
                                        clusterwerk.platform.access.seats.SeatKind["STEWARD"],
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    (
                                        clusterwerk.platform.access.seats.SeatRole["MANAGER"],
                                        clusterwerk.platform.access.seats.SeatRole["MANAGER"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole["STAFF"],
                                        clusterwerk.platform.access.seats.SeatRole["STAFF"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole["FINANCE"],
                                        clusterwerk.platform.access.seats.SeatRole["FINANCE"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole["OBSERVER"],
                                        clusterwerk.platform.access.seats.SeatRole["OBSERVER"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole[
                                            "PROGRAMME_MANAGER"
                                        ],
                                        clusterwerk.platform.access.seats.SeatRole[
                                            "PROGRAMME_MANAGER"
                                        ],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole[
                                            "ACCOUNT_MANAGER"
                                        ],
                                        clusterwerk.platform.access.seats.SeatRole[
                                            "ACCOUNT_MANAGER"
                                        ],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole[
                                            "REPRESENTATIVE"
                                        ],
                                        clusterwerk.platform.access.seats.SeatRole[
                                            "REPRESENTATIVE"
                                        ],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole["EVALUATOR"],
                                        clusterwerk.platform.access.seats.SeatRole["EVALUATOR"],
                                    ),
                                    (
                                        clusterwerk.platform.access.seats.SeatRole["STEWARD"],
                                        clusterwerk.platform.access.seats.SeatRole["STEWARD"],
                                    ),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("since", models.DateField(default=clusterwerk.clusters.models.today)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="directory.organisation",
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
                                to="clusters.seat",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                            models.Index(fields=["pgh_obj"], name="seat_past_pgh"),
                            models.Index(fields=["cluster", "pgh_obj"], name="seat_past_clu"),
                            models.Index(fields=["agency", "pgh_obj"], name="seat_past_age"),
                            models.Index(fields=["organisation", "pgh_obj"], name="seat_past_org"),
                            models.Index(fields=["user", "pgh_obj"], name="seat_past_use"),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_agencyevent" ("country", "id", "key", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."country", new_values."id", new_values."key", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5700f1e87c0c1465d5948a2739731264cb03ca13",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_43383",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="clusters_agency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clusters_agencyevent" ("country", "id", "key", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."country", NEW."id", NEW."key", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="339126152fac45787eb71e24a6d0f4d134e88c2c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9ee43",
                            table="clusters_agency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_agencyevent" ("country", "id", "key", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."country", old_values."id", old_values."key", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fc9ce96e17f7c169e6138004c7244795d9579511",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_615bd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_agency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cluster",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterevent" ("agency_id", "aliases", "embedding", "id", "key", "name", "origin", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_keywords") SELECT new_values."agency_id", new_values."aliases", new_values."embedding", new_values."id", new_values."key", new_values."name", new_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."theme_keywords" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="404ed471dbd4bed1aaf9087ada416c6dc9110144",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3762a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="clusters_cluster",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cluster",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."embedding" IS DISTINCT FROM (NEW."embedding") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."theme_keywords" IS DISTINCT FROM (NEW."theme_keywords"))',
                            func='INSERT INTO "clusters_clusterevent" ("agency_id", "aliases", "embedding", "id", "key", "name", "origin", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_keywords") VALUES (NEW."agency_id", NEW."aliases", NEW."embedding", NEW."id", NEW."key", NEW."name", NEW."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."theme_keywords"); RETURN NULL;',
                            hash="d4e689644c47a2e152d0340d5e1d2b85d91715fa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_03e1f",
                            table="clusters_cluster",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cluster",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterevent" ("agency_id", "aliases", "embedding", "id", "key", "name", "origin", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_keywords") SELECT old_values."agency_id", old_values."aliases", old_values."embedding", old_values."id", old_values."key", old_values."name", old_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."theme_keywords" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4b89544fa0845a4242224aa34c497d9c83a720b8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bb341",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_cluster",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clusterhost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterhostevent" ("agency_id", "cluster_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."agency_id", new_values."cluster_id", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="528598229e4d21151b80d10c3694b7bce305f719",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c4a46",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="clusters_clusterhost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clusterhost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clusters_clusterhostevent" ("agency_id", "cluster_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."agency_id", NEW."cluster_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="9696903d0e30bd8505f2db4ca1bc14217576d70b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7548f",
                            table="clusters_clusterhost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clusterhost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterhostevent" ("agency_id", "cluster_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."agency_id", old_values."cluster_id", old_values."id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="34d97ec04a59fe2544b622a20d28c99fc60894ea",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_71433",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_clusterhost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_publicprofileevent" ("agency_id", "aliases", "call_number", "cluster_id", "embedding", "name", "origin", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "search_text", "slug", "theme", "theme_keywords") SELECT new_values."agency_id", new_values."aliases", new_values."call_number", new_values."cluster_id", new_values."embedding", new_values."name", new_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."cluster_id", new_values."scheme", new_values."search_text", new_values."slug", new_values."theme", new_values."theme_keywords" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="084640c727f3f82c533039f2a47bff6b5e0a6405",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3dc1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="clusters_publicprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."call_number" IS DISTINCT FROM (NEW."call_number") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."embedding" IS DISTINCT FROM (NEW."embedding") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."scheme" IS DISTINCT FROM (NEW."scheme") OR OLD."search_text" IS DISTINCT FROM (NEW."search_text") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."theme_keywords" IS DISTINCT FROM (NEW."theme_keywords"))',
                            func='INSERT INTO "clusters_publicprofileevent" ("agency_id", "aliases", "call_number", "cluster_id", "embedding", "name", "origin", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "search_text", "slug", "theme", "theme_keywords") VALUES (NEW."agency_id", NEW."aliases", NEW."call_number", NEW."cluster_id", NEW."embedding", NEW."name", NEW."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."cluster_id", NEW."scheme", NEW."search_text", NEW."slug", NEW."theme", NEW."theme_keywords"); RETURN NULL;',
                            hash="7322871a57f11ad8344187276661917a29cfe055",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f847a",
                            table="clusters_publicprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_publicprofileevent" ("agency_id", "aliases", "call_number", "cluster_id", "embedding", "name", "origin", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "search_text", "slug", "theme", "theme_keywords") SELECT old_values."agency_id", old_values."aliases", old_values."call_number", old_values."cluster_id", old_values."embedding", old_values."name", old_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."cluster_id", old_values."scheme", old_values."search_text", old_values."slug", old_values."theme", old_values."theme_keywords" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cc891cb6438d4cacf49efc20cdd3a80726ed7d61",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_87392",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_publicprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_seatevent" ("agency_id", "cluster_id", "id", "kind", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "user_id") SELECT new_values."agency_id", new_values."cluster_id", new_values."id", new_values."kind", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."role", new_values."since", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4d56668b9863637c79fdca1b8fe2d0ae174456ab",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_067d6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="clusters_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clusters_seatevent" ("agency_id", "cluster_id", "id", "kind", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "user_id") VALUES (NEW."agency_id", NEW."cluster_id", NEW."id", NEW."kind", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."role", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="67138ee146f74ab92832ca2943b243220d4fbe0e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e083b",
                            table="clusters_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_seatevent" ("agency_id", "cluster_id", "id", "kind", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "user_id") SELECT old_values."agency_id", old_values."cluster_id", old_values."id", old_values."kind", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."role", old_values."since", old_values."until", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6e67754648ea94ad968298628cc491cc2dd40835",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_115d1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_seat",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(
            baseline(
                "clusters_agency",
                "clusters_cluster",
                "clusters_clusterhost",
                "clusters_publicprofile",
                "clusters_seat",
            ),
            migrations.RunPython.noop,
        ),
    ]
