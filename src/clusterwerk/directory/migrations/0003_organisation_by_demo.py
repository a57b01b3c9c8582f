"""Real and invented organisations are counted apart without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_history")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["is_demo"], name="organisation_by_demo"),
        ),
    ]
