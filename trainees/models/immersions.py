import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.texts import LONGEST_REASON
from structures.models import Structure
from trainees.enums import ImmersionPurpose, ObjectivesReached
from trainees.models.enrollments.enrollment import Enrollment


class ImmersionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ImmersionQuerySet":
        """The certifier sees every immersion, a team those of its structure, a trainee their own."""
        if user.is_certifier:
            return self.all()
        of_team = Q(enrollment__structure__in=Structure.objects.visible_to(user))
        return self.filter(of_team | Q(enrollment__trainee__user=user))


class Immersion(models.Model):
    """A period in a host company (PMSMP, articles L5135-1 and D5135-1 to -8 of the Code du travail).

    At most one month date to date, renewed once for the same object, with a reason; at most 60 days with
    one host in twelve months. Its hours count once it is confirmed as done; more than planned needs a reason.
    `schedule` is read by `trainees.rules.immersions`: {"0": [["08:00", "12:00"], ["13:00", "17:00"]]}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="immersions", verbose_name="parcours"
    )
    host_name = models.CharField("entreprise d’accueil", max_length=120)
    host_siret = models.CharField("SIRET de l’entreprise", max_length=14, blank=True)
    place = models.CharField("lieu de l’immersion", max_length=200, blank=True)
    tutor_name = models.CharField("tuteur dans l’entreprise", max_length=120)
    tutor_role = models.CharField("fonction du tuteur", max_length=120, blank=True)
    tutor_email = models.EmailField("adresse électronique du tuteur", blank=True)
    purpose = models.CharField("objet", max_length=10, choices=ImmersionPurpose.choices)
    objectives = models.TextField("objectifs", max_length=1000)
    tasks = models.TextField("activités confiées", max_length=1000, blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    schedule = models.JSONField("horaires de chaque jour", default=dict, blank=True)
    planned_minutes = models.PositiveSmallIntegerField("durée prévue en minutes")
    done_minutes = models.PositiveSmallIntegerField("durée faite en minutes", null=True, blank=True)
    confirmed_at = models.DateTimeField("faite, confirmée le", null=True, blank=True)
    overrun_reason = models.CharField("pourquoi plus que prévu", max_length=LONGEST_REASON, blank=True)
    renews = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewal",
        verbose_name="renouvelle",
    )
    renewal_reason = models.CharField("pourquoi le renouvellement", max_length=LONGEST_REASON, blank=True)

    objects = ImmersionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "immersion"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="immersion_in_order",
                violation_error_message="Une immersion finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(done_minutes=None, confirmed_at=None)
                | Q(done_minutes__isnull=False, done_minutes__gt=0, confirmed_at__isnull=False),
                name="immersion_confirmed_with_hours",
                violation_error_message="Une immersion faite porte ses heures.",
            ),
            models.CheckConstraint(
                condition=Q(planned_minutes__gt=0),
                name="immersion_planned_hours",
                violation_error_message="Une immersion prévoit des heures.",
            ),
            models.CheckConstraint(
                condition=Q(renews=None) | ~Q(renewal_reason=""),
                name="immersion_renewal_reasoned",
                violation_error_message="Un renouvellement dit pourquoi les objectifs ne sont pas atteints.",
            ),
            models.CheckConstraint(
                condition=Q(done_minutes=None)
                | Q(done_minutes__lte=F("planned_minutes"))
                | ~Q(overrun_reason=""),
                name="immersion_overrun_reasoned",
                violation_error_message="Des heures de plus que prévu disent pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"immersion chez {self.host_name}"

    @property
    def days(self) -> int:
        """The length of the period, first and last day included."""
        return (self.ends_on - self.starts_on).days + 1


class TutorAppraisalQuerySet(models.QuerySet):
    def open(self) -> "TutorAppraisalQuerySet":
        """Neither answered, nor withdrawn, nor out of date."""
        return self.filter(answered_at=None, revoked_at=None, expires_at__gt=clock.now())


class TutorAppraisal(models.Model):
    """The appraisal of an immersion by its tutor, given through a link that needs no account.

    The link works once and until `expires_at`; its token is signed from the id of the row and never
    stored. Asking again withdraws the former link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    immersion = models.ForeignKey(
        Immersion, on_delete=models.CASCADE, related_name="appraisals", verbose_name="immersion"
    )
    email = models.EmailField("adresse du tuteur")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le", default=clock.now, editable=False)
    expires_at = models.DateTimeField("valable jusqu’au")
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    signed_as = models.CharField("répondu par", max_length=120, blank=True)
    objectives_reached = models.CharField(
        "objectifs atteints", max_length=10, choices=ObjectivesReached.choices, blank=True
    )
    went_well = models.TextField("ce qui s’est bien passé", max_length=1000, blank=True)
    to_work_on = models.TextField("ce qui reste à travailler", max_length=1000, blank=True)

    objects = TutorAppraisalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "appréciation du tuteur"
        verbose_name_plural = "appréciations du tuteur"
        constraints = [
            models.UniqueConstraint(
                fields=["immersion"],
                condition=Q(answered_at__isnull=False),
                name="tutor_appraisal_answered_once",
                violation_error_message="Le tuteur a déjà répondu pour cette immersion.",
            ),
            models.UniqueConstraint(
                fields=["immersion"],
                condition=Q(answered_at=None, revoked_at=None),
                name="tutor_appraisal_one_link",
                violation_error_message="Un seul lien à la fois pour une immersion.",
            ),
            models.CheckConstraint(
                condition=(Q(answered_at=None) & Q(objectives_reached=""))
                | (
                    Q(answered_at__isnull=False, revoked_at=None)
                    & ~Q(objectives_reached="")
                    & ~Q(signed_as="")
                ),
                name="tutor_appraisal_whole",
                violation_error_message="Une appréciation dit qui répond et si les objectifs sont atteints.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="tutor_appraisal_lasts",
                violation_error_message="Un lien doit durer plus d’un instant.",
            ),
        ]

    def __str__(self) -> str:
        return f"appréciation de l’immersion {self.immersion_id}"
