import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.texts import LONGEST_REASON
from structures.models import Structure
from trainees.enums import AbsenceReason, HalfDay, SessionKind, SessionPlace, SessionState, TrainingModule
from trainees.models.enrollments.enrollment import Enrollment
from trainees.rules.sessions.half_days import half_days


class TrainingSessionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "TrainingSessionQuerySet":
        """The sessions of one's own structure; every session for the certifier."""
        return self.filter(structure__in=Structure.objects.visible_to(user))

    def held(self) -> "TrainingSessionQuerySet":
        return self.filter(state=SessionState.HELD)

    def planned(self) -> "TrainingSessionQuerySet":
        """Those whose roll was not called yet: they give no hours."""
        return self.filter(state=SessionState.PLANNED)


class TrainingSession(models.Model):
    """A dated slot of training of one structure, in production or in a classroom, led by one trainer.

    Planned ahead with the people expected, alone or every week (`series` names the weeks that belong
    together), then held once its roll is called; or logged at once. Its id may be made by a phone, so
    that sending it twice is harmless.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="training_sessions", verbose_name="structure"
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="training_sessions",
        verbose_name="formateur",
    )
    held_on = models.DateField("jour")
    starts_at = models.TimeField("de")
    ends_at = models.TimeField("à")
    place = models.CharField("lieu", max_length=10, choices=SessionPlace.choices)
    kind = models.CharField("forme", max_length=10, choices=SessionKind.choices, default=SessionKind.GROUP)
    module = models.CharField("module", max_length=2, choices=TrainingModule.choices)
    theme = models.CharField("thème", max_length=160)
    state = models.CharField("état", max_length=10, choices=SessionState.choices, default=SessionState.HELD)
    series = models.UUIDField("série", null=True, blank=True, db_index=True)
    expected = models.ManyToManyField(
        Enrollment, related_name="expected_sessions", blank=True, verbose_name="personnes attendues"
    )
    cancelled_reason = models.CharField("motif de l’annulation", max_length=LONGEST_REASON, blank=True)
    logged_at = models.DateTimeField("saisie le", default=clock.now, editable=False)

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-starts_at"]
        verbose_name = "séance"
        indexes = [
            models.Index(fields=["trainer", "held_on"], name="session_trainer_day"),
            models.Index(fields=["structure", "held_on"], name="session_structure_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_in_order",
                violation_error_message="Une séance finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=(Q(state=SessionState.CANCELLED) & ~Q(cancelled_reason=""))
                | (~Q(state=SessionState.CANCELLED) & Q(cancelled_reason="")),
                name="session_cancelled_with_reason",
                violation_error_message="Une séance annulée porte son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} ({self.held_on:%d/%m/%Y})"

    @property
    def length_minutes(self) -> int:
        start = datetime.combine(self.held_on, self.starts_at)
        return int((datetime.combine(self.held_on, self.ends_at) - start).total_seconds()) // 60

    @property
    def halves(self) -> list[HalfDay]:
        """The half-days that those present sign for."""
        return half_days(self.starts_at, self.ends_at)


class Attendance(models.Model):
    """The minutes one trainee was present at one session, or the reason of their absence.

    `place` and `session_minutes` repeat the session's so that the limits are constraints of the row.
    """

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="attendances", verbose_name="séance"
    )
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="attendances", verbose_name="parcours"
    )
    place = models.CharField("lieu", max_length=10, choices=SessionPlace.choices)
    session_minutes = models.PositiveSmallIntegerField("durée de la séance")
    minutes = models.PositiveSmallIntegerField("minutes de présence")
    absence = models.CharField("absence", max_length=12, choices=AbsenceReason.choices, blank=True)

    class Meta:
        ordering = ["session", "enrollment"]
        verbose_name = "présence"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrollment"],
                name="attendance_once",
                violation_error_message="Cette personne est déjà inscrite à la séance.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=F("session_minutes")),
                name="attendance_within_session",
                violation_error_message="Une présence ne dépasse pas la durée de la séance.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, absence="") | (Q(minutes=0) & ~Q(absence="")),
                name="attendance_present_or_reason",
                violation_error_message="Indiquez la durée de présence ou le motif de l’absence.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} : {self.minutes} min"
