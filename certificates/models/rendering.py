import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.texts import LONGEST_REASON


class RenderingPauseQuerySet(models.QuerySet):
    def open(self) -> "RenderingPauseQuerySet":
        return self.filter(is_open=True)


class RenderingPause(models.Model):
    """The rendering of certificates paused for the whole country, with the reason, until it is resumed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reason = models.CharField("motif", max_length=LONGEST_REASON)
    is_open = models.BooleanField("en cours", default=True)
    paused_at = models.DateTimeField("suspendu le", default=clock.now, editable=False)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="suspendu par"
    )
    resumed_at = models.DateTimeField("repris le", null=True, blank=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="repris par",
    )

    objects = RenderingPauseQuerySet.as_manager()

    class Meta:
        ordering = ["-paused_at"]
        verbose_name = "suspension de la fabrication"
        verbose_name_plural = "suspensions de la fabrication"
        constraints = [
            models.UniqueConstraint(
                fields=["is_open"],
                condition=Q(is_open=True),
                name="rendering_pause_one_open",
                violation_error_message="La fabrication est déjà suspendue.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="rendering_pause_reasoned",
                violation_error_message="Une suspension porte son motif.",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True, resumed_at=None, resumed_by=None)
                | Q(is_open=False, resumed_at__isnull=False, resumed_by__isnull=False),
                name="rendering_pause_resumed_by",
                violation_error_message="Une reprise porte sa date et son auteur.",
            ),
        ]

    def __str__(self) -> str:
        return f"suspension du {self.paused_at:%d/%m/%Y}"
