import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.texts import LONGEST_EXPLANATION
from juries.enums import APPEAL_ANSWERED, APPEAL_OPEN, AppealState
from juries.models.jurors import Juror
from juries.models.results.decision import Decision
from trainees.models import Enrollment

WITH_REVIEWER = (AppealState.ASSIGNED, AppealState.REVIEWED, AppealState.UPHELD, AppealState.REJECTED)
WITH_OPINION = (AppealState.REVIEWED, AppealState.UPHELD, AppealState.REJECTED)


class AppealQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AppealQuerySet":
        """The certifier sees all, a team and a trainee those of their enrollments, a reviewer those they were given."""
        if user.is_certifier:
            return self.all()
        of_enrollments = Q(decision__candidate__enrollment__in=Enrollment.objects.visible_to(user))
        return self.filter(of_enrollments | Q(reviewer__user=user))

    def open(self) -> "AppealQuerySet":
        return self.filter(state__in=APPEAL_OPEN)

    def with_people(self) -> "AppealQuerySet":
        return self.select_related(
            "decision__candidate__session__rules",
            "decision__candidate__enrollment__trainee",
            "decision__candidate__enrollment__structure",
            "decision__candidate__enrollment__support",
            "decision__candidate__dossier",
            "reviewer__user",
            "filed_by",
            "decided_by",
        )


class Appeal(models.Model):
    """A candidate’s appeal against a released decision, from its filing to its reasoned answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="appeals", verbose_name="décision"
    )
    state = models.CharField("état", max_length=12, choices=AppealState.choices, default=AppealState.FILED)
    grounds = models.TextField("ce qui est contesté", max_length=4000)
    filed_on = models.DateField("déposé le")
    on_paper = models.BooleanField("reçu par courrier", default=False)
    noted_at = models.DateTimeField("enregistré le", default=clock.now, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="enregistré par"
    )
    reviewer = models.ForeignKey(
        Juror,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name="relecture confiée à",
    )
    assigned_at = models.DateTimeField("confié le", null=True, blank=True)
    opinion = models.TextField("avis", max_length=4000, blank=True)
    favourable = models.BooleanField("avis favorable", null=True, blank=True)
    reviewed_at = models.DateTimeField("avis rendu le", null=True, blank=True)
    reason = models.TextField("réponse motivée", max_length=LONGEST_EXPLANATION, blank=True)
    decided_at = models.DateTimeField("réponse le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="réponse de",
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-noted_at"]
        verbose_name = "recours"
        verbose_name_plural = "recours"
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(state__in=APPEAL_OPEN),
                name="appeal_one_open",
                violation_error_message="Un recours est déjà en cours sur cette décision.",
            ),
            models.CheckConstraint(
                condition=~Q(grounds=""),
                name="appeal_grounded",
                violation_error_message="Un recours dit ce qui est contesté.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_REVIEWER) | Q(reviewer__isnull=False, assigned_at__isnull=False),
                name="appeal_given_to_somebody",
                violation_error_message="Un recours examiné nomme la personne qui le relit.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_OPINION)
                | (Q(favourable__isnull=False, reviewed_at__isnull=False) & ~Q(opinion="")),
                name="appeal_opinion_written",
                violation_error_message="Un avis rendu est écrit et daté.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=APPEAL_ANSWERED)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="appeal_answered_with_reason",
                violation_error_message="Une réponse à un recours porte sa date, son auteur et son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"recours de {self.decision.candidate.enrollment.trainee}"

    @property
    def is_open(self) -> bool:
        return self.state in APPEAL_OPEN
