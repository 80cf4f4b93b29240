import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.clock


class Migration(migrations.Migration):
    """Letters owed to people; a seat gets an unguessable id, as everything that stands in an address."""

    dependencies = [
        ("juries", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="Seat"),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_president", models.BooleanField(default=False, verbose_name="préside")),
                ("is_present", models.BooleanField(default=False, verbose_name="présent le jour même")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="désisté le")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="motif du désistement")),
                ("juror", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="juries.juror", verbose_name="juré")),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="juries.jurysession", verbose_name="session")),
            ],
            options={
                "verbose_name": "place au jury",
                "verbose_name_plural": "places au jury",
                "ordering": ["-is_president", "juror__user__last_name"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "juror"), name="seat_once", violation_error_message="Ce juré siège déjà dans cette session."),
                    models.UniqueConstraint(condition=models.Q(("is_president", True), ("withdrawn_at", None)), fields=("session",), name="seat_one_president", violation_error_message="Une session n’a qu’un président."),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("juror", "convocation de juré"), ("structure", "convocation des candidats"), ("cancelled", "annulation"), ("results", "résultats disponibles")], max_length=12, verbose_name="objet")),
                ("written_at", models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name="demandée le")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("recipient", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="destinataire")),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="juries.jurysession", verbose_name="session")),
            ],
            options={
                "verbose_name": "lettre",
                "ordering": ["kind", "recipient__last_name"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "kind", "recipient"), name="letter_once", violation_error_message="Cette personne a déjà reçu cette lettre."),
                ],
            },
        ),
        migrations.AlterConstraint(
            model_name="decision",
            name="decision_reasoned",
            constraint=models.CheckConstraint(condition=models.Q(("outcome", "certified"), models.Q(models.Q(("motive", ""), _negated=True), models.Q(("recommendation", ""), _negated=True)), _connector="OR"), name="decision_reasoned", violation_error_message="Une décision autre que «\xa0certifié\xa0» porte un motif et une recommandation."),
        ),
    ]
