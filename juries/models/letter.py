import uuid

from django.conf import settings
from django.db import models

from accounts import clock
from juries.enums import LetterKind
from juries.models.session import JurySession


class Letter(models.Model):
    """One e-mail owed to one person about one session: a row first, sent once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="letters", verbose_name="session"
    )
    kind = models.CharField("objet", max_length=12, choices=LetterKind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="destinataire"
    )
    written_at = models.DateTimeField("demandée le", default=clock.now, editable=False)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)

    class Meta:
        ordering = ["kind", "recipient__last_name"]
        verbose_name = "lettre"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "recipient"],
                name="letter_once",
                violation_error_message="Cette personne a déjà reçu cette lettre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} à {self.recipient}"
