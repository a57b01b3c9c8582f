"""Every change of a row is kept from here on, by triggers."""

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
        ("programme", "0001_initial"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="AgreementEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="starts on"),
                        ),
                        ("ends_on", models.DateField(verbose_name="ends on")),
                        ("period_basis", models.CharField(max_length=200)),
                        (
                            "subsidy",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="subsidy",
                            ),
                        ),
                        (
                            "outlook",
                            models.CharField(blank=True, max_length=300, verbose_name="outlook"),
                        ),
                        ("outlook_elsewhere", models.CharField(blank=True, max_length=300)),
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
                            "call",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programme.call",
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
                                to="programme.agreement",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programme.scheme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="agreement_past_pgh"),
                            models.Index(fields=["cluster", "pgh_obj"], name="agreement_past_clu"),
                            models.Index(fields=["agency", "pgh_obj"], name="agreement_past_age"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
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
                                to="programme.call",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programme.scheme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="call_past_pgh"),
                            models.Index(fields=["agency", "pgh_obj"], name="call_past_age"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchemeEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=60)),
                        ("version", models.CharField(max_length=20)),
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
                                to="programme.scheme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="scheme_past_pgh"),
                            models.Index(fields=["agency", "pgh_obj"], name="scheme_past_age"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("indicator", models.CharField(max_length=80)),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("due_after_months", models.PositiveSmallIntegerField()),
                        ("source", models.CharField(max_length=200)),
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
                                to="programme.target",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programme.scheme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["pgh_obj"], name="target_past_pgh"),
                            models.Index(fields=["cluster", "pgh_obj"], name="target_past_clu"),
                            models.Index(fields=["agency", "pgh_obj"], name="target_past_age"),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_agreementevent" ("agency_id", "call_id", "cluster_id", "ends_on", "id", "outlook", "outlook_elsewhere", "period_basis", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "starts_on", "subsidy") SELECT new_values."agency_id", new_values."call_id", new_values."cluster_id", new_values."ends_on", new_values."id", new_values."outlook", new_values."outlook_elsewhere", new_values."period_basis", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."scheme_id", new_values."starts_on", new_values."subsidy" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8792fb50422f25e006ef0963bee49f435f7af4c8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c81b2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="programme_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programme_agreementevent" ("agency_id", "call_id", "cluster_id", "ends_on", "id", "outlook", "outlook_elsewhere", "period_basis", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "starts_on", "subsidy") VALUES (NEW."agency_id", NEW."call_id", NEW."cluster_id", NEW."ends_on", NEW."id", NEW."outlook", NEW."outlook_elsewhere", NEW."period_basis", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."scheme_id", NEW."starts_on", NEW."subsidy"); RETURN NULL;',
                            hash="923a12e63e1b1c965d0f569c3c96fb7303957d70",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_45a67",
                            table="programme_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_agreementevent" ("agency_id", "call_id", "cluster_id", "ends_on", "id", "outlook", "outlook_elsewhere", "period_basis", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "starts_on", "subsidy") SELECT old_values."agency_id", old_values."call_id", old_values."cluster_id", old_values."ends_on", old_values."id", old_values."outlook", old_values."outlook_elsewhere", old_values."period_basis", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."scheme_id", old_values."starts_on", old_values."subsidy" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b7ddaece13e78d37e03d316e5e0192c67217a4a3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_198ca",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programme_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="call",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_callevent" ("agency_id", "id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id") SELECT new_values."agency_id", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."scheme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="580bd2809413e13a365bc2e34213e2260acff61e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_78033",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="programme_call",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="call",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programme_callevent" ("agency_id", "id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id") VALUES (NEW."agency_id", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."scheme_id"); RETURN NULL;',
                            hash="51b94381623d569e9488881c22a03719f23cb2de",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e7cb",
                            table="programme_call",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="call",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_callevent" ("agency_id", "id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id") SELECT old_values."agency_id", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."scheme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="03206711f4c2a98f63a6d51a6df88ef9d9fd8afd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0e247",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programme_call",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_schemeevent" ("agency_id", "id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."agency_id", new_values."id", new_values."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b25ad05311d13a832bedae5b7cff1bf6a2091be0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_89a51",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="programme_scheme",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programme_schemeevent" ("agency_id", "id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."agency_id", NEW."id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="109abe6870d27d4a4c1c9c5b206ea51f8eeeb1fc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_46c96",
                            table="programme_scheme",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_schemeevent" ("agency_id", "id", "key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."agency_id", old_values."id", old_values."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e4bffdc166c1feed2ef039aaf920c060bf3b47f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54d78",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programme_scheme",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_targetevent" ("agency_id", "cluster_id", "due_after_months", "id", "indicator", "is_demo", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "source", "value") SELECT new_values."agency_id", new_values."cluster_id", new_values."due_after_months", new_values."id", new_values."indicator", new_values."is_demo", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."scheme_id", new_values."source", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b0cc12a7ce033764f43b4140c41583612b6c310",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f7125",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="programme_target",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programme_targetevent" ("agency_id", "cluster_id", "due_after_months", "id", "indicator", "is_demo", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "source", "value") VALUES (NEW."agency_id", NEW."cluster_id", NEW."due_after_months", NEW."id", NEW."indicator", NEW."is_demo", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."scheme_id", NEW."source", NEW."value"); RETURN NULL;',
                            hash="e214754106c8dac27ebbad9fa0f3630c85bb4d99",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2014f",
                            table="programme_target",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_targetevent" ("agency_id", "cluster_id", "due_after_months", "id", "indicator", "is_demo", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "source", "value") SELECT old_values."agency_id", old_values."cluster_id", old_values."due_after_months", old_values."id", old_values."indicator", old_values."is_demo", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."scheme_id", old_values."source", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="18fbee8d9d164e27078fa98248bb9bfd74ec01fa",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_92309",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programme_target",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(
            baseline(
                "programme_agreement", "programme_call", "programme_scheme", "programme_target"
            ),
            migrations.RunPython.noop,
        ),
    ]
