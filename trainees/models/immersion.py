import uuid

from django.db import models
from django.db.models import F, Q

from structures.models import Structure
from trainees.enums import ImmersionPurpose
from trainees.models.enrollment import Enrollment


class ImmersionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ImmersionQuerySet":
        if user.is_certifier:
            return self.all()
        return self.filter(enrollment__structure__in=Structure.objects.visible_to(user))


class Immersion(models.Model):
    """A period in a host company (PMSMP, articles L5135-1 and D5135-1 to -8 of the Code du travail).

    At most one month date to date, renewed once for the same object; at most 60 days with one host in
    twelve months. Its hours count once it is confirmed as done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="immersions", verbose_name="parcours"
    )
    host_name = models.CharField("entreprise d’accueil", max_length=120)
    host_siret = models.CharField("SIRET de l’entreprise", max_length=14, blank=True)
    tutor_name = models.CharField("tuteur dans l’entreprise", max_length=120)
    purpose = models.CharField("objet", max_length=10, choices=ImmersionPurpose.choices)
    objectives = models.TextField("objectifs", max_length=1000)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    planned_minutes = models.PositiveSmallIntegerField("durée prévue en minutes")
    done_minutes = models.PositiveSmallIntegerField("durée faite en minutes", null=True, blank=True)
    confirmed_at = models.DateTimeField("faite, confirmée le", null=True, blank=True)
    renews = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewal",
        verbose_name="renouvelle",
    )

    objects = ImmersionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "immersion"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="immersion_in_order",
                violation_error_message="Une immersion finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(done_minutes=None, confirmed_at=None)
                | Q(done_minutes__isnull=False, done_minutes__gt=0, confirmed_at__isnull=False),
                name="immersion_confirmed_with_hours",
                violation_error_message="Une immersion faite porte ses heures.",
            ),
            models.CheckConstraint(
                condition=Q(planned_minutes__gt=0),
                name="immersion_planned_hours",
                violation_error_message="Une immersion prévoit des heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"immersion chez {self.host_name}"
