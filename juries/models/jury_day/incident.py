import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.texts import LONGEST_REASON
from juries.enums import IncidentKind
from juries.models.jurors import Juror
from juries.models.sessions.candidate import Candidate
from juries.models.sessions.session import JurySession


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "IncidentQuerySet":
        return self.filter(session__in=JurySession.objects.visible_to(user))

    def not_struck(self) -> "IncidentQuerySet":
        """Those that were not struck out."""
        return self.filter(struck_at=None)


class Incident(models.Model):
    """A late arrival, an absence or an incident of the day: it goes into the minutes.

    It is about one candidate, one juror, or the whole session when it names nobody. A mistake is struck out
    with its reason, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        JurySession, on_delete=models.CASCADE, related_name="incidents", verbose_name="session"
    )
    kind = models.CharField("nature", max_length=10, choices=IncidentKind.choices)
    candidate = models.ForeignKey(
        Candidate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name="candidat",
    )
    juror = models.ForeignKey(
        Juror, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="juré"
    )
    happened_at = models.TimeField("heure")
    note = models.CharField("ce qui s’est passé", max_length=LONGEST_REASON, blank=True)
    recorded_at = models.DateTimeField("noté le", default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    struck_at = models.DateTimeField("rayé le", null=True, blank=True)
    struck_reason = models.CharField("motif de la rature", max_length=LONGEST_REASON, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "recorded_at"]
        verbose_name = "fait de la journée"
        verbose_name_plural = "faits de la journée"
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate=None) | Q(juror=None),
                name="incident_about_one",
                violation_error_message="Un fait de la journée concerne une seule personne, ou toute la session.",
            ),
            models.CheckConstraint(
                condition=Q(kind=IncidentKind.INCIDENT) | Q(candidate__isnull=False) | Q(juror__isnull=False),
                name="incident_names_who_is_late_or_absent",
                violation_error_message="Dites qui est en retard ou absent.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=IncidentKind.INCIDENT) | ~Q(note=""),
                name="incident_told",
                violation_error_message="Dites en quelques mots ce qui s’est passé.",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(struck_reason=""),
                name="incident_struck_with_reason",
                violation_error_message="Une rature porte son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} à {self.happened_at:%H:%M}"
