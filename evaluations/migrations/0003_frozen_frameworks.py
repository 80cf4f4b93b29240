from django.db import migrations

from evaluations.triggers import freeze_published


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0002_append_only")]

    operations = [freeze_published()]
