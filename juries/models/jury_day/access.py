import uuid
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core import clock
from juries.enums import JUROR_STATES, AccessKind
from juries.models.jurors import Juror
from juries.models.sessions.session import JurySession


def start_of(day: date) -> datetime:
    """Midnight at the start of a calendar day in France, as an aware moment."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def end_of(day: date) -> datetime:
    """Midnight at the end of a calendar day in France, whatever its length (23, 24 or 25 hours)."""
    return start_of(day + timedelta(days=1))


class DayAccessQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DayAccessQuerySet":
        """The certifier sees those of every session, the president those of their own."""
        if user.is_certifier:
            return self.all()
        return self.filter(
            session__seats__juror__user=user,
            session__seats__is_president=True,
            session__seats__withdrawn_at=None,
        )

    def valid(self) -> "DayAccessQuerySet":
        """Not revoked, and its day is not over."""
        return self.filter(revoked_at=None, expires_at__gt=clock.now())


class DayAccess(models.Model):
    """The access of one juror to one session for its day: an e-mailed code, or a link shown as a QR code.

    The secret itself is never stored, only its keyed hash. A code serves once;
    a link serves the whole day on one device at a time: `entries` counts how often it was used, and a login
    remembers which entry it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="accesses", verbose_name="session"
    )
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="accesses", verbose_name="juré")
    kind = models.CharField("moyen", max_length=4, choices=AccessKind.choices)
    secret_hash = models.CharField("empreinte du secret", max_length=64, blank=True)
    entries = models.PositiveSmallIntegerField("entrées", default=0)
    made_at = models.DateTimeField("fait le", default=clock.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="fait par"
    )
    expires_at = models.DateTimeField("valable jusqu’au")
    used_at = models.DateTimeField("première entrée le", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = DayAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "accès d’un jour"
        verbose_name_plural = "accès d’un jour"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="day_access_lasts",
                violation_error_message="Un accès d’un jour se fait avant la fin de ce jour.",
            ),
            models.UniqueConstraint(
                fields=["secret_hash"],
                condition=~Q(secret_hash=""),
                name="day_access_secret_once",
                violation_error_message="Ce secret sert déjà.",
            ),
            models.UniqueConstraint(
                fields=["session", "juror"],
                condition=Q(kind=AccessKind.LINK, revoked_at=None, used_at=None),
                name="day_access_one_waiting_link",
                violation_error_message="Ce juré a déjà un lien qui attend.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} de {self.juror_id}"

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it lets somebody in at this moment: on the very day of the session, unless revoked or void."""
        return (
            self.revoked_at is None
            and start_of(self.session.held_on) <= moment < min(self.expires_at, end_of(self.session.held_on))
            and self.session.state in JUROR_STATES
        )
