"""Activities carry the owner of their organisation; real organisations are counted by an index."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce

# The class of the table changed: the triggers of the new one are made with the access rules.
OLD = "directory_organisationsector_organisation_id"
NO_OLD_TRIGGERS = [
    f"drop trigger if exists {OLD}_{event}_own on directory_organisationsector"
    for event in ("insert", "update")
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_merging"),
    ]

    operations = [
        migrations.RunSQL(NO_OLD_TRIGGERS, migrations.RunSQL.noop),
        AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisationsector",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisationsector",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organisationsector",
                    name="delete_delete",
                ),
            ]
        ),
        migrations.RemoveIndex(
            model_name="organisation",
            name="organisation_by_demo",
        ),
        AtOnce(
            operations=[
                migrations.AddField(
                    model_name="organisationsector",
                    name="agency_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organisationsector",
                    name="cluster_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organisationsectorevent",
                    name="agency_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organisationsectorevent",
                    name="cluster_id",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddIndex(
                    model_name="organisation",
                    index=models.Index(
                        fields=["is_demo"],
                        include=("id", "cluster_id", "agency_id"),
                        name="organisation_by_demo",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationsector",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationsectorevent" ("agency_id", "cluster_id", "code", "id", "is_main", "nomenclature", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."agency_id", new_values."cluster_id", new_values."code", new_values."id", new_values."is_main", new_values."nomenclature", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0a52cf09165ca44af991ea522a383da2283d3946",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d85de",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="directory_organisationsector",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationsector",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_organisationsectorevent" ("agency_id", "cluster_id", "code", "id", "is_main", "nomenclature", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."agency_id", NEW."cluster_id", NEW."code", NEW."id", NEW."is_main", NEW."nomenclature", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="e996870dedbd24def4e238b0449764341836a0d1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8858f",
                            table="directory_organisationsector",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationsector",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationsectorevent" ("agency_id", "cluster_id", "code", "id", "is_main", "nomenclature", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."agency_id", old_values."cluster_id", old_values."code", old_values."id", old_values."is_main", old_values."nomenclature", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e68f613e56beee21b78d10cccb4c6935c4f6d5c7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_15f43",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="directory_organisationsector",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddIndex(
            model_name="organisationsector",
            index=models.Index(
                condition=models.Q(("cluster_id__isnull", False)),
                fields=["cluster_id"],
                name="organisation_sector_private",
            ),
        ),
    ]
