from django.db import migrations

from core.triggers import append_only
from evaluations.models.frameworks.triggers import freeze_published


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_initial")]

    operations = [
        append_only("evaluations_evaluation"),
        append_only("evaluations_evaluationvoid"),
        append_only(
            "evaluations_dossier",
            except_columns=("state", "file", "file_sha256", "examined_at", "examined_by_id"),
        ),
        freeze_published(),
    ]
