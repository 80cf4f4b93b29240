from django.db import models

from core import clock
from core.storage import private_storage
from juries.models.jurors import Juror
from juries.models.sessions.session import JurySession


class Minutes(models.Model):
    """The procès-verbal of a session: composed from the rows at the closing, then signed, never edited."""

    session = models.OneToOneField(
        JurySession, on_delete=models.PROTECT, related_name="minutes", verbose_name="session"
    )
    content = models.JSONField("contenu")
    content_sha256 = models.CharField("empreinte du contenu", max_length=64)
    composed_at = models.DateTimeField("composé le", default=clock.now, editable=False)
    file = models.FileField("PDF", storage=private_storage, upload_to="minutes/", blank=True)
    file_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"

    def __str__(self) -> str:
        return f"procès-verbal du {self.composed_at:%d/%m/%Y}"


class MinutesSignature(models.Model):
    """The signature of one juror who was present: drawn, or given by being logged in (no strokes)."""

    minutes = models.ForeignKey(
        Minutes, on_delete=models.PROTECT, related_name="signatures", verbose_name="procès-verbal"
    )
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="+", verbose_name="juré")
    signed_at = models.DateTimeField("signé le", default=clock.now, editable=False)
    strokes = models.JSONField("tracé", default=list, blank=True)
    sha256 = models.CharField("empreinte de la signature", max_length=64, blank=True)

    class Meta:
        ordering = ["signed_at"]
        verbose_name = "signature du procès-verbal"
        verbose_name_plural = "signatures du procès-verbal"
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "juror"],
                name="minutes_signature_once",
                violation_error_message="Vous avez déjà signé ce procès-verbal.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} le {self.signed_at:%d/%m/%Y}"
