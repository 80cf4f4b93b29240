import uuid

from django.db import models
from django.db.models import F, Q

from evaluations.models import Dossier
from juries.enums import JUROR_STATES, Presence, SessionState
from juries.models.sessions.session import JurySession
from trainees.models import Enrollment


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CandidateQuerySet":
        """The certifier sees all; a juror the candidates of their sessions while these are open to them."""
        if user.is_certifier:
            return self.all()
        return self.filter(
            session__seats__juror__user=user,
            session__seats__withdrawn_at=None,
            session__state__in=JUROR_STATES,
        )

    def of_enrollments_visible_to(self, user) -> "CandidateQuerySet":
        """What a structure or a trainee may know of a jury: convocation, and results once released."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user)).exclude(
            session__state__in=[SessionState.PLANNED, SessionState.CANCELLED]
        )


class Candidate(models.Model):
    """A trainee before a jury session, with the sealed dossier that the jury reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="candidates", verbose_name="session"
    )
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="candidates", verbose_name="dossier"
    )
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="candidacies", verbose_name="parcours"
    )
    production_at = models.TimeField("épreuve de production à", null=True, blank=True)
    interview_at = models.TimeField("entretien à", null=True, blank=True)
    production_panel = models.ForeignKey(
        "juries.Panel",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="productions",
        verbose_name="binôme de l’épreuve",
    )
    interview_panel = models.ForeignKey(
        "juries.Panel",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="interviews",
        verbose_name="binôme de l’entretien",
    )
    presence = models.CharField(
        "présence", max_length=10, choices=Presence.choices, default=Presence.EXPECTED
    )
    is_open = models.BooleanField("attend une décision", default=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["production_at", "interview_at", "enrollment__trainee__folded"]
        verbose_name = "candidat"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(is_open=True),
                name="candidate_one_jury_at_a_time",
                violation_error_message="Cette personne est déjà candidate à une session.",
            ),
            models.UniqueConstraint(
                fields=["session", "enrollment"],
                name="candidate_once",
                violation_error_message="Cette personne est déjà candidate à cette session.",
            ),
            models.UniqueConstraint(
                fields=["production_panel", "production_at"],
                name="candidate_production_alone",
                violation_error_message="Un binôme voit un seul candidat à la fois à l’épreuve de production.",
            ),
            models.UniqueConstraint(
                fields=["interview_panel", "interview_at"],
                name="candidate_interview_alone",
                violation_error_message="Un binôme reçoit un seul candidat à la fois en entretien.",
            ),
            models.CheckConstraint(
                condition=Q(production_at=None) | Q(interview_at=None) | ~Q(production_at=F("interview_at")),
                name="candidate_two_times",
                violation_error_message="L’épreuve et l’entretien n’ont pas lieu à la même heure.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.enrollment)
