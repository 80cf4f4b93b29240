from django.db import migrations, models

from evaluations.triggers import freeze_published, thaw_published


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0004_frozen_frameworks")]

    operations = [
        thaw_published(),
        migrations.AddField(
            model_name="dossiersignature",
            name="signed_sha256",
            field=models.CharField(default="", max_length=64, verbose_name="empreinte de ce qui est signé"),
            preserve_default=False,
        ),
        freeze_published(),
    ]
