from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock


class Objective(models.Model):
    """The number of certified people to reach, and by when; the newest row is in force."""

    target = models.PositiveIntegerField("objectif", default=4000)
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu’au")
    source = models.CharField("source, validé par", max_length=300)
    set_at = models.DateTimeField("fixé le", default=clock.now, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="fixé par",
    )

    class Meta:
        ordering = ["-set_at", "-pk"]
        verbose_name = "objectif"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="objective_in_order",
                violation_error_message="L’objectif doit finir après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(target__gt=0),
                name="objective_positive",
                violation_error_message="L’objectif est un nombre de personnes, plus grand que zéro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} d’ici au {self.ends_on:%d/%m/%Y}"

    def months_left(self, day: date) -> float:
        """Months of 30.44 days from `day` to the end; zero once it is past."""
        return max((self.ends_on - day).days, 0) / 30.44
