import uuid

from django.db import models
from django.db.models import Q

from core.storage import private_storage
from structures.models import Structure
from trainees.models.enrollments.enrollment import Enrollment
from trainees.models.months.closing import MonthClosing


class MonthlySheetQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MonthlySheetQuerySet":
        """Those who read the enrolment, and the employer of that month: it is accountable for these hours."""
        if user.is_certifier:
            return self.all()
        return self.filter(
            Q(structure__in=Structure.objects.visible_to(user))
            | Q(closing__enrollment__in=Enrollment.objects.visible_to(user))
        )

    def in_force(self) -> "MonthlySheetQuerySet":
        """Those of the signing in force."""
        return self.filter(closing__reopened_at=None)


class MonthlySheet(models.Model):
    """The attendance sheet (feuille d'émargement) of one signed month with one employer, and its PDF.

    `content` is everything the sheet says, signatures included, copied when the month was signed: the PDF
    is a pure function of it, whatever is corrected later. A person who changed structure during the month
    has one sheet for each of the two. Never changed afterwards (the database refuses it), but for the file
    that comes once. A month that is reopened keeps its sheets, as replaced ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closing = models.ForeignKey(
        MonthClosing, on_delete=models.CASCADE, related_name="sheets", verbose_name="mois signé"
    )
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="monthly_sheets", verbose_name="employeur"
    )
    content = models.JSONField("contenu")
    content_sha256 = models.CharField("empreinte du contenu", max_length=64)
    file = models.FileField("PDF", storage=private_storage, upload_to="attendance/", blank=True)
    file_sha256 = models.CharField("empreinte du fichier", max_length=64, blank=True)

    objects = MonthlySheetQuerySet.as_manager()

    class Meta:
        ordering = ["-closing__month", "-closing__closed_at", "structure__folded"]
        verbose_name = "feuille d’émargement"
        verbose_name_plural = "feuilles d’émargement"
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "structure"],
                name="monthly_sheet_once",
                violation_error_message="Ce mois a déjà sa feuille pour cet employeur.",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_sha256="") | (~Q(file="") & ~Q(file_sha256="")),
                name="monthly_sheet_file_hashed",
                violation_error_message="Un fichier de feuille porte son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"feuille d’émargement de {self.closing}"

    @property
    def is_replaced(self) -> bool:
        return self.closing.reopened_at is not None
