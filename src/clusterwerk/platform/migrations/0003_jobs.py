"""Jobs as people see them, effects outside the database, prepared files, outgoing mail."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_history"),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="OutgoingMail",
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
                        ("content", models.JSONField()),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "verbose_name": "outgoing mail",
                        "verbose_name_plural": "outgoing mails",
                    },
                ),
                migrations.CreateModel(
                    name="PreparedFile",
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
                        ("stored_as", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "prepared file",
                        "verbose_name_plural": "prepared files",
                    },
                ),
                migrations.CreateModel(
                    name="JobRun",
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
                        ("kind", models.CharField(max_length=128)),
                        ("arguments", models.JSONField(default=dict)),
                        ("reason", models.CharField(max_length=200)),
                        ("key", models.CharField(max_length=64)),
                        ("language", models.CharField(blank=True, max_length=8)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("retrying", "trying again"),
                                    ("succeeded", "done"),
                                    ("failed", "failed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="waiting",
                                max_length=16,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("cursor", models.JSONField(null=True)),
                        ("error", models.CharField(blank=True, max_length=500)),
                        ("reference", models.CharField(blank=True, max_length=12)),
                        ("result", models.CharField(blank=True, max_length=300)),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("queue_id", models.BigIntegerField(null=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retry_at", models.DateTimeField(null=True)),
                        ("cancel_asked_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="platform.preparedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "job",
                        "verbose_name_plural": "jobs",
                    },
                ),
                migrations.CreateModel(
                    name="OutsideEffect",
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
                        ("kind", models.CharField(max_length=64)),
                        ("key", models.CharField(max_length=64)),
                        ("subject", models.BigIntegerField(null=True)),
                        ("label", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waiting"),
                                    ("doing", "being done"),
                                    ("done", "done"),
                                    ("uncertain", "uncertain"),
                                    ("given_up", "given up"),
                                    ("lapsed", "too late"),
                                ],
                                default="asked",
                                max_length=16,
                            ),
                        ),
                        ("attempts", models.PositiveIntegerField(default=0)),
                        ("queue_id", models.BigIntegerField(null=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("begun_at", models.DateTimeField(null=True)),
                        ("next_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("lapses", models.BooleanField(default=False)),
                        (
                            "asker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="effects",
                                to="platform.jobrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "outside effect",
                        "verbose_name_plural": "outside effects",
                        "indexes": [
                            models.Index(fields=["state", "-id"], name="effect_by_state"),
                            models.Index(fields=["asker", "-id"], name="effect_by_asker"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "key"), name="effect_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "asked",
                                            "doing",
                                            "done",
                                            "uncertain",
                                            "given_up",
                                            "lapsed",
                                        ],
                                    )
                                ),
                                name="effect_state_is_known",
                            ),
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="jobrun",
                    index=models.Index(fields=["asker", "-id"], name="jobrun_by_asker"),
                ),
                migrations.AddIndex(
                    model_name="jobrun",
                    index=models.Index(fields=["state", "-id"], name="jobrun_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="jobrun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "retrying"))),
                        fields=("asker", "kind", "key"),
                        name="jobrun_open_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jobrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "running",
                                    "retrying",
                                    "succeeded",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="jobrun_state_is_known",
                    ),
                ),
            ]
        ),
    ]
