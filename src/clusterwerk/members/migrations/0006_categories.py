"""Categories get contribution rules and a service offer; memberships say why they ended."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import clusterwerk.platform.access.keys
from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0005_hand_over_agreed"),
        ("directory", "0003_organisation_by_demo"),
        ("members", "0005_people_and_work"),
    ]

    operations = [
        AtOnce(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="membership",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="membership",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="membership",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="membershipcategory",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="membershipcategory",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="membershipcategory",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="sizestatement",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="sizestatement",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="sizestatement",
                    name="delete_delete",
                ),
                migrations.CreateModel(
                    name="ContributionRate",
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
                            "applies_to",
                            models.CharField(blank=True, max_length=30, verbose_name="for"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="amount a year"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionRateEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "applies_to",
                            models.CharField(blank=True, max_length=30, verbose_name="for"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="amount a year"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContributionRule",
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
                                    ("fixed", "one amount for all"),
                                    ("headcount_class", "by headcount class"),
                                    (
                                        "evaluation_size",
                                        "by evaluation size (below 50, 50 and more)",
                                    ),
                                    ("organisation_kind", "by kind of organisation"),
                                ],
                                max_length=20,
                                verbose_name="differs",
                            ),
                        ),
                        (
                            "first_year_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=100,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="percent in the first year",
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="holds"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["category_id", "-period"],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionRuleEvent",
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
                                    ("fixed", "one amount for all"),
                                    ("headcount_class", "by headcount class"),
                                    (
                                        "evaluation_size",
                                        "by evaluation size (below 50, 50 and more)",
                                    ),
                                    ("organisation_kind", "by kind of organisation"),
                                ],
                                max_length=20,
                                verbose_name="differs",
                            ),
                        ),
                        (
                            "first_year_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=100,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="percent in the first year",
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="holds"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Departure",
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
                            "reason",
                            models.CharField(
                                choices=[
                                    ("cost", "the contribution is too high"),
                                    ("benefit", "it brought too little"),
                                    ("time", "no time or staff for it"),
                                    ("strategy", "it went another way"),
                                    ("other_cluster", "it joined another cluster or network"),
                                    ("taken_over", "it merged or was taken over"),
                                    ("stopped", "it stopped or went bankrupt"),
                                    ("excluded", "the cluster ended it"),
                                    ("unknown", "unknown"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, max_length=4000, verbose_name="note"),
                        ),
                        (
                            "lesson",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="what we learnt"
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                    ],
                ),
                migrations.CreateModel(
                    name="DepartureEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "note",
                            models.TextField(
                                blank=True, max_length=4000, null=True, verbose_name="note"
                            ),
                        ),
                        (
                            "lesson",
                            models.TextField(
                                blank=True,
                                max_length=4000,
                                null=True,
                                verbose_name="what we learnt",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("cost", "the contribution is too high"),
                                    ("benefit", "it brought too little"),
                                    ("time", "no time or staff for it"),
                                    ("strategy", "it went another way"),
                                    ("other_cluster", "it joined another cluster or network"),
                                    ("taken_over", "it merged or was taken over"),
                                    ("stopped", "it stopped or went bankrupt"),
                                    ("excluded", "the cluster ended it"),
                                    ("unknown", "unknown"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                                verbose_name="reason",
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RelatedEnterprise",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "number",
                            models.CharField(blank=True, max_length=40, verbose_name="number"),
                        ),
                        (
                            "stream",
                            models.CharField(
                                choices=[
                                    ("upstream", "holds a share of the member"),
                                    ("downstream", "the member holds a share of it"),
                                ],
                                max_length=10,
                                verbose_name="relation",
                            ),
                        ),
                        (
                            "holder_kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "enterprise"),
                                    (
                                        "exempt_investor",
                                        "university, institutional or venture investor",
                                    ),
                                    ("public_body", "public body"),
                                ],
                                default="enterprise",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="share in percent",
                            ),
                        ),
                        (
                            "has_control",
                            models.BooleanField(
                                default=False,
                                verbose_name="one controls the other, whatever the share",
                            ),
                        ),
                        (
                            "headcount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="headcount",
                            ),
                        ),
                        (
                            "turnover",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="turnover",
                            ),
                        ),
                        (
                            "balance_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="balance total",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                    ],
                    options={
                        "ordering": ["-year", "name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RelatedEnterpriseEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                        (
                            "number",
                            models.CharField(
                                blank=True, max_length=40, null=True, verbose_name="number"
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "stream",
                            models.CharField(
                                choices=[
                                    ("upstream", "holds a share of the member"),
                                    ("downstream", "the member holds a share of it"),
                                ],
                                max_length=10,
                                verbose_name="relation",
                            ),
                        ),
                        (
                            "holder_kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "enterprise"),
                                    (
                                        "exempt_investor",
                                        "university, institutional or venture investor",
                                    ),
                                    ("public_body", "public body"),
                                ],
                                default="enterprise",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="share in percent",
                            ),
                        ),
                        (
                            "has_control",
                            models.BooleanField(
                                default=False,
                                verbose_name="one controls the other, whatever the share",
                            ),
                        ),
                        (
                            "headcount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="headcount",
                            ),
                        ),
                        (
                            "turnover",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="turnover",
                            ),
                        ),
                        (
                            "balance_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="balance total",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Service",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "kind_of_work",
                            models.CharField(
                                choices=[
                                    ("administration", "administration"),
                                    ("matchmaking", "matchmaking"),
                                    ("events", "events"),
                                    ("projects", "projects"),
                                    ("policy", "policy"),
                                ],
                                max_length=20,
                                verbose_name="kind of work",
                            ),
                        ),
                        (
                            "hours_per_member_year",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=6,
                                verbose_name="hours for each member a year",
                            ),
                        ),
                        (
                            "is_included",
                            models.BooleanField(
                                default=True, verbose_name="included in the contribution"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                        ),
                    ],
                    options={
                        "ordering": ["position", "name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "kind_of_work",
                            models.CharField(
                                choices=[
                                    ("administration", "administration"),
                                    ("matchmaking", "matchmaking"),
                                    ("events", "events"),
                                    ("projects", "projects"),
                                    ("policy", "policy"),
                                ],
                                max_length=20,
                                verbose_name="kind of work",
                            ),
                        ),
                        (
                            "hours_per_member_year",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=6,
                                verbose_name="hours for each member a year",
                            ),
                        ),
                        (
                            "is_included",
                            models.BooleanField(
                                default=True, verbose_name="included in the contribution"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                        ),
                    ],
                    options={
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
            ]
        ),
        migrations.AlterModelOptions(
            name="membershipcategory",
            options={"ordering": ["position", "name"]},
        ),
        AtOnce(
            operations=[
                migrations.AddField(
                    model_name="membership",
                    name="continued_from",
                    field=models.DateField(blank=True, null=True, verbose_name="continued from"),
                ),
                migrations.AddField(
                    model_name="membershipevent",
                    name="continued_from",
                    field=models.DateField(blank=True, null=True, verbose_name="continued from"),
                ),
                migrations.AddField(
                    model_name="membershipcategory",
                    name="description",
                    field=models.TextField(blank=True, max_length=2000, verbose_name="description"),
                ),
                migrations.AddField(
                    model_name="membershipcategory",
                    name="is_offered",
                    field=models.BooleanField(default=True, verbose_name="offered to new members"),
                ),
                migrations.AddField(
                    model_name="membershipcategory",
                    name="position",
                    field=models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                ),
                migrations.AddField(
                    model_name="membershipcategoryevent",
                    name="description",
                    field=models.TextField(blank=True, max_length=2000, verbose_name="description"),
                ),
                migrations.AddField(
                    model_name="membershipcategoryevent",
                    name="is_offered",
                    field=models.BooleanField(default=True, verbose_name="offered to new members"),
                ),
                migrations.AddField(
                    model_name="membershipcategoryevent",
                    name="position",
                    field=models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                ),
                migrations.AddField(
                    model_name="sizestatement",
                    name="is_autonomous",
                    field=models.BooleanField(blank=True, null=True, verbose_name="stands alone"),
                ),
                migrations.AddField(
                    model_name="sizestatementevent",
                    name="is_autonomous",
                    field=models.BooleanField(blank=True, null=True, verbose_name="stands alone"),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("continued_from__isnull", True),
                            ("continued_from__lt", models.F("period__startswith")),
                            _connector="OR",
                        ),
                        name="membership_continued_from_before",
                        violation_error_message="A membership continues one that began before it.",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrate",
                    name="cluster",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrateevent",
                    name="cluster",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrateevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="members.contributionrate",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrule",
                    name="category",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contribution_rules",
                        to="members.membershipcategory",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrule",
                    name="cluster",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrateevent",
                    name="rule",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.contributionrule",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionrate",
                    name="rule",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rates",
                        to="members.contributionrule",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionruleevent",
                    name="category",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.membershipcategory",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionruleevent",
                    name="cluster",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="contributionruleevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="members.contributionrule",
                    ),
                ),
                migrations.AddField(
                    model_name="departure",
                    name="cluster",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="departure",
                    name="membership",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="members.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="departure",
                    name="organisation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="departureevent",
                    name="cluster",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="departureevent",
                    name="membership",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="departureevent",
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
                    model_name="departureevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="members.departure",
                    ),
                ),
                migrations.AddField(
                    model_name="relatedenterprise",
                    name="cluster",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="relatedenterprise",
                    name="organisation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="related_enterprises",
                        to="directory.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="relatedenterpriseevent",
                    name="cluster",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="relatedenterpriseevent",
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
                    model_name="relatedenterpriseevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="members.relatedenterprise",
                    ),
                ),
                migrations.AddField(
                    model_name="service",
                    name="category",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="members.membershipcategory",
                    ),
                ),
                migrations.AddField(
                    model_name="service",
                    name="cluster",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceevent",
                    name="category",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.membershipcategory",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceevent",
                    name="cluster",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        related_query_name="past",
                        to="members.service",
                    ),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="since",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "continued_from", "period__startswith"
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrule",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "id"), name="contribution_rule_of_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrule",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("cluster", "="), ("category", "="), ("period", "&&")],
                        name="contribution_rule_no_overlap",
                        violation_error_message="This category already has a rule in this period.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False), ("period__startswith__isnull", False)
                        ),
                        name="contribution_rule_begins",
                        violation_error_message="A rule has a first day before its last.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("first_year_percent__gte", 0), ("first_year_percent__lte", 100)
                        ),
                        name="contribution_rule_percent",
                        violation_error_message="The first year costs 0 to 100 percent of a year.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrule",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "category_id"),
                        name="contribution_rule_category_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.MembershipCategory",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contributionrateevent",
                    index=models.Index(fields=["pgh_obj"], name="contributionrate_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="contributionrateevent",
                    index=models.Index(
                        fields=["cluster", "pgh_obj"], name="contributionrate_past_clu"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrate",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "rule", "applies_to"),
                        name="contribution_rate_once",
                        violation_error_message="This amount is written down twice.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="contribution_rate_not_negative",
                        violation_error_message="A contribution is not negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionrate",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "rule_id"),
                        name="contribution_rate_rule_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.ContributionRule",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contributionruleevent",
                    index=models.Index(fields=["pgh_obj"], name="contributionrule_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="contributionruleevent",
                    index=models.Index(
                        fields=["cluster", "pgh_obj"], name="contributionrule_past_clu"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="departure",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "membership"), name="departure_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="departure",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "membership_id", "organisation_id"),
                        name="departure_membership_of_cluster",
                        references=("cluster_id", "id", "organisation_id"),
                        target="members.Membership",
                    ),
                ),
                migrations.AddIndex(
                    model_name="departureevent",
                    index=models.Index(fields=["pgh_obj"], name="departure_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="departureevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="departure_past_clu"),
                ),
                migrations.AddIndex(
                    model_name="departureevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="departure_past_org"
                    ),
                ),
                migrations.AddIndex(
                    model_name="relatedenterprise",
                    index=models.Index(
                        fields=["cluster", "organisation", "year"], name="related_by_cluster"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="relatedenterprise",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "organisation", "year", "stream", "name"),
                        name="related_enterprise_once_a_year",
                        violation_error_message="This enterprise is written down for this year already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="relatedenterprise",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 100)),
                        name="related_enterprise_share",
                        violation_error_message="A share is 0 to 100 percent.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="relatedenterprise",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("headcount__isnull", True), ("headcount__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("turnover__isnull", True), ("turnover__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("balance_total__isnull", True),
                                ("balance_total__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="related_enterprise_not_negative",
                        violation_error_message="Headcount, turnover and balance total are not negative.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="relatedenterpriseevent",
                    index=models.Index(fields=["pgh_obj"], name="relatedenterprise_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="relatedenterpriseevent",
                    index=models.Index(
                        fields=["cluster", "pgh_obj"], name="relatedenterprise_past_clu"
                    ),
                ),
                migrations.AddIndex(
                    model_name="relatedenterpriseevent",
                    index=models.Index(
                        fields=["organisation", "pgh_obj"], name="relatedenterprise_past_org"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "category", "name"),
                        name="service_once_per_category",
                        violation_error_message="This category already offers a service of this name.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("hours_per_member_year__gte", 0)),
                        name="service_hours_not_negative",
                        violation_error_message="Hours are not negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=clusterwerk.platform.access.keys.OwnedKey(
                        columns=("cluster_id", "category_id"),
                        name="service_category_of_cluster",
                        references=("cluster_id", "id"),
                        target="members.MembershipCategory",
                    ),
                ),
                migrations.AddIndex(
                    model_name="serviceevent",
                    index=models.Index(fields=["pgh_obj"], name="service_past_pgh"),
                ),
                migrations.AddIndex(
                    model_name="serviceevent",
                    index=models.Index(fields=["cluster", "pgh_obj"], name="service_past_clu"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipevent" ("agency_id", "category_id", "cluster_id", "continued_from", "id", "is_demo", "is_paying", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."agency_id", new_values."category_id", new_values."cluster_id", new_values."continued_from", new_values."id", new_values."is_demo", new_values."is_paying", new_values."organisation_id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="923d9db5f49c3b6c9c257c85edef1c261fd87c34",
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
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."continued_from" IS DISTINCT FROM (NEW."continued_from") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."is_paying" IS DISTINCT FROM (NEW."is_paying") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."source" IS DISTINCT FROM (NEW."source"))',
                            func='INSERT INTO "members_membershipevent" ("agency_id", "category_id", "cluster_id", "continued_from", "id", "is_demo", "is_paying", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."agency_id", NEW."category_id", NEW."cluster_id", NEW."continued_from", NEW."id", NEW."is_demo", NEW."is_paying", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="d4d59da5ca6307fb8ac0df4d444c1a487d6b191a",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipevent" ("agency_id", "category_id", "cluster_id", "continued_from", "id", "is_demo", "is_paying", "organisation_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."agency_id", old_values."category_id", old_values."cluster_id", old_values."continued_from", old_values."id", old_values."is_demo", old_values."is_paying", old_values."organisation_id", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="98183d5a01edeb3587225cecb9ff27fd4ca0d7dc",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipcategoryevent" ("cluster_id", "description", "id", "is_offered", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."cluster_id", new_values."description", new_values."id", new_values."is_offered", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d5645ddb2f7cbad335c19498be418d1c4f0dcd3d",
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
                            func='INSERT INTO "members_membershipcategoryevent" ("cluster_id", "description", "id", "is_offered", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."cluster_id", NEW."description", NEW."id", NEW."is_offered", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="88c6363c7ef3b5ff1eea80a176df8bbecf1b89b6",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershipcategoryevent" ("cluster_id", "description", "id", "is_offered", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."cluster_id", old_values."description", old_values."id", old_values."is_offered", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0e7425572a692851d218dc379c67f34175bfd6a7",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_sizestatementevent" ("balance_total", "cluster_id", "headcount", "id", "is_autonomous", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "turnover", "year") SELECT new_values."balance_total", new_values."cluster_id", new_values."headcount", new_values."id", new_values."is_autonomous", new_values."is_demo", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."source", new_values."turnover", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6114de3bb27272e26554092b66725919721c5d7a",
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
                            func='INSERT INTO "members_sizestatementevent" ("balance_total", "cluster_id", "headcount", "id", "is_autonomous", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "turnover", "year") VALUES (NEW."balance_total", NEW."cluster_id", NEW."headcount", NEW."id", NEW."is_autonomous", NEW."is_demo", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source", NEW."turnover", NEW."year"); RETURN NULL;',
                            hash="8fc537d9bb985269c867deb192c122ef8285d442",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_sizestatementevent" ("balance_total", "cluster_id", "headcount", "id", "is_autonomous", "is_demo", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "turnover", "year") SELECT old_values."balance_total", old_values."cluster_id", old_values."headcount", old_values."id", old_values."is_autonomous", old_values."is_demo", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."source", old_values."turnover", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b6daed65ebf4e77b4432b4de02b1768fcb5ee2f5",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c2c6a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_sizestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributionruleevent" ("category_id", "cluster_id", "first_year_percent", "id", "kind", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."category_id", new_values."cluster_id", new_values."first_year_percent", new_values."id", new_values."kind", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="20a2c6e159499fbb28c4526b35d707c57f61e03b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_da696",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_contributionrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_contributionruleevent" ("category_id", "cluster_id", "first_year_percent", "id", "kind", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."category_id", NEW."cluster_id", NEW."first_year_percent", NEW."id", NEW."kind", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="25655be7baefa91c554192810e85dca51fc9a1fe",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_40661",
                            table="members_contributionrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributionruleevent" ("category_id", "cluster_id", "first_year_percent", "id", "kind", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."category_id", old_values."cluster_id", old_values."first_year_percent", old_values."id", old_values."kind", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="89bea5a2eb8ed682ae2f12e3207d3767c8496d27",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_28b16",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_contributionrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributionrateevent" ("amount", "applies_to", "cluster_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id") SELECT new_values."amount", new_values."applies_to", new_values."cluster_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."rule_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cfbbdf342b6d1b356a656c6b16056e2972b2fa99",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_58cdf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_contributionrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_contributionrateevent" ("amount", "applies_to", "cluster_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id") VALUES (NEW."amount", NEW."applies_to", NEW."cluster_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."rule_id"); RETURN NULL;',
                            hash="042aaee7a6f6c48d4bf656342cc50b5ec77390df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bd817",
                            table="members_contributionrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributionrateevent" ("amount", "applies_to", "cluster_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id") SELECT old_values."amount", old_values."applies_to", old_values."cluster_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."rule_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="53a3059b56a5be27cba3352b7c1e230747530c04",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e9424",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_contributionrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="departure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_departureevent" ("cluster_id", "id", "is_demo", "lesson", "membership_id", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."cluster_id", new_values."id", new_values."is_demo", new_values."lesson", new_values."membership_id", new_values."note", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="467489c46d1764938df4e4b5ee1ba8ad373dbc34",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6b74f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_departure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="departure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_departureevent" ("cluster_id", "id", "is_demo", "lesson", "membership_id", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."cluster_id", NEW."id", NEW."is_demo", NEW."lesson", NEW."membership_id", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="20140f39b95e000121bb3095d8c523a845300c1e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b6194",
                            table="members_departure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="departure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_departureevent" ("cluster_id", "id", "is_demo", "lesson", "membership_id", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."cluster_id", old_values."id", old_values."is_demo", old_values."lesson", old_values."membership_id", old_values."note", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="638d5c4715e9de45ec8097a93db9f4269625afc4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1ffb6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_departure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relatedenterprise",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_relatedenterpriseevent" ("balance_total", "cluster_id", "has_control", "headcount", "holder_kind", "id", "is_demo", "name", "number", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "stream", "turnover", "year") SELECT new_values."balance_total", new_values."cluster_id", new_values."has_control", new_values."headcount", new_values."holder_kind", new_values."id", new_values."is_demo", new_values."name", new_values."number", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."share", new_values."source", new_values."stream", new_values."turnover", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ca49b0a215e919203b12a82ce0783aac0740438d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e2253",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_relatedenterprise",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relatedenterprise",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_relatedenterpriseevent" ("balance_total", "cluster_id", "has_control", "headcount", "holder_kind", "id", "is_demo", "name", "number", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "stream", "turnover", "year") VALUES (NEW."balance_total", NEW."cluster_id", NEW."has_control", NEW."headcount", NEW."holder_kind", NEW."id", NEW."is_demo", NEW."name", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."share", NEW."source", NEW."stream", NEW."turnover", NEW."year"); RETURN NULL;',
                            hash="c2ff60ce8f2f2005c6e194a38dce5f76f2a09d2d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_62371",
                            table="members_relatedenterprise",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relatedenterprise",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_relatedenterpriseevent" ("balance_total", "cluster_id", "has_control", "headcount", "holder_kind", "id", "is_demo", "name", "number", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "stream", "turnover", "year") SELECT old_values."balance_total", old_values."cluster_id", old_values."has_control", old_values."headcount", old_values."holder_kind", old_values."id", old_values."is_demo", old_values."name", old_values."number", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."share", old_values."source", old_values."stream", old_values."turnover", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="978f90727877e805b658ddcba119fe3f949aa297",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_30645",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_relatedenterprise",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_serviceevent" ("category_id", "cluster_id", "hours_per_member_year", "id", "is_included", "kind_of_work", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."category_id", new_values."cluster_id", new_values."hours_per_member_year", new_values."id", new_values."is_included", new_values."kind_of_work", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5251c5d6612a8f3c646c84309b936baa79831aff",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1db0a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="members_service",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_serviceevent" ("category_id", "cluster_id", "hours_per_member_year", "id", "is_included", "kind_of_work", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."category_id", NEW."cluster_id", NEW."hours_per_member_year", NEW."id", NEW."is_included", NEW."kind_of_work", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="ce05ce13aaf2999cf38b68100c4c103faa3434b2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2eb05",
                            table="members_service",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_serviceevent" ("category_id", "cluster_id", "hours_per_member_year", "id", "is_included", "kind_of_work", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."category_id", old_values."cluster_id", old_values."hours_per_member_year", old_values."id", old_values."is_included", old_values."kind_of_work", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7c4db5492dcfe752a9d120443dd7da9b7c1cf25f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_64c5c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="members_service",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
