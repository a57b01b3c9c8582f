"""The front page shows the first clusters of each theme, however many there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clusters", "0002_history")]

    operations = [
        migrations.AddIndex(
            model_name="publicprofile",
            index=models.Index(
                fields=["theme", "name_sort", "cluster"], name="public_profile_by_theme"
            ),
        ),
    ]
