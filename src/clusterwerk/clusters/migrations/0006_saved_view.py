"""A view of a list is kept under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0005_hand_over_agreed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list_key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=4000)),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="for the whole team"),
                ),
                (
                    "is_default",
                    models.BooleanField(default=False, verbose_name="open the list with it"),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cluster", "list_key", "owner", "name"),
                        name="saved_view_once",
                        violation_error_message="You already keep a view of this name for this list.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True), ("is_shared", False)),
                        fields=("cluster", "list_key", "owner"),
                        name="own_default_view_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True), ("is_shared", True)),
                        fields=("cluster", "list_key"),
                        name="shared_default_view_once",
                    ),
                ],
            },
        ),
    ]
