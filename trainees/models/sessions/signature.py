import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from trainees.enums import HalfDay
from trainees.models.sessions.session import Attendance, TrainingSession


class SignatureQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SignatureQuerySet":
        """As the session they were drawn for."""
        return self.filter(session__in=TrainingSession.objects.visible_to(user))

    def valid(self) -> "SignatureQuerySet":
        """Those drawn for the presence as it is now, and those of the trainers."""
        return self.filter(Q(attendance=None) | Q(minutes=F("attendance__minutes")))


class Signature(models.Model):
    """A signature drawn on the trainer's phone for one half-day of a session: vector strokes and their hash.

    `attendance` names the trainee who signs; it is empty for the trainer. `minutes` is the presence that
    was signed for: once corrected to something else, the presence is to be signed again. `strokes` is a
    list of lines, each a list of [x, y, t]: thousandths of the frame's width, and milliseconds since the
    first point. `sha256` is that of what was signed (see trainees.services.sessions.signatures). `signed_at` is the
    clock of the phone, `received_at` that of the server. Never changed afterwards (the database refuses it).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="signatures", verbose_name="séance"
    )
    attendance = models.ForeignKey(
        Attendance,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name="présence",
    )
    half = models.CharField("demi-journée", max_length=10, choices=HalfDay.choices)
    minutes = models.PositiveSmallIntegerField("durée signée en minutes")
    strokes = models.JSONField("tracé")
    sha256 = models.CharField("empreinte", max_length=64)
    signed_at = models.DateTimeField("signée le")
    received_at = models.DateTimeField("reçue le", default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="recueillie par"
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["session", "half", "received_at"]
        verbose_name = "signature"
        constraints = [
            models.UniqueConstraint(
                fields=["attendance", "half", "minutes"],
                condition=Q(attendance__isnull=False),
                name="signature_once_per_half_day",
                violation_error_message="Cette demi-journée est déjà signée.",
            ),
            models.UniqueConstraint(
                fields=["session", "half"],
                condition=Q(attendance=None),
                name="signature_of_trainer_once",
                violation_error_message="Cette demi-journée est déjà signée par le formateur.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="signature_of_a_presence",
                violation_error_message="On ne signe que pour une présence.",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"
