"""Postcodes and coordinates of places, activity codes, and the European ecosystems."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_organisation_by_demo"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Ecosystem",
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
                        ("key", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=100)),
                        ("name_nl", models.CharField(blank=True, default="", max_length=100)),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="EcosystemSector",
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
                            "nomenclature",
                            models.CharField(
                                choices=[
                                    ("2003", "NACE Rev. 1.1 and NACE-BEL 2003"),
                                    ("2008", "NACE Rev. 2 and NACE-BEL 2008"),
                                    ("2025", "NACE Rev. 2.1 and NACE-BEL 2025"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("code", models.CharField(max_length=7)),
                        (
                            "weight",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=5, null=True
                            ),
                        ),
                        ("is_confirmed", models.BooleanField(default=False)),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["nomenclature", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationSector",
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
                            "nomenclature",
                            models.CharField(
                                choices=[
                                    ("2003", "NACE Rev. 1.1 and NACE-BEL 2003"),
                                    ("2008", "NACE Rev. 2 and NACE-BEL 2008"),
                                    ("2025", "NACE Rev. 2.1 and NACE-BEL 2025"),
                                ],
                                max_length=4,
                                verbose_name="nomenclature",
                            ),
                        ),
                        ("code", models.CharField(max_length=7, verbose_name="activity code")),
                        (
                            "is_main",
                            models.BooleanField(default=False, verbose_name="main activity"),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                    ],
                    options={
                        "ordering": ["-is_main", "-nomenclature", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationSectorEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "nomenclature",
                            models.CharField(
                                choices=[
                                    ("2003", "NACE Rev. 1.1 and NACE-BEL 2003"),
                                    ("2008", "NACE Rev. 2 and NACE-BEL 2008"),
                                    ("2025", "NACE Rev. 2.1 and NACE-BEL 2025"),
                                ],
                                max_length=4,
                                verbose_name="nomenclature",
                            ),
                        ),
                        ("code", models.CharField(max_length=7, verbose_name="activity code")),
                        (
                            "is_main",
                            models.BooleanField(default=False, verbose_name="main activity"),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Postcode",
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
                        ("code", models.CharField(max_length=4)),
                    ],
                    options={
                        "ordering": ["code", "place_id"],
                    },
                ),
                migrations.CreateModel(
                    name="Sector",
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
                            "nomenclature",
                            models.CharField(
                                choices=[
                                    ("2003", "NACE Rev. 1.1 and NACE-BEL 2003"),
                                    ("2008", "NACE Rev. 2 and NACE-BEL 2008"),
                                    ("2025", "NACE Rev. 2.1 and NACE-BEL 2025"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("code", models.CharField(max_length=7)),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "section"),
                                    (2, "division"),
                                    (3, "group"),
                                    (4, "class"),
                                    (5, "Belgian subclass"),
                                ]
                            ),
                        ),
                        ("label_en", models.CharField(blank=True, default="", max_length=400)),
                        ("label_nl", models.CharField(blank=True, default="", max_length=400)),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["nomenclature", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="SectorLink",
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
                        ("is_partial", models.BooleanField()),
                        ("source", models.CharField(max_length=200)),
                    ],
                ),
                migrations.AddField(
                    model_name="place",
                    name="latitude",
                    field=models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True
                    ),
                ),
                migrations.AddField(
                    model_name="place",
                    name="longitude",
                    field=models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True
                    ),
                ),
                migrations.AddField(
                    model_name="place",
                    name="name_fr",
                    field=models.CharField(blank=True, default="", max_length=100),
                ),
                migrations.AddField(
                    model_name="placeevent",
                    name="latitude",
                    field=models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True
                    ),
                ),
                migrations.AddField(
                    model_name="placeevent",
                    name="longitude",
                    field=models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True
                    ),
                ),
                migrations.AddField(
                    model_name="placeevent",
                    name="name_fr",
                    field=models.CharField(blank=True, default="", max_length=100),
                ),
                migrations.AddConstraint(
                    model_name="ecosystem",
                    constraint=models.UniqueConstraint(fields=("key",), name="ecosystem_once"),
                ),
                migrations.AddField(
                    model_name="ecosystemsector",
                    name="ecosystem",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sectors",
                        to="directory.ecosystem",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationsector",
                    name="organisation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sectors",
                        to="directory.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationsectorevent",
                    name="organisation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationsectorevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="directory.organisationsector",
                    ),
                ),
                migrations.AddField(
                    model_name="postcode",
                    name="place",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postcodes",
                        to="directory.place",
                    ),
                ),
                migrations.AddField(
                    model_name="sector",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.sector",
                    ),
                ),
                migrations.AddField(
                    model_name="sectorlink",
                    name="newer",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="continues",
                        to="directory.sector",
                    ),
                ),
                migrations.AddField(
                    model_name="sectorlink",
                    name="older",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="continued_by",
                        to="directory.sector",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ecosystemsector",
                    constraint=models.UniqueConstraint(
                        fields=("ecosystem", "nomenclature", "code"), name="ecosystem_sector_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ecosystemsector",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("weight__isnull", True),
                            models.Q(("weight__gte", 0), ("weight__lte", 1)),
                            _connector="OR",
                        ),
                        name="ecosystem_weight_is_a_share",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisationsector",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "nomenclature", "code"),
                        name="organisation_sector_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organisationsectorevent",
                    index=models.Index(fields=["pgh_obj"], name="organisationsector_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="organisationsectorevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="organisationsector_past_org"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="postcode",
                    constraint=models.UniqueConstraint(
                        fields=("code", "place"), name="postcode_once_per_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sector",
                    constraint=models.UniqueConstraint(
                        fields=("nomenclature", "code"), name="sector_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sectorlink",
                    constraint=models.UniqueConstraint(
                        fields=("older", "newer"), name="sector_link_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sectorlink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("older", models.F("newer")), _negated=True),
                        name="sector_link_to_another",
                    ),
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="place",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="place",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="place",
                    name="delete_delete",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="place",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_placeevent" ("id", "latitude", "longitude", "name", "name_fr", "nis_code", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "province", "region") SELECT new_values."id", new_values."latitude", new_values."longitude", new_values."name", new_values."name_fr", new_values."nis_code", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."province", new_values."region" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1509f96152c9f7b45886648d3f79201d3ccb9cf2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_40daf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="directory_place",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="place",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_fr" IS DISTINCT FROM (NEW."name_fr") OR OLD."nis_code" IS DISTINCT FROM (NEW."nis_code") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."region" IS DISTINCT FROM (NEW."region"))',
                            func='INSERT INTO "directory_placeevent" ("id", "latitude", "longitude", "name", "name_fr", "nis_code", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "province", "region") VALUES (NEW."id", NEW."latitude", NEW."longitude", NEW."name", NEW."name_fr", NEW."nis_code", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."province", NEW."region"); RETURN NULL;',
                            hash="f100739c46fb2bacfd162691d0459320a8dda883",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e9bb",
                            table="directory_place",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="place",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_placeevent" ("id", "latitude", "longitude", "name", "name_fr", "nis_code", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "province", "region") SELECT old_values."id", old_values."latitude", old_values."longitude", old_values."name", old_values."name_fr", old_values."nis_code", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."province", old_values."region" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="48f9f1e9d5bf6927e541a3190e7e6963a23e424b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0946c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="directory_place",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationsector",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationsectorevent" ("code", "id", "is_main", "nomenclature", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."is_main", new_values."nomenclature", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5f19a7daba8c4f52314ee26b5d563030255f6c2a",
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
                            func='INSERT INTO "directory_organisationsectorevent" ("code", "id", "is_main", "nomenclature", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."code", NEW."id", NEW."is_main", NEW."nomenclature", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="d5d6be441ed4f263020e94f1c59b19393ba99b44",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationsectorevent" ("code", "id", "is_main", "nomenclature", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."code", old_values."id", old_values."is_main", old_values."nomenclature", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="bfc8edccdb36557afbd9453f6e56b051bcd13b09",
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
    ]
