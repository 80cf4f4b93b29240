import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from core import clock
from core.texts import LONGEST_REASON
from juries.enums import ANSWERED, CONVOCATIONS, TO_CANDIDATES, LetterKind, LetterState, SessionState
from juries.models.sessions.session import JurySession
from structures.models import Structure
from trainees.models import Enrollment

PERSON = Coalesce("enrollment", "structure", "recipient")
"""Whom a letter is for: the enrolment of a candidate, a structure that nobody directs, or somebody with an account."""


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LetterQuerySet":
        """The certifier sees every letter; each person the convocation in force that is for them.

        A team and the trainee see the one of the trainee. A juror sees theirs as long as the session is theirs.
        """
        if user.is_certifier:
            return self.all()
        rows = self.in_force().exclude(session__state__in=[SessionState.PLANNED, SessionState.CANCELLED])
        as_juror = Q(kind=LetterKind.JUROR, session__in=JurySession.objects.visible_to(user))
        as_director = Q(kind=LetterKind.STRUCTURE)
        of_enrollments = Q(enrollment__in=Enrollment.objects.visible_to(user))
        return rows.filter((as_juror | as_director) & Q(recipient=user) | of_enrollments)

    def in_force(self) -> "LetterQuerySet":
        """The convocations that no other replaced."""
        return self.filter(kind__in=CONVOCATIONS, replaced_at=None)

    def results_visible_to(self, user) -> "LetterQuerySet":
        """The valid letters to candidates about decisions; the certifier sees the replaced ones too."""
        rows = self.filter(kind__in=TO_CANDIDATES, session__state=SessionState.RELEASED)
        if user.is_certifier:
            return rows
        return rows.filter(enrollment__in=Enrollment.objects.visible_to(user), replaced_at=None)

    def with_people(self) -> "LetterQuerySet":
        return self.select_related(
            "session__rules",
            "session__planned_by",
            "recipient",
            "structure",
            "enrollment__trainee__user",
            "enrollment__structure",
        )


class Letter(models.Model):
    """One e-mail to one person about one session, stored before it is sent, and sent once.

    A convocation (juror, candidate, structure) stores its text in `content`, so that its PDF and its
    calendar file can be made again. When the day, the place or an hour changes, another row takes its place
    (`replaced_at`) with the next `number`. What follows a convocation (reminder, cancellation, word of an
    answer) names it. A candidate may have neither account nor address: the structure hands the letter over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="letters", verbose_name="session"
    )
    kind = models.CharField("objet", max_length=12, choices=LetterKind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="destinataire",
    )
    enrollment = models.ForeignKey(
        Enrollment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="parcours du candidat",
    )
    structure = models.ForeignKey(
        Structure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="structure sans direction connue",
    )
    convocation = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name="à la suite de",
    )
    number = models.PositiveSmallIntegerField("numéro d’ordre", default=0)
    content = models.JSONField("contenu", default=dict, blank=True)
    state = models.CharField("état", max_length=10, choices=LetterState.choices, default=LetterState.TO_SEND)
    failure = models.CharField("pourquoi elle n’est pas partie", max_length=300, blank=True)
    written_at = models.DateTimeField("demandée le", default=clock.now, editable=False)
    sending_started_at = models.DateTimeField("remise à la messagerie le", null=True, blank=True)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    sent_to = models.CharField("envoyée à", max_length=400, blank=True)
    resends = models.PositiveSmallIntegerField("renvois demandés", default=0)
    replied_at = models.DateTimeField("réponse le", null=True, blank=True)
    reply_reason = models.CharField("motif de la réponse", max_length=LONGEST_REASON, blank=True)
    replaced_at = models.DateTimeField("remplacée le", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "recipient__folded", "enrollment__trainee__folded", "number"]
        verbose_name = "lettre"
        constraints = [
            models.UniqueConstraint(
                "session",
                "kind",
                PERSON,
                "number",
                name="letter_once",
                condition=Q(convocation=None),
                violation_error_message="Cette personne a déjà reçu cette lettre.",
            ),
            models.UniqueConstraint(
                "session",
                "kind",
                PERSON,
                condition=Q(kind__in=CONVOCATIONS, replaced_at=None),
                name="letter_one_in_force",
                violation_error_message="Cette personne est déjà convoquée à cette session.",
            ),
            models.UniqueConstraint(
                fields=["convocation", "kind", "number"],
                name="letter_follows_once",
                violation_error_message="Cette suite est déjà écrite.",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False)
                | Q(enrollment__isnull=False)
                | Q(structure__isnull=False),
                name="letter_to_somebody",
                violation_error_message="Une lettre est écrite à quelqu’un.",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.FAILED) | ~Q(failure=""),
                name="letter_failed_for_a_reason",
                violation_error_message="Une lettre qui n’est pas partie dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.SENT) | Q(sent_at__isnull=False),
                name="letter_sent_dated",
                violation_error_message="Une lettre envoyée porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, replied_at__isnull=False)
                | (~Q(state__in=ANSWERED) & Q(replied_at=None)),
                name="letter_answer_dated",
                violation_error_message="Une réponse porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} à {self.name}"

    @property
    def name(self) -> str:
        return str(self.addressee)

    @property
    def addressee(self):
        return (self.enrollment and self.enrollment.trainee) or self.structure or self.recipient

    @property
    def person_id(self) -> uuid.UUID | None:
        return self.enrollment_id or self.structure_id or self.recipient_id

    @property
    def root(self) -> "Letter":
        """The convocation that this letter follows; of a letter that follows none, itself."""
        return self.convocation or self

    @property
    def is_in_force(self) -> bool:
        return self.kind in CONVOCATIONS and self.replaced_at is None

    @property
    def never_left(self) -> bool:
        """Nobody can have read it; one that a worker was sending when it died may have been read."""
        waits = self.state in (LetterState.TO_SEND, LetterState.FAILED)
        return waits and self.sending_started_at is None and self.sent_at is None
