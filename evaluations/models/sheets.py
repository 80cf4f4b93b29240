import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.storage import private_storage
from core.texts import LONGEST_REASON
from evaluations.enums import SheetState
from evaluations.models.frameworks.content import Competency
from trainees.models import Enrollment

LONGEST_CAPTION = 160


class ExperienceSheetQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ExperienceSheetQuerySet":
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user))

    def validated(self) -> "ExperienceSheetQuerySet":
        return self.filter(state=SheetState.VALIDATED)


class ExperienceSheet(models.Model):
    """One experience written by the trainee: what, where, with what, with whom, what was learnt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="sheets", verbose_name="parcours"
    )
    title = models.CharField("titre", max_length=120)
    done_on = models.DateField("quand")
    what = models.TextField("ce que j’ai fait", max_length=3000)
    where = models.CharField("où", max_length=200)
    tools = models.CharField("avec quoi", max_length=300, blank=True)
    people = models.CharField("avec qui", max_length=300, blank=True)
    learnt = models.TextField("ce que j’ai appris", max_length=3000, blank=True)
    state = models.CharField("état", max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par"
    )
    written_at = models.DateTimeField("écrite le", default=clock.now, editable=False)
    submitted_at = models.DateTimeField("proposée le", null=True, blank=True)
    return_reason = models.CharField("mot de retour", max_length=LONGEST_REASON, blank=True)
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="validée par",
    )

    objects = ExperienceSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "title"]
        verbose_name = "fiche d’expérience"
        verbose_name_plural = "fiches d’expérience"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=SheetState.VALIDATED, validated_at__isnull=False, validated_by__isnull=False
                )
                | (~Q(state=SheetState.VALIDATED) & Q(validated_at=None, validated_by=None)),
                name="sheet_validated_by_someone",
                violation_error_message="Une fiche validée porte sa date et son auteur.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SheetCompetency(models.Model):
    """A competency that the experience shows, at the level the trainee and their trainer agree on."""

    sheet = models.ForeignKey(
        ExperienceSheet, on_delete=models.CASCADE, related_name="claims", verbose_name="fiche"
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", verbose_name="compétence"
    )
    rank = models.PositiveSmallIntegerField("niveau")

    class Meta:
        ordering = ["competency__code"]
        verbose_name = "compétence d’une fiche"
        verbose_name_plural = "compétences d’une fiche"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "competency"],
                name="sheet_competency_once",
                violation_error_message="Cette compétence est déjà sur la fiche.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} : {self.rank}"


class SheetPhoto(models.Model):
    """A photo of the experience: re-encoded, without metadata, private."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(
        ExperienceSheet, on_delete=models.CASCADE, related_name="photos", verbose_name="fiche"
    )
    image = models.FileField("image", storage=private_storage, upload_to="photos/")
    caption = models.CharField("légende", max_length=LONGEST_CAPTION, blank=True)
    added_at = models.DateTimeField("ajoutée le", default=clock.now, editable=False)

    class Meta:
        ordering = ["added_at"]
        verbose_name = "photo"

    def __str__(self) -> str:
        return self.caption or "photo"
