import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from certificates.enums import CertificationType, LayoutState
from core import clock
from core.storage import private_storage


class CertificateLayout(models.Model):
    """How certificates look, and their fixed texts: one version, never changed once published.

    `base` names the template that the version fills; `intro` may hold {lieu} and {date}. Certificates keep
    the version they were entered under.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.SlugField("version", max_length=20, unique=True)
    base = models.SlugField("gabarit", max_length=20, default="2026-1")
    intro = models.CharField("phrase d’introduction", max_length=200)
    domains_heading = models.CharField("titre des domaines", max_length=80)
    closing = models.CharField("mention en bas de page", max_length=200, blank=True)
    logo = models.FileField("logo", storage=private_storage, upload_to="layouts/", blank=True)
    signature = models.FileField(
        "signature du certificateur", storage=private_storage, upload_to="layouts/", blank=True
    )
    state = models.CharField("état", max_length=10, choices=LayoutState.choices, default=LayoutState.DRAFT)
    created_at = models.DateTimeField("créée le", default=clock.now, editable=False)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="publiée par",
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "maquette de certificat"
        verbose_name_plural = "maquettes de certificat"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LayoutState.DRAFT, published_at=None)
                | Q(state=LayoutState.PUBLISHED, published_at__isnull=False),
                name="layout_published_dated",
                violation_error_message="Une maquette publiée porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"maquette {self.version}"


class CertificateTerms(models.Model):
    """One version of what every certificate prints besides what is known of its holder.

    A version is never changed: the newest one is in force.
    """

    version = models.PositiveIntegerField("version", unique=True)
    source = models.CharField("source, validé par", max_length=300)
    certification_type = models.CharField(
        "enregistrement",
        max_length=4,
        choices=CertificationType.choices,
        default=CertificationType.NONE,
        blank=True,
    )
    certification_code = models.CharField("code de certification", max_length=20, blank=True)
    signatory_name = models.CharField("signataire du certificat", max_length=120)
    signatory_quality = models.CharField("qualité du signataire", max_length=160)
    layout_version = models.CharField("version de la maquette", max_length=20, default="2026-1")
    adopted_at = models.DateTimeField("adoptée le", default=clock.now, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="adoptée par",
    )

    class Meta:
        ordering = ["-version"]
        verbose_name = "mentions des certificats"
        verbose_name_plural = "mentions des certificats"

    def __str__(self) -> str:
        return f"mentions, version {self.version}"

    @classmethod
    def in_force(cls) -> Self | None:
        """The newest version."""
        return cls.objects.order_by("-version").first()
