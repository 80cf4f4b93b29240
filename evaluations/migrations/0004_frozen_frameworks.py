from django.db import migrations

from evaluations.triggers import freeze_published


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0003_evaluation_structure")]

    operations = [freeze_published()]
