from django.db import migrations


class Migration(migrations.Migration):
    operations = [migrations.RunSQL("create sequence later_first", "drop sequence later_first")]
