import django.db.models.deletion
from django.db import migrations, models

from accounts.triggers import append_only

TABLE = "evaluations_evaluation"


def release(apps, schema_editor):
    """Take the trigger off: SQLite loses it when the table is rebuilt, PostgreSQL keeps it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{TABLE}_append_only"')
    else:
        schema_editor.execute(f'DROP FUNCTION IF EXISTS "{TABLE}_append_only"() CASCADE')


def fill(apps, schema_editor):
    """Until now a fact belonged to the structure of its path."""
    Enrollment = apps.get_model("trainees", "Enrollment")
    Evaluation = apps.get_model("evaluations", "Evaluation")
    path = Enrollment.objects.filter(pk=models.OuterRef("enrollment_id"))
    Evaluation.objects.update(structure_id=models.Subquery(path.values("structure_id")[:1]))


class Migration(migrations.Migration):
    atomic = True

    dependencies = [
        ("structures", "0001_initial"),
        ("trainees", "0001_initial"),
        ("evaluations", "0002_append_only"),
    ]

    operations = [
        migrations.RunPython(release, migrations.RunPython.noop),
        migrations.AddField(
            model_name="evaluation",
            name="structure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluations",
                to="structures.structure",
                verbose_name="vue dans la structure",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="evaluation",
            name="structure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluations",
                to="structures.structure",
                verbose_name="vue dans la structure",
            ),
        ),
        append_only(TABLE),
    ]
