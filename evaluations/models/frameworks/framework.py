import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from evaluations.enums import FrameworkState


class FrameworkQuerySet(models.QuerySet):
    def visible_to(self, user) -> "FrameworkQuerySet":
        """Drafts are the certifier's; everyone who logs in may read what was published."""
        if user.is_certifier:
            return self.all()
        return self.exclude(state=FrameworkState.DRAFT)

    def published(self) -> "FrameworkQuerySet":
        return self.filter(state=FrameworkState.PUBLISHED)


class Framework(models.Model):
    """One version of the référentiel: modules, domains, competencies, scale, grids and thresholds.

    Everything that the sources leave open is data of this version. Once published it never changes;
    a new version is a new row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.CharField("version", max_length=20, unique=True)
    title = models.CharField("titre", max_length=160)
    certificate_title = models.CharField("intitulé du certificat", max_length=200)
    notice = models.CharField("avertissement", max_length=200, blank=True)
    source = models.TextField("source, validé par", blank=True)
    threshold = models.PositiveSmallIntegerField("niveau à atteindre", default=3)
    experience_sheets_required = models.PositiveSmallIntegerField("fiches d’expérience demandées", default=3)
    immersion_required = models.BooleanField("immersion obligatoire", default=True)
    state = models.CharField(
        "état", max_length=10, choices=FrameworkState.choices, default=FrameworkState.DRAFT
    )
    created_at = models.DateTimeField("créé le", default=clock.now, editable=False)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="publié par",
    )
    retired_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "référentiel"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FrameworkState.DRAFT, published_at=None, published_by=None)
                | (
                    ~Q(state=FrameworkState.DRAFT) & Q(published_at__isnull=False, published_by__isnull=False)
                ),
                name="framework_published_by_someone",
                violation_error_message="Une version publiée porte sa date et son auteur.",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=FrameworkState.PUBLISHED),
                name="framework_one_published",
                violation_error_message="Une seule version est publiée à la fois.",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=1),
                name="framework_threshold_positive",
                violation_error_message="Le niveau à atteindre est au moins 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == FrameworkState.DRAFT
