from typing import Self

from django.conf import settings
from django.db import models

from certificates.enums import CertificationType
from core import clock


class CertificateTerms(models.Model):
    """One version of what every certificate prints besides the facts of its holder.

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
