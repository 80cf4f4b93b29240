import uuid

from django.db import models
from django.db.models import Q

from core.texts import LONGEST_EXPLANATION
from evaluations.enums import TestKind
from evaluations.models import GridCriterion
from juries.enums import SessionState
from juries.models.jurors import Juror
from juries.models.sessions.candidate import Candidate


class AppraisalQuerySet(models.QuerySet):
    def submitted(self) -> "AppraisalQuerySet":
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, user) -> "AppraisalQuerySet":
        """A juror sees their own, and others' once their own of the same test is submitted.

        The certifier sees them once the jury has deliberated: a juror writes unseen.
        """
        mine = models.Exists(
            Appraisal.objects.submitted().filter(
                juror__user=user, candidate=models.OuterRef("candidate"), test=models.OuterRef("test")
            )
        )
        seen = Q(juror__user=user) | Q(mine, submitted_at__isnull=False)
        if user.is_certifier:
            seen |= Q(candidate__session__state__in=[SessionState.DELIBERATED, SessionState.RELEASED])
        return self.filter(seen)


class Appraisal(models.Model):
    """What one juror thinks, alone, of one candidate in one of the two tests; frozen once submitted.

    `revision` counts the saves that changed it, so that two pages of the same juror never undo each other;
    `saved_in` is the page that made the last one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="appraisals", verbose_name="candidat"
    )
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="appraisals", verbose_name="juré")
    test = models.CharField("épreuve", max_length=12, choices=TestKind.choices)
    validated = models.BooleanField("épreuve validée", null=True)
    comment = models.TextField("remarques", max_length=LONGEST_EXPLANATION, blank=True)
    revision = models.PositiveIntegerField("révision", default=0)
    saved_in = models.UUIDField("page qui a enregistré", null=True, blank=True)
    saved_at = models.DateTimeField("enregistrée le")
    submitted_at = models.DateTimeField("rendue le", null=True, blank=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        ordering = ["candidate", "test"]
        verbose_name = "appréciation"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "juror", "test"],
                name="appraisal_once",
                violation_error_message="Vous avez déjà une appréciation pour cette épreuve.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(validated__isnull=False),
                name="appraisal_submitted_with_opinion",
                violation_error_message="Dites si l’épreuve est validée avant de rendre l’appréciation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_test_display()} par {self.juror_id}"


class Mark(models.Model):
    """One criterion of the grid, judged by one juror."""

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="marks", verbose_name="appréciation"
    )
    criterion = models.ForeignKey(
        GridCriterion, on_delete=models.PROTECT, related_name="+", verbose_name="critère"
    )
    rank = models.PositiveSmallIntegerField("niveau")

    class Meta:
        ordering = ["criterion__order"]
        verbose_name = "note d’un critère"
        verbose_name_plural = "notes des critères"
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "criterion"],
                name="mark_once",
                violation_error_message="Ce critère est déjà apprécié.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} : {self.rank}"
