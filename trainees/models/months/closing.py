from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.texts import LONGEST_REASON
from trainees.models.enrollments.enrollment import Enrollment


class MonthClosing(models.Model):
    """A month of one enrolment whose attendance sheet was signed: nothing in it changes until reopened with a reason.

    Its sheets, one for each employer of that month, are `MonthlySheet` rows.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="month_closings", verbose_name="parcours"
    )
    month = models.DateField("premier jour du mois")
    closed_at = models.DateTimeField("signé le", default=clock.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="signé par"
    )
    reopened_at = models.DateTimeField("rouvert le", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="rouvert par",
    )
    reopening_reason = models.CharField("motif de la réouverture", max_length=LONGEST_REASON, blank=True)
    missing_reason = models.CharField(
        "pourquoi des signatures manquent", max_length=LONGEST_REASON, blank=True
    )

    class Meta:
        ordering = ["-month", "-closed_at"]
        verbose_name = "mois signé"
        verbose_name_plural = "mois signés"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "month"],
                condition=Q(reopened_at=None),
                name="month_closed_once",
                violation_error_message="Ce mois est déjà signé.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="month_first_day",
                violation_error_message="Un mois est désigné par son premier jour.",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | (Q(reopened_by__isnull=False) & ~Q(reopening_reason="")),
                name="month_reopened_with_reason",
                violation_error_message="La réouverture d’un mois porte son auteur et son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"
