import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.texts import LONGEST_REASON
from juries.enums import JUROR_STATES, SessionState
from juries.models.jurors import Juror
from juries.models.sessions.settings import CertificationSettings
from structures.rules.territories import REGIONS


class JurySessionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "JurySessionQuerySet":
        """The certifier sees every session, a juror their own from the convocation on."""
        if user.is_certifier:
            return self.all()
        return self.filter(seats__juror__user=user, seats__withdrawn_at=None).exclude(
            state__in=[SessionState.PLANNED, SessionState.CANCELLED]
        )

    def held(self) -> "JurySessionQuerySet":
        return self.filter(state__in=[SessionState.DELIBERATED, SessionState.RELEASED])


class JurySession(models.Model):
    """One jury, one day, one place, under the settings in force when it was planned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held_on = models.DateField("jour")
    venue = models.CharField("lieu", max_length=160)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5)
    city = models.CharField("commune", max_length=80)
    region = models.CharField("région", max_length=2, choices=list(REGIONS.items()), editable=False)
    directions = models.CharField("comment venir", max_length=300, blank=True)
    state = models.CharField(
        "état", max_length=12, choices=SessionState.choices, default=SessionState.PLANNED
    )
    rules = models.ForeignKey(
        CertificationSettings, on_delete=models.PROTECT, related_name="sessions", verbose_name="réglages"
    )
    planned_at = models.DateTimeField("prévue le", default=clock.now, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="prévue par"
    )
    convened_at = models.DateTimeField("convoquée le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    deliberated_at = models.DateTimeField("délibérée le", null=True, blank=True)
    released_at = models.DateTimeField("résultats publiés le", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="résultats publiés par",
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancelled_reason = models.CharField("motif de l’annulation", max_length=LONGEST_REASON, blank=True)

    objects = JurySessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "city"]
        verbose_name = "session de jury"
        verbose_name_plural = "sessions de jury"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SessionState.RELEASED, released_at__isnull=False, released_by__isnull=False)
                | (~Q(state=SessionState.RELEASED) & Q(released_at=None, released_by=None)),
                name="jury_released_by_someone",
                violation_error_message="Une publication porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                condition=(Q(state=SessionState.CANCELLED) & ~Q(cancelled_reason=""))
                | (~Q(state=SessionState.CANCELLED) & Q(cancelled_at=None)),
                name="jury_cancelled_with_reason",
                violation_error_message="Une annulation porte son motif.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SessionState.DELIBERATED, SessionState.RELEASED])
                | Q(deliberated_at__isnull=False),
                name="jury_deliberated_dated",
                violation_error_message="Une délibération porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"Jury à {self.city}, {self.held_on:%d/%m/%Y}"

    @property
    def is_open_to_jurors(self) -> bool:
        return self.state in JUROR_STATES


class SeatQuerySet(models.QuerySet):
    def active(self) -> "SeatQuerySet":
        """Seats from which the juror has not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user) -> "SeatQuerySet":
        return self.filter(session__in=JurySession.objects.visible_to(user))

    def with_people(self) -> "SeatQuerySet":
        return self.select_related("juror__user")


class Seat(models.Model):
    """A juror's place in a session; a withdrawal is recorded on it with its date and reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="seats", verbose_name="session"
    )
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="seats", verbose_name="juré")
    is_president = models.BooleanField("préside", default=False)
    is_present = models.BooleanField("présent le jour même", default=False)
    withdrawn_at = models.DateTimeField("désisté le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du désistement", max_length=LONGEST_REASON, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["-is_president", "juror__user__folded"]
        verbose_name = "place au jury"
        verbose_name_plural = "places au jury"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "juror"],
                name="seat_once",
                violation_error_message="Ce juré siège déjà dans cette session.",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(is_president=True, withdrawn_at=None),
                name="seat_one_president",
                violation_error_message="Une session n’a qu’un président.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} ({'préside' if self.is_president else 'juré'})"
