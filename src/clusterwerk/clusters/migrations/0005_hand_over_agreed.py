"""The cluster that goes agrees to a hand-over that its agency proposed."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0004_hand_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="handover",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="handover",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="handover",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="handover",
                    name="agreed_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="handover",
                    name="agreed_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="handoverevent",
                    name="agreed_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="handoverevent",
                    name="agreed_by",
                    field=models.ForeignKey(
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
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_handoverevent" ("accepted_at", "accepted_by_id", "agency_id", "agreed_at", "agreed_by_id", "carried_out_at", "carried_out_by_id", "cluster_id", "day", "id", "keeps_team", "new_manager_id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "to_cluster_id", "to_host_id", "withdrawn_at", "withdrawn_by_id") SELECT new_values."accepted_at", new_values."accepted_by_id", new_values."agency_id", new_values."agreed_at", new_values."agreed_by_id", new_values."carried_out_at", new_values."carried_out_by_id", new_values."cluster_id", new_values."day", new_values."id", new_values."keeps_team", new_values."new_manager_id", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."to_cluster_id", new_values."to_host_id", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d02a8e233d442fbd4c79e6879829a67fd7333056",
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
                            func='INSERT INTO "clusters_handoverevent" ("accepted_at", "accepted_by_id", "agency_id", "agreed_at", "agreed_by_id", "carried_out_at", "carried_out_by_id", "cluster_id", "day", "id", "keeps_team", "new_manager_id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "to_cluster_id", "to_host_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."agency_id", NEW."agreed_at", NEW."agreed_by_id", NEW."carried_out_at", NEW."carried_out_by_id", NEW."cluster_id", NEW."day", NEW."id", NEW."keeps_team", NEW."new_manager_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."to_cluster_id", NEW."to_host_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="0fe5bbb0d3f23c7d19708cb30f26ac6bdfc68cf0",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_handoverevent" ("accepted_at", "accepted_by_id", "agency_id", "agreed_at", "agreed_by_id", "carried_out_at", "carried_out_by_id", "cluster_id", "day", "id", "keeps_team", "new_manager_id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "to_cluster_id", "to_host_id", "withdrawn_at", "withdrawn_by_id") SELECT old_values."accepted_at", old_values."accepted_by_id", old_values."agency_id", old_values."agreed_at", old_values."agreed_by_id", old_values."carried_out_at", old_values."carried_out_by_id", old_values."cluster_id", old_values."day", old_values."id", old_values."keeps_team", old_values."new_manager_id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."to_cluster_id", old_values."to_host_id", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e4c27944e52753f91c6ba2efc52d1bcd03162b2a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3e708",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="clusters_handover",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
