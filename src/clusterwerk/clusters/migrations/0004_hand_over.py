"""A cluster goes over to another host, or into another cluster."""

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clusterwerk.platform.access.keys
from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0003_profiles_by_theme"),
        ("directory", "0002_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="HandOver",
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
                            "keeps_team",
                            models.BooleanField(default=True, verbose_name="the team goes along"),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("carried_out_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.JSONField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.agency",
                            ),
                        ),
                        (
                            "carried_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hand_overs",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "new_manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "to_host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-proposed_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="HandOverEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "keeps_team",
                            models.BooleanField(default=True, verbose_name="the team goes along"),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("carried_out_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.JSONField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                            "carried_out_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "new_manager",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                to="clusters.handover",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_cluster",
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
                            "to_host",
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
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
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
                    },
                ),
                migrations.AddIndex(
                    model_name="handover",
                    index=models.Index(fields=["to_cluster"], name="hand_over_to"),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("agency_id", "cluster_id"),
                        name="hand_over_cluster_of_agency",
                        references=("agency_id", "id"),
                        target="clusters.Cluster",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("agency_id", "to_cluster_id"),
                        name="hand_over_to_cluster_of_agency",
                        references=("agency_id", "id"),
                        target="clusters.Cluster",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_cluster__isnull", False), ("to_host__isnull", True)),
                            models.Q(("to_cluster__isnull", True), ("to_host__isnull", False)),
                            _connector="OR",
                        ),
                        name="hand_over_to_one_place",
                        violation_error_message="A hand-over leads to another host or to another cluster, not to both.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("to_cluster__isnull", True),
                            models.Q(("to_cluster", models.F("cluster")), _negated=True),
                            _connector="OR",
                        ),
                        name="hand_over_elsewhere",
                        violation_error_message="A cluster is not handed over to itself.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("carried_out_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        fields=("cluster",),
                        name="one_open_hand_over",
                        violation_error_message="Another hand-over of this cluster is still open.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_handoverevent" ("accepted_at", "accepted_by_id", "agency_id", "carried_out_at", "carried_out_by_id", "cluster_id", "day", "id", "keeps_team", "new_manager_id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "to_cluster_id", "to_host_id", "withdrawn_at", "withdrawn_by_id") SELECT new_values."accepted_at", new_values."accepted_by_id", new_values."agency_id", new_values."carried_out_at", new_values."carried_out_by_id", new_values."cluster_id", new_values."day", new_values."id", new_values."keeps_team", new_values."new_manager_id", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."to_cluster_id", new_values."to_host_id", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1e5e7907cbbc75d282ffd8ff49401dbcbf5853b3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1a424",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="clusters_handover",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clusters_handoverevent" ("accepted_at", "accepted_by_id", "agency_id", "carried_out_at", "carried_out_by_id", "cluster_id", "day", "id", "keeps_team", "new_manager_id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "to_cluster_id", "to_host_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."agency_id", NEW."carried_out_at", NEW."carried_out_by_id", NEW."cluster_id", NEW."day", NEW."id", NEW."keeps_team", NEW."new_manager_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."to_cluster_id", NEW."to_host_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="98cd41ba5cce1e7d3a2509dd21cee89d5c4fcd49",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_50723",
                            table="clusters_handover",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_handoverevent" ("accepted_at", "accepted_by_id", "agency_id", "carried_out_at", "carried_out_by_id", "cluster_id", "day", "id", "keeps_team", "new_manager_id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "to_cluster_id", "to_host_id", "withdrawn_at", "withdrawn_by_id") SELECT old_values."accepted_at", old_values."accepted_by_id", old_values."agency_id", old_values."carried_out_at", old_values."carried_out_by_id", old_values."cluster_id", old_values."day", old_values."id", old_values."keeps_team", old_values."new_manager_id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."to_cluster_id", old_values."to_host_id", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="43014472696e8d8250772799f41ea81eb615640b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3e708",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_handover",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="handoverevent",
                    index=models.Index(fields=["pgh_obj"], name="handover_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="handoverevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="handover_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="handoverevent",
                    index=models.Index(fields=["agency", "pgh_obj"], name="handover_past_age"),
                ),
            ]
        ),
    ]
