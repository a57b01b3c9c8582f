"""Every change of a row is kept from here on, by triggers."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce
from clusterwerk.platform.history.baseline import baseline


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0002_history"),
        ("directory", "0002_history"),
        ("members", "0001_initial"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="ContributionEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "working_year",
                            models.PositiveSmallIntegerField(verbose_name="working year"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="amount"
                            ),
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
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.membership",
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
                                to="members.contribution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="contribution_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="contribution_past_clu"
                            ),
                            models.Index(
                                fields=["organisation", "pgh_obj"], name="contribution_past_org"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipCategoryEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
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
                                to="members.membershipcategory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="membershipcategory_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="membershipcategory_past_clu"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="period"
                            ),
                        ),
                        ("is_paying", models.BooleanField(verbose_name="pays a contribution")),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
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
                            "category",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.membershipcategory",
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
                                to="members.membership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="membership_past_pgh"),
                            models.Index(fields=["cluster", "pgh_obj"], name="membership_past_clu"),
                            models.Index(fields=["agency", "pgh_obj"], name="membership_past_age"),
                            models.Index(
                                fields=["organisation", "pgh_obj"], name="membership_past_org"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SizeStatementEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "headcount",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="headcount"
                            ),
                        ),
                        (
                            "turnover",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True
                            ),
                        ),
                        (
                            "balance_total",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
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
                                to="members.sizestatement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="sizestatement_past_pgh"),
                            models.Index(
                                fields=["cluster", "pgh_obj"], name="sizestatement_past_clu"
                            ),
                            models.Index(
                                fields=["organisation", "pgh_obj"], name="sizestatement_past_org"
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributionevent" ("amount", "cluster_id", "id", "is_demo", "membership_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "working_year") SELECT new_values."amount", new_values."cluster_id", new_values."id", new_values."is_demo", new_values."membership_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."working_year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4a7b723fa1d762b763908a7f6f879b03d47ad983",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8f198",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_contribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_contributionevent" ("amount", "cluster_id", "id", "is_demo", "membership_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "working_year") VALUES (NEW."amount", NEW."cluster_id", NEW."id", NEW."is_demo", NEW."membership_id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."working_year"); RETURN NULL;',
                            hash="3fba136fcacff08db88076ce6a0c4181974086fd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bdf5a",
                            table="members_contribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributionevent" ("amount", "cluster_id", "id", "is_demo", "membership_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "working_year") SELECT old_values."amount", old_values."cluster_id", old_values."id", old_values."is_demo", old_values."membership_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."working_year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e2dc4e54dddecac832fdc81606e5cd3897a965f8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7756f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_contribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipevent" ("agency_id", "category_id", "cluster_id", "id", "is_demo", "is_paying", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."agency_id", new_values."category_id", new_values."cluster_id", new_values."id", new_values."is_demo", new_values."is_paying", new_values."organisation_id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e7743ad41cf594a49a605f5f6487c39f74f6c2e6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_20243",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_membershipevent" ("agency_id", "category_id", "cluster_id", "id", "is_demo", "is_paying", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."agency_id", NEW."category_id", NEW."cluster_id", NEW."id", NEW."is_demo", NEW."is_paying", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="604643820b9cbf52918d1b7307410bda47119b0a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f5071",
                            table="members_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipevent" ("agency_id", "category_id", "cluster_id", "id", "is_demo", "is_paying", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."agency_id", old_values."category_id", old_values."cluster_id", old_values."id", old_values."is_demo", old_values."is_paying", old_values."organisation_id", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="202058ad2967bcdda28f1b3a73d5824717a0df64",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84b9f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipcategory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipcategoryevent" ("cluster_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cluster_id", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2743c3ba013894b49965bfbf0f19d0a5329a0401",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_de6bf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_membershipcategory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipcategory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_membershipcategoryevent" ("cluster_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cluster_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="11062d52a2b6549d0d4211f93e10a40df5dd3820",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_484cd",
                            table="members_membershipcategory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipcategory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipcategoryevent" ("cluster_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cluster_id", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="314bf19fd02b9952137d39b376102f6e0220035c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c6ef1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_membershipcategory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sizestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_sizestatementevent" ("balance_total", "cluster_id", "headcount", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "turnover", "year") SELECT new_values."balance_total", new_values."cluster_id", new_values."headcount", new_values."id", new_values."is_demo", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source", new_values."turnover", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="14a5523ca3d8a8233a0a2470a895f950369b450b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c76a7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_sizestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sizestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_sizestatementevent" ("balance_total", "cluster_id", "headcount", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "turnover", "year") VALUES (NEW."balance_total", NEW."cluster_id", NEW."headcount", NEW."id", NEW."is_demo", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source", NEW."turnover", NEW."year"); RETURN NULL;',
                            hash="a95fa18a31863dd8bdd6a194dfaea09f5b15d12c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91a42",
                            table="members_sizestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sizestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_sizestatementevent" ("balance_total", "cluster_id", "headcount", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "turnover", "year") SELECT old_values."balance_total", old_values."cluster_id", old_values."headcount", old_values."id", old_values."is_demo", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source", old_values."turnover", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2ed6006ddd58f56ca47c5f8bb05aa3ead3d04b3d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c2c6a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_sizestatement",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(
            baseline(
                "members_contribution",
                "members_membership",
                "members_membershipcategory",
                "members_sizestatement",
            ),
            migrations.RunPython.noop,
        ),
    ]
