import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.texts import LONGEST_REASON
from evaluations.models.frameworks.content import Competency, MasteryLevel
from structures.models import Structure
from trainees.models import Enrollment


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EvaluationQuerySet":
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user))

    def valid(self) -> "EvaluationQuerySet":
        """Those that were not voided."""
        return self.filter(void=None)


class Evaluation(models.Model):
    """A dated fact: this competency, at this level, seen on this day, in this situation, by this person.

    Never changed nor deleted (the database refuses it): a mistake is voided by a row of its own and
    replaced by a new fact. The id is made by the client, so that sending twice is harmless.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="evaluations", verbose_name="parcours"
    )
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="evaluations", verbose_name="vue dans la structure"
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="evaluations", verbose_name="compétence"
    )
    level = models.ForeignKey(MasteryLevel, on_delete=models.PROTECT, related_name="+", verbose_name="niveau")
    own_level = models.ForeignKey(
        MasteryLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="niveau selon le salarié",
    )
    seen_on = models.DateField("vu le")
    situation = models.CharField("situation", max_length=160)
    comment = models.TextField("commentaire", max_length=1000, blank=True)
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluations", verbose_name="par"
    )
    recorded_at = models.DateTimeField("enregistrée le", default=clock.now, editable=False)

    together: int
    """How many valid evaluations there are of that person in that competency, once `latest_facts` read it."""

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_on", "-recorded_at"]
        verbose_name = "évaluation"
        indexes = [
            models.Index(fields=["enrollment", "competency", "-seen_on"], name="evaluation_history"),
            models.Index(fields=["evaluator", "enrollment"], name="evaluation_evaluator"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(situation=""),
                name="evaluation_situated",
                violation_error_message="Dites dans quelle situation la compétence a été vue.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} le {self.seen_on}"


class EvaluationVoid(models.Model):
    """The voiding of an evaluation: the reason, and the evaluation that replaces it, if any."""

    evaluation = models.OneToOneField(
        Evaluation, on_delete=models.PROTECT, related_name="void", verbose_name="évaluation"
    )
    reason = models.CharField("motif", max_length=LONGEST_REASON)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="annulée par"
    )
    voided_at = models.DateTimeField("annulée le", default=clock.now, editable=False)
    replacement = models.OneToOneField(
        Evaluation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="remplacée par",
    )

    class Meta:
        verbose_name = "annulation d’évaluation"
        verbose_name_plural = "annulations d’évaluation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="evaluation_void_reasoned",
                violation_error_message="Une annulation porte son motif.",
            )
        ]

    def __str__(self) -> str:
        return f"annulation de {self.evaluation_id}"


class CurrentLevel(models.Model):
    """The latest valid level of one enrolment in one competency, updated with each evaluation."""

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="current_levels", verbose_name="parcours"
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", verbose_name="compétence"
    )
    rank = models.PositiveSmallIntegerField("rang")
    seen_on = models.DateField("vu le")
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="évaluation"
    )
    observations = models.PositiveIntegerField("observations", default=1)

    class Meta:
        ordering = ["enrollment", "competency"]
        verbose_name = "niveau actuel"
        verbose_name_plural = "niveaux actuels"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "competency"],
                name="current_level_once",
                violation_error_message="Un seul niveau actuel par compétence.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} : {self.rank}"


class EvaluationTally(models.Model):
    """How many valid evaluations a structure recorded, by day of recording.

    A row is added with each batch, and one of -1 when an evaluation is voided; read as a sum.
    """

    structure = models.ForeignKey(
        Structure, on_delete=models.CASCADE, related_name="evaluation_tallies", verbose_name="structure"
    )
    day = models.DateField("jour", db_index=True)
    count = models.IntegerField("nombre")

    class Meta:
        ordering = ["day"]
        verbose_name = "compte du jour"
        verbose_name_plural = "comptes du jour"

    def __str__(self) -> str:
        return f"{self.day} : {self.count}"
