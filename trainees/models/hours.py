import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.texts import LONGEST_REASON
from trainees.models.enrollments.enrollment import LEAST_MINUTES, MOST_MINUTES, Enrollment


class TrainingPlan(models.Model):
    """The hours foreseen by modality, 200 to 399 in all, each modality present (alternance).

    `starts_on` and `ends_on` are when they take place, by default the dates of the contract. A revision is a
    new row; the highest revision is in force and the others stay readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="plans", verbose_name="parcours"
    )
    revision = models.PositiveSmallIntegerField("révision", default=1)
    production_minutes = models.PositiveIntegerField("minutes en production")
    classroom_minutes = models.PositiveIntegerField("minutes en salle")
    immersion_minutes = models.PositiveIntegerField("minutes en immersion")
    starts_on = models.DateField("formation du", null=True, blank=True)
    ends_on = models.DateField("formation au", null=True, blank=True)
    reason = models.CharField("motif de la révision", max_length=LONGEST_REASON, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="établi par"
    )
    drawn_at = models.DateTimeField("établi le", default=clock.now, editable=False)

    class Meta:
        ordering = ["-revision"]
        verbose_name = "plan de formation"
        verbose_name_plural = "plans de formation"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "revision"],
                name="plan_revision_once",
                violation_error_message="Ce plan vient d’être révisé par quelqu’un d’autre.",
            ),
            models.CheckConstraint(
                condition=Q(production_minutes__gt=0, classroom_minutes__gt=0, immersion_minutes__gt=0),
                name="plan_three_modalities",
                violation_error_message="Un plan prévoit des heures en production, en salle et en immersion.",
            ),
            models.CheckConstraint(
                condition=Q(
                    production_minutes__gte=LEAST_MINUTES - F("classroom_minutes") - F("immersion_minutes"),
                    production_minutes__lte=MOST_MINUTES - F("classroom_minutes") - F("immersion_minutes"),
                ),
                name="plan_200_to_399_hours",
                violation_error_message="Un plan de formation compte de 200 à 399 heures.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="plan_dates_in_order",
                violation_error_message="Un plan de formation finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""),
                name="plan_revision_reasoned",
                violation_error_message="Une révision du plan porte son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"plan de formation, révision {self.revision}"

    @property
    def total_minutes(self) -> int:
        return self.production_minutes + self.classroom_minutes + self.immersion_minutes
