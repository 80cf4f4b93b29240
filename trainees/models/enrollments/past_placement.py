import uuid

from django.db import models
from django.db.models import F, Q

from structures.models import Structure
from trainees.models.enrollments.enrollment import Enrollment


class PastPlacementQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PastPlacementQuerySet":
        """A team reads those that were with it; the certifier reads them all."""
        return self.filter(structure__in=Structure.objects.visible_to(user))


class PastPlacement(models.Model):
    """A period of an enrolment in a structure that it has left: what the team of that structure may still read.

    `ends_on` is the first day elsewhere. The present structure is `Enrollment.structure`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="past_placements", verbose_name="parcours"
    )
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="past_placements", verbose_name="structure"
    )
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu’au")

    objects = PastPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "séjour"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="past_placement_in_order",
                violation_error_message="Un séjour finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"séjour depuis le {self.starts_on}"
