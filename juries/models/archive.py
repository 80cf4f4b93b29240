import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from accounts.storage import private_storage
from juries.enums import ArchiveKind
from juries.models.session import JurySession


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ArchiveQuerySet":
        """The certifier's own; each archive is seen by who asked for it."""
        return self.filter(asked_by=user) if user.is_certifier else self.none()


class Archive(models.Model):
    """A file that gathers certificates, made in the background: a ZIP, or a sheet of postal labels.

    About one session, or about a region and a year of the register (both may be left empty for all).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("contenu", max_length=10, choices=ArchiveKind.choices)
    session = models.ForeignKey(
        JurySession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="archives",
        verbose_name="session",
    )
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
