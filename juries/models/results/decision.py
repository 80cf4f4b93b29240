import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from certificates.models import Certificate
from core import clock
from core.texts import LONGEST_EXPLANATION, LONGEST_REASON
from evaluations.models import Domain
from juries.enums import Departure, Outcome, SessionState
from juries.models.sessions.candidate import Candidate
from juries.models.sessions.session import JurySession
from trainees.models import Enrollment


class DecisionQuerySet(models.QuerySet):
    def in_force(self) -> "DecisionQuerySet":
        """Neither changed nor reversed."""
        return self.filter(closed_at=None)

    def visible_to(self, user) -> "DecisionQuerySet":
        """Everyone waits for the release, but the jury that decides and, once it has, the certifier."""
        released = Q(
            candidate__session__state=SessionState.RELEASED,
            candidate__enrollment__in=Enrollment.objects.visible_to(user),
        )
        sitting = Q(
            candidate__session__in=JurySession.objects.visible_to(user),
            candidate__session__state__in=[
                SessionState.DELIBERATED,
                SessionState.RELEASED,
                *([] if user.is_certifier else [SessionState.OPEN]),
            ],
        )
        return self.filter(released | sitting)


class Decision(models.Model):
    """The collective decision on one candidate, beside the appraisals and never over them.

    An accepted appeal closes the row, with its reason, and opens a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="decisions", verbose_name="candidat"
    )
    outcome = models.CharField("décision", max_length=14, choices=Outcome.choices)
    certificate = models.OneToOneField(
        Certificate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name="certificat",
    )
    production_validated = models.BooleanField("épreuve de production validée", default=False)
    interview_validated = models.BooleanField("entretien validé", default=False)
    reason = models.TextField("motif", max_length=LONGEST_EXPLANATION, blank=True)
    recommendation = models.TextField("recommandation", max_length=LONGEST_EXPLANATION, blank=True)
    casting_vote = models.BooleanField("voix prépondérante du président", default=False)
    departure = models.CharField(
        "écart avec l’avis des jurés", max_length=10, choices=Departure.choices, blank=True
    )
    decided_at = models.DateTimeField("décidée le", default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="close par",
    )
    closed_reason = models.CharField("motif du changement", max_length=LONGEST_REASON, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at"]
        verbose_name = "décision"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(closed_at=None),
                name="decision_one_in_force",
                violation_error_message="Une décision est déjà enregistrée pour ce candidat.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.CERTIFIED)
                | Q(production_validated=True, interview_validated=True),
                name="decision_certified_needs_both",
                violation_error_message="Un candidat n’est certifié que si l’épreuve "
                "et l’entretien sont validés.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CERTIFIED) | (~Q(reason="") & ~Q(recommendation="")),
                name="decision_reasoned",
                violation_error_message="Une décision autre que « certifié » porte "
                "un motif et une recommandation.",
            ),
            models.CheckConstraint(
                condition=Q(departure="") | ~Q(reason=""),
                name="decision_departure_reasoned",
                violation_error_message="Une décision qui s’écarte de l’avis des jurés porte son motif.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | (Q(closed_by__isnull=False) & ~Q(closed_reason="")),
                name="decision_closed_with_reason",
                violation_error_message="Un changement de décision porte son auteur et son motif.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class DecisionDomain(models.Model):
    """Whether one domain is acquired, in a decision.

    Of a domain acquired before an earlier jury: since when and until when (`acquired_until` is empty without a limit).
    """

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="domains", verbose_name="décision"
    )
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+", verbose_name="domaine")
    acquired = models.BooleanField("acquis")
    acquired_since = models.DateField("déjà acquis le", null=True, blank=True)
    acquired_until = models.DateField("valable jusqu’au", null=True, blank=True)

    class Meta:
        ordering = ["domain__number"]
        verbose_name = "domaine d’une décision"
        verbose_name_plural = "domaines d’une décision"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "domain"],
                name="decision_domain_once",
                violation_error_message="Ce domaine a déjà sa réponse.",
            ),
            models.CheckConstraint(
                condition=Q(acquired_since=None, acquired_until=None)
                | Q(acquired_since__isnull=False, acquired=True),
                name="decision_domain_acquired_before_is_acquired",
                violation_error_message="Un domaine déjà acquis le reste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain_id} : {'acquis' if self.acquired else 'non acquis'}"
