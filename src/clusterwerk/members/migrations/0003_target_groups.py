"""Target groups of a cluster, and what was counted of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import clusterwerk.platform.access.keys
from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0005_hand_over_agreed"),
        ("members", "0002_history"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="TargetGroup",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "description",
                            models.TextField(
                                blank=True, default="", max_length=2000, verbose_name="description"
                            ),
                        ),
                        (
                            "sectors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "municipalities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "provinces",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "regions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "sizes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "legal_forms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "natural_persons",
                            models.BooleanField(default=False, verbose_name="natural persons too"),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="target_groups",
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="TargetGroupCount",
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
                        ("day", models.DateField(verbose_name="day")),
                        ("counted_at", models.DateTimeField()),
                        (
                            "register_day",
                            models.DateField(
                                blank=True, null=True, verbose_name="day of the register"
                            ),
                        ),
                        ("definition", models.JSONField()),
                        ("enterprises", models.PositiveIntegerField(verbose_name="enterprises")),
                        ("members", models.PositiveIntegerField(verbose_name="members")),
                        ("size_unknown", models.PositiveIntegerField(verbose_name="size unknown")),
                        ("cells", models.JSONField()),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "target_group",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counts",
                                to="members.targetgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="TargetGroupEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "description",
                            models.TextField(
                                blank=True, default="", max_length=2000, verbose_name="description"
                            ),
                        ),
                        (
                            "sectors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "municipalities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "provinces",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "regions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "sizes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "legal_forms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "natural_persons",
                            models.BooleanField(default=False, verbose_name="natural persons too"),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
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
                                to="members.targetgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="targetgroup",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "name"),
                        name="target_group_once_per_cluster",
                        violation_error_message="The cluster already has a target group of this name.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetgroup",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="target_group_of_cluster"
                    ),
                ),
                migrations.AddIndex(
                    model_name="targetgroupcount",
                    index=models.Index(
                        fields=["cluster", "target_group", "-day"], name="target_group_counts"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetgroupcount",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "target_group", "day"),
                        name="target_group_count_once_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetgroupcount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("members__lte", models.F("enterprises"))),
                        name="target_group_members_are_part",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetgroupcount",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "target_group_id"),
                        name="target_group_count_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.TargetGroup",
                    ),
                ),
                migrations.AddIndex(
                    model_name="targetgroupevent",
                    index=models.Index(fields=["pgh_obj"], name="targetgroup_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="targetgroupevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="targetgroup_past_clu"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_targetgroupevent" ("cluster_id", "description", "id", "is_demo", "keywords", "legal_forms", "municipalities", "name", "natural_persons", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "provinces", "regions", "sectors", "sizes") SELECT new_values."cluster_id", new_values."description", new_values."id", new_values."is_demo", new_values."keywords", new_values."legal_forms", new_values."municipalities", new_values."name", new_values."natural_persons", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."provinces", new_values."regions", new_values."sectors", new_values."sizes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="47cf3762ab80085f8ca26479634a7de3fba39544",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bdc80",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_targetgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_targetgroupevent" ("cluster_id", "description", "id", "is_demo", "keywords", "legal_forms", "municipalities", "name", "natural_persons", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "provinces", "regions", "sectors", "sizes") VALUES (NEW."cluster_id", NEW."description", NEW."id", NEW."is_demo", NEW."keywords", NEW."legal_forms", NEW."municipalities", NEW."name", NEW."natural_persons", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."provinces", NEW."regions", NEW."sectors", NEW."sizes"); RETURN NULL;',
                            hash="e2f6cf12358da1e380edb6d4cded9679707be360",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3779e",
                            table="members_targetgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_targetgroupevent" ("cluster_id", "description", "id", "is_demo", "keywords", "legal_forms", "municipalities", "name", "natural_persons", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "provinces", "regions", "sectors", "sizes") SELECT old_values."cluster_id", old_values."description", old_values."id", old_values."is_demo", old_values."keywords", old_values."legal_forms", old_values."municipalities", old_values."name", old_values."natural_persons", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."provinces", old_values."regions", old_values."sectors", old_values."sizes" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="83c055307e61b1f69387f8b057d64582a777f162",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ea3d9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_targetgroup",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
