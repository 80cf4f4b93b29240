import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from certificates.enums import ArchiveKind
from certificates.models.register import Certificate, CertificateQuerySet
from core import clock
from core.storage import private_storage
from structures.rules.territories import REGIONS


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ArchiveQuerySet":
        """To a certifier, the archives that they requested; to others, none."""
        return self.filter(asked_by=user) if user.is_certifier else self.none()


class Archive(models.Model):
    """A file that gathers certificates, made in the background: a ZIP, or a sheet of postal labels.

    It holds certificates delivered together, or those of a region and a year of the register (either may be left
    empty for all). In a finished one, `done` below `count` means that the others had no file yet and are not in it.
    A finished one without a file was deleted after a week.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("contenu", max_length=10, choices=ArchiveKind.choices)
    batch_id = models.UUIDField("délivrés ensemble", null=True, blank=True)
    batch_name = models.CharField("ce qu’ils ont en commun", max_length=120, blank=True)
    region = models.CharField("région", max_length=3, blank=True)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le", default=clock.now, editable=False)
    count = models.PositiveIntegerField("certificats", default=0)
    done = models.PositiveIntegerField("déjà rangés", default=0)
    file = models.FileField("fichier", storage=private_storage, upload_to="archives/", blank=True)
    file_sha256 = models.CharField("empreinte", max_length=64, blank=True)
    finished_at = models.DateTimeField("prête le", null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "archive"
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, file="") | (Q(finished_at__isnull=False) & ~Q(file_sha256="")),
                name="archive_finished_with_file",
                violation_error_message="Une archive prête a son fichier.",
            ),
        ]

    def __str__(self) -> str:
        return f"archive du {self.asked_at:%d/%m/%Y}"

    @property
    def scope(self) -> str:
        """Its content, in French."""
        if self.batch_id:
            return self.batch_name
        words = [REGIONS.get(self.region, self.region), str(self.year or "")]
        return ", ".join(word for word in words if word) or "Tout le registre"

    def certificates(self) -> CertificateQuerySet:
        """The lines of the register that it holds, in the order of their numbers.

        For the register, all of them; otherwise the valid ones. A region is that of the jury.
        """
        lines = Certificate.objects.order_by("year", "sequence")
        if self.kind != ArchiveKind.REGISTER:
            lines = lines.valid()
        if self.batch_id:
            lines = lines.filter(batch_id=self.batch_id)
        if self.region:
            lines = lines.filter(jury_region=self.region)
        if self.year:
            lines = lines.filter(year=self.year)
        return lines
