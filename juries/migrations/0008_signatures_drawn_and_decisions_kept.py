from django.db import migrations, models

from accounts.triggers import append_only, no_longer_append_only


class Migration(migrations.Migration):
    dependencies = [("juries", "0007_employers_and_availability")]

    operations = [
        no_longer_append_only("juries_minutessignature"),
        migrations.AddField(
            "minutessignature", "strokes", models.JSONField("tracé", default=list, blank=True)
        ),
        migrations.AddField(
            "minutessignature",
            "sha256",
            models.CharField("empreinte de la signature", max_length=64, blank=True, default=""),
            preserve_default=False,
        ),
        append_only("juries_minutessignature"),
        append_only("juries_decision", except_columns=("closed_at", "closed_by_id", "closed_reason")),
        append_only("juries_decisiondomain"),
        append_only("juries_appraisal", where="OLD.submitted_at IS NOT NULL"),
    ]
