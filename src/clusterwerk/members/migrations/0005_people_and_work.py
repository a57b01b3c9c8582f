"""People at members, what a cluster speaks of with them, promises, tasks, tags and own fields."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clusterwerk.platform.access.keys
import clusterwerk.platform.text
from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0005_hand_over_agreed"),
        ("directory", "0003_organisation_by_demo"),
        ("members", "0004_moving_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Consent",
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
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("newsletter", "newsletter"),
                                    ("invitations", "invitations"),
                                    ("photos", "photos"),
                                    ("sharing_with_members", "sharing with other members"),
                                ],
                                max_length=30,
                                verbose_name="purpose",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("given", "given"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("said_on", models.DateField(verbose_name="said on")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("spoken", "spoken"),
                                    ("written", "written"),
                                    ("website", "on a website"),
                                    ("mailing", "in a mailing"),
                                ],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["purpose"],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                            "first_name",
                            models.CharField(blank=True, max_length=100, verbose_name="first name"),
                        ),
                        (
                            "last_name",
                            models.CharField(blank=True, max_length=100, verbose_name="last name"),
                        ),
                        (
                            "name_sort",
                            models.GeneratedField(
                                db_persist=True,
                                expression=clusterwerk.platform.text.SortKey(
                                    django.db.models.functions.text.Concat(
                                        models.F("last_name"),
                                        models.Value(" "),
                                        models.F("first_name"),
                                    )
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "email",
                            models.CharField(
                                blank=True, max_length=254, verbose_name="e-mail address"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="telephone"),
                        ),
                        (
                            "mobile",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="mobile telephone"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nl", "Dutch"),
                                    ("fr", "French"),
                                    ("en", "English"),
                                    ("de", "German"),
                                ],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "bounced_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="mail came back on"
                            ),
                        ),
                        (
                            "archived_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="no longer kept in lists since"
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name_sort", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("newsletter", "newsletter"),
                                    ("invitations", "invitations"),
                                    ("photos", "photos"),
                                    ("sharing_with_members", "sharing with other members"),
                                ],
                                max_length=30,
                                verbose_name="purpose",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("given", "given"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("said_on", models.DateField(verbose_name="said on")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("spoken", "spoken"),
                                    ("written", "written"),
                                    ("website", "on a website"),
                                    ("mailing", "in a mailing"),
                                ],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
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
                                to="members.consent",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.contact",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "first_name",
                            models.CharField(
                                blank=True, max_length=100, null=True, verbose_name="first name"
                            ),
                        ),
                        (
                            "last_name",
                            models.CharField(
                                blank=True, max_length=100, null=True, verbose_name="last name"
                            ),
                        ),
                        (
                            "email",
                            models.CharField(
                                blank=True, max_length=254, null=True, verbose_name="e-mail address"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True, max_length=20, null=True, verbose_name="telephone"
                            ),
                        ),
                        (
                            "mobile",
                            models.CharField(
                                blank=True,
                                max_length=20,
                                null=True,
                                verbose_name="mobile telephone",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nl", "Dutch"),
                                    ("fr", "French"),
                                    ("en", "English"),
                                    ("de", "German"),
                                ],
                                max_length=2,
                                null=True,
                                verbose_name="language",
                            ),
                        ),
                        ("note", models.TextField(blank=True, null=True, verbose_name="note")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "bounced_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="mail came back on"
                            ),
                        ),
                        (
                            "archived_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="no longer kept in lists since"
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="members.contact",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomField",
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
                            "subject",
                            models.CharField(
                                choices=[("organisation", "organisation"), ("contact", "contact")],
                                max_length=20,
                                verbose_name="about",
                            ),
                        ),
                        ("key", models.SlugField(max_length=60, verbose_name="key")),
                        ("label", models.CharField(max_length=60, verbose_name="label")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "text"),
                                    ("number", "number"),
                                    ("day", "day"),
                                    ("choice", "choice"),
                                    ("yes_no", "yes or no"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="choices",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="CustomFieldEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "subject",
                            models.CharField(
                                choices=[("organisation", "organisation"), ("contact", "contact")],
                                max_length=20,
                                verbose_name="about",
                            ),
                        ),
                        (
                            "key",
                            models.SlugField(db_index=False, max_length=60, verbose_name="key"),
                        ),
                        ("label", models.CharField(max_length=60, verbose_name="label")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "text"),
                                    ("number", "number"),
                                    ("day", "day"),
                                    ("choice", "choice"),
                                    ("yes_no", "yes or no"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="choices",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="members.customfield",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomValue",
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
                        ("value", models.TextField(verbose_name="value")),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="values",
                                to="members.customfield",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CustomValueEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("value", models.TextField(null=True, verbose_name="value")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.customfield",
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
                                to="members.customvalue",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Expectation",
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
                        ("said_on", models.DateField(verbose_name="said on")),
                        ("text", models.TextField(verbose_name="what the member expects")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("taken_up", "taken up"),
                                    ("met", "met"),
                                    ("declined", "declined"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="answered on"),
                        ),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["said_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ExpectationEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "text",
                            models.TextField(null=True, verbose_name="what the member expects"),
                        ),
                        ("answer", models.TextField(blank=True, null=True, verbose_name="answer")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("said_on", models.DateField(verbose_name="said on")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("taken_up", "taken up"),
                                    ("met", "met"),
                                    ("declined", "declined"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="answered on"),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.contact",
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
                                to="members.expectation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Interaction",
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
                                    ("meeting", "meeting"),
                                    ("call", "call"),
                                    ("mail", "mail"),
                                    ("note", "note"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "happened_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="when"
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=200, verbose_name="subject"),
                        ),
                        ("body", models.TextField(blank=True, verbose_name="what was said")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True, max_length=255, verbose_name="number in the source"
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "author",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-happened_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="InteractionEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "subject",
                            models.CharField(
                                blank=True, max_length=200, null=True, verbose_name="subject"
                            ),
                        ),
                        (
                            "body",
                            models.TextField(blank=True, null=True, verbose_name="what was said"),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("meeting", "meeting"),
                                    ("call", "call"),
                                    ("mail", "mail"),
                                    ("note", "note"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "happened_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="when"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True, max_length=255, verbose_name="number in the source"
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "author",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="members.interaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InteractionParty",
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "interaction",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="members.interaction",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="InteractionPartyEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "interaction",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.interaction",
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
                                to="members.interactionparty",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Position",
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
                            "title",
                            models.CharField(blank=True, max_length=150, verbose_name="title"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("representative", "representative"),
                                    ("finance", "finance"),
                                    ("technical", "technical"),
                                    ("communication", "communication"),
                                    ("other", "other"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "is_main",
                            models.BooleanField(default=False, verbose_name="main contact"),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="period"
                            ),
                        ),
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
                            "contact",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="members.contact",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-is_main", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="PositionEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=150, null=True, verbose_name="title"
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("representative", "representative"),
                                    ("finance", "finance"),
                                    ("technical", "technical"),
                                    ("communication", "communication"),
                                    ("other", "other"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "is_main",
                            models.BooleanField(default=False, verbose_name="main contact"),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="period"
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
                            "contact",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.contact",
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
                                to="members.position",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
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
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("free", "tag"),
                                    ("value_chain", "position in the value chain"),
                                ],
                                default="free",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="TagEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("free", "tag"),
                                    ("value_chain", "position in the value chain"),
                                ],
                                default="free",
                                max_length=20,
                                verbose_name="kind",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="past",
                                related_query_name="past",
                                to="members.tag",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TagUse",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="members.tag",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TagUseEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
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
                                to="members.taguse",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.tag",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                            "title",
                            models.CharField(max_length=200, verbose_name="what has to be done"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        (
                            "remind_on",
                            models.DateField(blank=True, null=True, verbose_name="remind on"),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="reminded at"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="done at"),
                        ),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "expectation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="members.expectation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "owner",
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
                        "ordering": ["due_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "title",
                            models.CharField(
                                max_length=200, null=True, verbose_name="what has to be done"
                            ),
                        ),
                        ("note", models.TextField(blank=True, null=True, verbose_name="note")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        (
                            "remind_on",
                            models.DateField(blank=True, null=True, verbose_name="remind on"),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="reminded at"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="done at"),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.contact",
                            ),
                        ),
                        (
                            "expectation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="members.expectation",
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
                            "owner",
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
                                to="members.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="consent",
                    name="contact",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="members.contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        fields=["cluster", "name_sort", "id"], name="contact_by_name"
                    ),
                ),
                migrations.AddIndex(
                    model_name="consentevent",
                    index=models.Index(fields=["pgh_obj"], name="consent_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="consentevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="consent_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="consent",
                    index=models.Index(
                        fields=["cluster", "purpose", "state"], name="consent_by_purpose"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactevent",
                    index=models.Index(fields=["pgh_obj"], name="contact_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="contactevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="contact_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="customfieldevent",
                    index=models.Index(fields=["pgh_obj"], name="customfield_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="customfieldevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="customfield_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="customvalue",
                    index=models.Index(
                        fields=["cluster", "organisation"], name="value_by_organisation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="customvalue",
                    index=models.Index(fields=["cluster", "contact"], name="value_by_contact"),
                ),
                migrations.AddIndex(
                    model_name="customvalueevent",
                    index=models.Index(fields=["pgh_obj"], name="customvalue_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="customvalueevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="customvalue_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="customvalueevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="customvalue_past_org"
                    ),
                ),
                migrations.AddIndex(
                    model_name="expectation",
                    index=models.Index(
                        fields=["cluster", "organisation"], name="expectation_by_organisation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="expectation",
                    index=models.Index(
                        fields=["cluster", "state", "said_on"], name="expectation_by_state"
                    ),
                ),
                migrations.AddIndex(
                    model_name="expectationevent",
                    index=models.Index(fields=["pgh_obj"], name="expectation_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="expectationevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="expectation_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="expectationevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="expectation_past_org"
                    ),
                ),
                migrations.AddIndex(
                    model_name="interaction",
                    index=models.Index(
                        fields=["cluster", "happened_at", "id"], name="interaction_by_moment"
                    ),
                ),
                migrations.AddIndex(
                    model_name="interactionevent",
                    index=models.Index(fields=["pgh_obj"], name="interaction_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="interactionevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="interaction_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="interactionparty",
                    index=models.Index(
                        fields=["cluster", "organisation"], name="party_by_organisation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="interactionparty",
                    index=models.Index(fields=["cluster", "contact"], name="party_by_contact"),
                ),
                migrations.AddIndex(
                    model_name="interactionpartyevent",
                    index=models.Index(fields=["pgh_obj"], name="interactionparty_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="interactionpartyevent",
                    index=models.Index(
                        fields=["cluster", "pgh_obj"], name="interactionparty_past_clu"
                    ),
                ),
                migrations.AddIndex(
                    model_name="interactionpartyevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="interactionparty_past_org"
                    ),
                ),
                migrations.AddIndex(
                    model_name="position",
                    index=models.Index(
                        fields=["cluster", "organisation"], name="position_by_organisation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="position",
                    index=models.Index(fields=["cluster", "contact"], name="position_by_contact"),
                ),
                migrations.AddIndex(
                    model_name="positionevent",
                    index=models.Index(fields=["pgh_obj"], name="position_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="positionevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="position_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="positionevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="position_past_org"
                    ),
                ),
                migrations.AddIndex(
                    model_name="tagevent",
                    index=models.Index(fields=["pgh_obj"], name="tag_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="tagevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="tag_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="taguse",
                    index=models.Index(
                        fields=["cluster", "organisation"], name="tag_use_by_organisation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="taguseevent",
                    index=models.Index(fields=["pgh_obj"], name="taguse_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="taguseevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="taguse_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="taguseevent",
                    index=models.Index(fields=["organisation", "pgh_obj"], name="taguse_past_org"),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(fields=["cluster", "owner", "due_on"], name="task_by_owner"),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(
                        fields=["cluster", "organisation"], name="task_by_organisation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(
                        condition=models.Q(("done_at", None), ("reminded_at", None)),
                        fields=["cluster", "remind_on"],
                        name="task_to_remind",
                    ),
                ),
                migrations.AddIndex(
                    model_name="taskevent",
                    index=models.Index(fields=["pgh_obj"], name="task_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="taskevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="task_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="taskevent",
                    index=models.Index(fields=["organisation", "pgh_obj"], name="task_past_org"),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="contact_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.UniqueConstraint(
                        models.F("cluster"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True), ("archived_on", None)
                        ),
                        name="contact_email_once_per_cluster",
                        violation_error_message="Another contact of the cluster has this address.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("email", ""), ("first_name", ""), ("last_name", ""), _negated=True
                        ),
                        name="contact_can_be_named",
                        violation_error_message="A contact has a name or an e-mail address.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "contact", "purpose"), name="consent_once_per_purpose"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "contact_id"),
                        name="consent_contact_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="custom_field_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "subject", "key"),
                        name="custom_field_once_per_cluster",
                        violation_error_message="The cluster has a field of this name already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "choice"), models.Q(("choices", []), _negated=True)),
                            models.Q(models.Q(("kind", "choice"), _negated=True), ("choices", [])),
                            _connector="OR",
                        ),
                        name="custom_field_choice_has_choices",
                        violation_error_message="A choice has at least one thing to choose.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customvalue",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "field_id"),
                        name="custom_value_field_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.CustomField",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customvalue",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "contact_id"),
                        name="custom_value_contact_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customvalue",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "field", "organisation", "contact"),
                        name="custom_value_once_per_field",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customvalue",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact", None), ("organisation__isnull", False)),
                            models.Q(("contact__isnull", False), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="custom_value_of_one_subject",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customvalue",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True),
                        name="custom_value_not_empty",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="expectation",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="expectation_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="expectation",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "contact_id"),
                        name="expectation_contact_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="expectation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("met", "declined")),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("met", "declined")), _negated=True),
                                ("answered_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="expectation_settled_with_an_answer",
                        violation_error_message="An expectation that is met or declined has an answer and its day.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interaction",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="interaction_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interaction",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("cluster", "external_id"),
                        name="interaction_once_per_source",
                        violation_error_message="This is on the timeline already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("body", ""), ("subject", ""), _negated=True),
                        name="interaction_says_something",
                        violation_error_message="Say in a few words what it was about.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interactionparty",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "interaction_id"),
                        name="party_interaction_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Interaction",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interactionparty",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "contact_id"),
                        name="party_contact_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interactionparty",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "interaction", "organisation", "contact"),
                        name="party_once_per_interaction",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interactionparty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            ("contact__isnull", False),
                            _connector="OR",
                        ),
                        name="party_is_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="position_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "contact_id"),
                        name="position_contact_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("period__isempty", False)),
                        name="position_period_holds_a_day",
                        violation_error_message="A position has a first day before its last.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("cluster", "="),
                            ("contact", "="),
                            ("organisation", "="),
                            ("role", "="),
                            ("period", "&&"),
                        ],
                        name="position_once_at_a_time",
                        violation_error_message="This contact already has this role at the organisation in this period.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_main", True)),
                        expressions=[("cluster", "="), ("organisation", "="), ("period", "&&")],
                        name="position_one_main_contact",
                        violation_error_message="The organisation already has a main contact in this period.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tag",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="tag_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tag",
                    constraint=models.UniqueConstraint(
                        models.F("cluster"),
                        models.F("kind"),
                        django.db.models.functions.text.Lower("name"),
                        name="tag_once_per_cluster",
                        violation_error_message="The cluster has this tag already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="taguse",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "tag", "organisation"), name="tag_once_per_organisation"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="taguse",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "tag_id"),
                        name="tag_use_tag_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Tag",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="task_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "contact_id"),
                        name="task_contact_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "expectation_id"),
                        name="task_expectation_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.Expectation",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contactevent" ("archived_on", "bounced_on", "cluster_id", "email", "first_name", "id", "is_demo", "language", "last_name", "mobile", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source") SELECT new_values."archived_on", new_values."bounced_on", new_values."cluster_id", new_values."email", new_values."first_name", new_values."id", new_values."is_demo", new_values."language", new_values."last_name", new_values."mobile", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."phone", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="17ff30c0fb729b43ef7d4e766c19508756571710",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bd961",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."archived_on" IS DISTINCT FROM (NEW."archived_on") OR OLD."bounced_on" IS DISTINCT FROM (NEW."bounced_on") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."source" IS DISTINCT FROM (NEW."source"))',
                            func='INSERT INTO "members_contactevent" ("archived_on", "bounced_on", "cluster_id", "email", "first_name", "id", "is_demo", "language", "last_name", "mobile", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source") VALUES (NEW."archived_on", NEW."bounced_on", NEW."cluster_id", NEW."email", NEW."first_name", NEW."id", NEW."is_demo", NEW."language", NEW."last_name", NEW."mobile", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."source"); RETURN NULL;',
                            hash="7c1acafab7665eeef17b71b170b6fcef46e1572b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7798f",
                            table="members_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contactevent" ("archived_on", "bounced_on", "cluster_id", "email", "first_name", "id", "is_demo", "language", "last_name", "mobile", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source") SELECT old_values."archived_on", old_values."bounced_on", old_values."cluster_id", old_values."email", old_values."first_name", old_values."id", old_values."is_demo", old_values."language", old_values."last_name", old_values."mobile", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."phone", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f5cd576db0e7e331af4b5f763cbe994318ac9b91",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_aff54",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_consentevent" ("cluster_id", "contact_id", "id", "is_demo", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "said_on", "source", "state", "way") SELECT new_values."cluster_id", new_values."contact_id", new_values."id", new_values."is_demo", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."purpose", new_values."said_on", new_values."source", new_values."state", new_values."way" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9deb952cee7c18dfb9dd655686f727a6e364c82a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8ef50",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_consentevent" ("cluster_id", "contact_id", "id", "is_demo", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "said_on", "source", "state", "way") VALUES (NEW."cluster_id", NEW."contact_id", NEW."id", NEW."is_demo", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."purpose", NEW."said_on", NEW."source", NEW."state", NEW."way"); RETURN NULL;',
                            hash="0c4f5433af052567dc301491c75b21e938cca962",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_679c0",
                            table="members_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_consentevent" ("cluster_id", "contact_id", "id", "is_demo", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "said_on", "source", "state", "way") SELECT old_values."cluster_id", old_values."contact_id", old_values."id", old_values."is_demo", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."purpose", old_values."said_on", old_values."source", old_values."state", old_values."way" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="31d1fed67e699249803a372d775ecb69d6e210d4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_157c2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_customfieldevent" ("choices", "cluster_id", "id", "is_active", "is_demo", "key", "kind", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subject") SELECT new_values."choices", new_values."cluster_id", new_values."id", new_values."is_active", new_values."is_demo", new_values."key", new_values."kind", new_values."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."position", new_values."subject" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7a5d2dcf6e5f80e60790c98ed939e193f55162ea",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_84f0d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_customfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_customfieldevent" ("choices", "cluster_id", "id", "is_active", "is_demo", "key", "kind", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subject") VALUES (NEW."choices", NEW."cluster_id", NEW."id", NEW."is_active", NEW."is_demo", NEW."key", NEW."kind", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position", NEW."subject"); RETURN NULL;',
                            hash="3a5bef25b18928902d8ecbe1a16be2927bc222c1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_31276",
                            table="members_customfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_customfieldevent" ("choices", "cluster_id", "id", "is_active", "is_demo", "key", "kind", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subject") SELECT old_values."choices", old_values."cluster_id", old_values."id", old_values."is_active", old_values."is_demo", old_values."key", old_values."kind", old_values."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position", old_values."subject" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b018c67001144a39148c81d28ea9d815d4f80852",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ac0bb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_customfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_customvalueevent" ("cluster_id", "contact_id", "field_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT new_values."cluster_id", new_values."contact_id", new_values."field_id", new_values."id", new_values."is_demo", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e4e6d3ba5de1603a8058074292d7eace9d365646",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_04a08",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_customvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_customvalueevent" ("cluster_id", "contact_id", "field_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."cluster_id", NEW."contact_id", NEW."field_id", NEW."id", NEW."is_demo", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."value"); RETURN NULL;',
                            hash="e0bbb47a5d3097eb64c4527eaf9001e14d1a4d9e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1b05",
                            table="members_customvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_customvalueevent" ("cluster_id", "contact_id", "field_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT old_values."cluster_id", old_values."contact_id", old_values."field_id", old_values."id", old_values."is_demo", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4f04ea2162e2ca7b7bc17075b9d753609905e69a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_47a20",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_customvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expectation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_expectationevent" ("answer", "answered_on", "cluster_id", "contact_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "state", "text") SELECT new_values."answer", new_values."answered_on", new_values."cluster_id", new_values."contact_id", new_values."id", new_values."is_demo", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."said_on", new_values."state", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="744a6199680819a527999b44a361d490437cd551",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d8e64",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_expectation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expectation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_expectationevent" ("answer", "answered_on", "cluster_id", "contact_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "state", "text") VALUES (NEW."answer", NEW."answered_on", NEW."cluster_id", NEW."contact_id", NEW."id", NEW."is_demo", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."said_on", NEW."state", NEW."text"); RETURN NULL;',
                            hash="683feacee7c5f04a667215678161cbbb30d7359d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7d53",
                            table="members_expectation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expectation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_expectationevent" ("answer", "answered_on", "cluster_id", "contact_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "state", "text") SELECT old_values."answer", old_values."answered_on", old_values."cluster_id", old_values."contact_id", old_values."id", old_values."is_demo", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."said_on", old_values."state", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9be48a6bc2a4a4c0c90e6b8c4c6f390612944c28",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5b143",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_expectation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_interactionevent" ("author_id", "body", "cluster_id", "external_id", "happened_at", "id", "is_demo", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subject") SELECT new_values."author_id", new_values."body", new_values."cluster_id", new_values."external_id", new_values."happened_at", new_values."id", new_values."is_demo", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source", new_values."subject" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="501e80d9130d7bbea1bc80785ad9bb75618fafe8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21128",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_interaction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_interactionevent" ("author_id", "body", "cluster_id", "external_id", "happened_at", "id", "is_demo", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subject") VALUES (NEW."author_id", NEW."body", NEW."cluster_id", NEW."external_id", NEW."happened_at", NEW."id", NEW."is_demo", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source", NEW."subject"); RETURN NULL;',
                            hash="3717c5bad59cb14cd9c3508a6ba9449e1ad17f4c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4b927",
                            table="members_interaction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_interactionevent" ("author_id", "body", "cluster_id", "external_id", "happened_at", "id", "is_demo", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subject") SELECT old_values."author_id", old_values."body", old_values."cluster_id", old_values."external_id", old_values."happened_at", old_values."id", old_values."is_demo", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source", old_values."subject" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="bf99152157985c406f88a15ddef7153c9b39219c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54139",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_interaction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interactionparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_interactionpartyevent" ("cluster_id", "contact_id", "id", "interaction_id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cluster_id", new_values."contact_id", new_values."id", new_values."interaction_id", new_values."is_demo", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7db6062ff371171ecf47699e88a77a56f26b94e7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1aceb",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_interactionparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interactionparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_interactionpartyevent" ("cluster_id", "contact_id", "id", "interaction_id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cluster_id", NEW."contact_id", NEW."id", NEW."interaction_id", NEW."is_demo", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="c52e836ef4d3d6eb48c356f196e5f721cbf6c124",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ff40b",
                            table="members_interactionparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interactionparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_interactionpartyevent" ("cluster_id", "contact_id", "id", "interaction_id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cluster_id", old_values."contact_id", old_values."id", old_values."interaction_id", old_values."is_demo", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="74bde6fe6fae5f22868eb23fdb827b2495daca26",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7f49c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_interactionparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_positionevent" ("cluster_id", "contact_id", "id", "is_demo", "is_main", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "title") SELECT new_values."cluster_id", new_values."contact_id", new_values."id", new_values."is_demo", new_values."is_main", new_values."organisation_id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."role", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5e0c628e2a63bcf3be0420c2cc3a5800cde56b16",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_002d4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_positionevent" ("cluster_id", "contact_id", "id", "is_demo", "is_main", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "title") VALUES (NEW."cluster_id", NEW."contact_id", NEW."id", NEW."is_demo", NEW."is_main", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."role", NEW."title"); RETURN NULL;',
                            hash="190a0d9e8d4cc584600f461c5edcf202708efbd0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_906d0",
                            table="members_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_positionevent" ("cluster_id", "contact_id", "id", "is_demo", "is_main", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "title") SELECT old_values."cluster_id", old_values."contact_id", old_values."id", old_values."is_demo", old_values."is_main", old_values."organisation_id", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."role", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b2f104ca2c383fc214916fd42931744733379126",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_acc8c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_tagevent" ("cluster_id", "id", "is_demo", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cluster_id", new_values."id", new_values."is_demo", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9282975ab841a31b75c8414ad0218d7ee70b2295",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_56030",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_tagevent" ("cluster_id", "id", "is_demo", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cluster_id", NEW."id", NEW."is_demo", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="b464354a24b6e12024bb46d2224b2521d934bb87",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_843ad",
                            table="members_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_tagevent" ("cluster_id", "id", "is_demo", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cluster_id", old_values."id", old_values."is_demo", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3785758792ccba6a49a9c3e2f01b1cd28f1caea",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ee422",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taguse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_taguseevent" ("cluster_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") SELECT new_values."cluster_id", new_values."id", new_values."is_demo", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."tag_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c3a1642377f62503ac0350d973e913fef7e3f6f8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_043fa",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_taguse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taguse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_taguseevent" ("cluster_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."cluster_id", NEW."id", NEW."is_demo", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."tag_id"); RETURN NULL;',
                            hash="16e20c8c1852990c391f7eef9c123d1288181850",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_da2b5",
                            table="members_taguse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taguse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_taguseevent" ("cluster_id", "id", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") SELECT old_values."cluster_id", old_values."id", old_values."is_demo", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."tag_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c2ce97831ad910deedd7f22c28378443dbe243b1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3406f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_taguse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_taskevent" ("cluster_id", "contact_id", "done_at", "due_on", "expectation_id", "id", "is_demo", "note", "organisation_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_on", "reminded_at", "title") SELECT new_values."cluster_id", new_values."contact_id", new_values."done_at", new_values."due_on", new_values."expectation_id", new_values."id", new_values."is_demo", new_values."note", new_values."organisation_id", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."remind_on", new_values."reminded_at", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d36b06ad19dfe676bc76b95bdb1c7e3cca5f0b37",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d5d15",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_taskevent" ("cluster_id", "contact_id", "done_at", "due_on", "expectation_id", "id", "is_demo", "note", "organisation_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_on", "reminded_at", "title") VALUES (NEW."cluster_id", NEW."contact_id", NEW."done_at", NEW."due_on", NEW."expectation_id", NEW."id", NEW."is_demo", NEW."note", NEW."organisation_id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."remind_on", NEW."reminded_at", NEW."title"); RETURN NULL;',
                            hash="347620a6a51cfc023edecf996aad00ef296f2c4b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cefc4",
                            table="members_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_taskevent" ("cluster_id", "contact_id", "done_at", "due_on", "expectation_id", "id", "is_demo", "note", "organisation_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_on", "reminded_at", "title") SELECT old_values."cluster_id", old_values."contact_id", old_values."done_at", old_values."due_on", old_values."expectation_id", old_values."id", old_values."is_demo", old_values."note", old_values."organisation_id", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."remind_on", old_values."reminded_at", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="46dc7fb507acce873c96afe02a1935c3e66e78e7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6115e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_task",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
