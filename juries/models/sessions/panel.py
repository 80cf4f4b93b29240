import uuid

from django.db import models
from django.db.models import F, Q

from juries.models.sessions.session import JurySession, Seat


class Panel(models.Model):
    """A part of the jury that hears candidates in one place while others sit elsewhere: two jurors, most often.

    A session without panels hears every candidate as a whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="panels", verbose_name="session"
    )
    name = models.CharField("nom", max_length=30)
    place = models.CharField("endroit", max_length=120, blank=True)
    seats = models.ManyToManyField(Seat, related_name="panels", verbose_name="jurés", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "binôme"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "name"],
                name="panel_name_once",
                violation_error_message="Un binôme porte déjà ce nom : choisissez-en un autre.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Pause(models.Model):
    """A time of the day when nobody of the jury hears anybody: lunch, a break, a round of the site."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="pauses", verbose_name="session"
    )
    label = models.CharField("objet", max_length=60, default="Pause")
    starts_at = models.TimeField("de")
    ends_at = models.TimeField("à")

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "pause"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="pause_ends_after_start",
                violation_error_message="Une pause finit après son début.",
            )
        ]

    def __str__(self) -> str:
        return self.label
