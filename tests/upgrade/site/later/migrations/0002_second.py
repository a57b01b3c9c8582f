from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("later", "0001_first")]
    operations = [migrations.RunSQL("create sequence later_second")]
