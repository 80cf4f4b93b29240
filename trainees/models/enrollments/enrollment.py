import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.texts import LONGEST_REASON
from structures.models import ProductionSupport, Structure
from trainees.enums import OPEN_STATES, EnrollmentState, EnrollmentStep
from trainees.models.enrollments.exit_reason import ExitReason
from trainees.models.enrollments.trainee import Trainee

MOST_MINUTES = 399 * 60
LEAST_MINUTES = 200 * 60
SOON = timedelta(days=60)  # how long before its end a contract is shown as ending


class EnrollmentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EnrollmentQuerySet":
        """The certifier sees every enrolment, a team those of its structure, a trainee their own."""
        if user.is_certifier:
            return self.all()
        return self.filter(Q(structure__in=Structure.objects.visible_to(user)) | Q(trainee__user=user))

    def open(self) -> "EnrollmentQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def before_jury(self) -> "EnrollmentQuerySet":
        """Open enrolments whose dossier no jury can read yet."""
        return self.open().filter(
            step__in=[EnrollmentStep.ENROLLED, EnrollmentStep.TRAINING, EnrollmentStep.DOSSIER]
        )

    def ending_by(self, day: date) -> "EnrollmentQuerySet":
        """Enrolments still before the jury whose contract ends from today to that day."""
        return self.before_jury().filter(contract_end__range=(clock.today(), day))

    def with_hours_done(self) -> "EnrollmentQuerySet":
        """Enrolments in training that have their 200 hours, and no dossier yet."""
        done = F("done_production_minutes") + F("done_classroom_minutes") + F("done_immersion_minutes")
        return (
            self.open()
            .filter(step=EnrollmentStep.TRAINING)
            .annotate(done=done)
            .filter(done__gte=LEAST_MINUTES)
        )

    def with_people(self) -> "EnrollmentQuerySet":
        return self.select_related("trainee", "structure", "support", "referent")


class Enrollment(models.Model):
    """The training of one trainee towards the CQP (parcours): structure, support, referent, contract, frozen framework.

    The three `done_…_minutes` are kept by the services that write attendances and immersions, so that
    the cap of 399 h is a constraint of the database; `manage.py recount` checks them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(
        Trainee, on_delete=models.PROTECT, related_name="enrollments", verbose_name="salarié"
    )
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="enrollments", verbose_name="structure"
    )
    support = models.ForeignKey(
        ProductionSupport,
        on_delete=models.PROTECT,
        related_name="enrollments",
        verbose_name="support de production",
    )
    referent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="referred_enrollments",
        verbose_name="référent",
    )
    contract_start = models.DateField("début du contrat")
    contract_end = models.DateField("fin du contrat")
    weekly_hours = models.DecimalField("heures par semaine", max_digits=4, decimal_places=2)
    framework_version = models.CharField("version du référentiel", max_length=20, editable=False)
    funding_number = models.CharField("numéro de l’accord de prise en charge", max_length=40, blank=True)
    enrolled_on = models.DateField("inscrit le", default=clock.today)
    import_id = models.UUIDField("importé avec", null=True, editable=False, db_index=True)
    state = models.CharField(
        "état", max_length=10, choices=EnrollmentState.choices, default=EnrollmentState.ACTIVE
    )
    step = models.CharField(
        "étape", max_length=12, choices=EnrollmentStep.choices, default=EnrollmentStep.ENROLLED
    )
    left_on = models.DateField("sorti le", null=True, blank=True)
    exit_reason = models.ForeignKey(
        ExitReason, on_delete=models.PROTECT, null=True, blank=True, verbose_name="motif de sortie"
    )
    completed_on = models.DateField("terminé le", null=True, blank=True)
    done_production_minutes = models.PositiveIntegerField("minutes en production", default=0)
    done_classroom_minutes = models.PositiveIntegerField("minutes en salle", default=0)
    done_immersion_minutes = models.PositiveIntegerField("minutes en immersion", default=0)

    # Only on rows read by `queries.forecast.with_plan`.
    plan_production: int | None
    plan_classroom: int | None
    plan_immersion: int | None
    # Only on rows read by `services.sessions.checks.with_day_state`.
    is_paused: bool
    is_signed: bool

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        ordering = ["trainee__folded"]
        verbose_name = "parcours"
        verbose_name_plural = "parcours"
        indexes = [
            models.Index(fields=["structure", "state"], name="enrollment_structure_state"),
            models.Index(fields=["enrolled_on"], name="enrollment_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(state__in=OPEN_STATES),
                name="enrollment_one_open",
                violation_error_message="Cette personne a déjà un parcours en cours.",
            ),
            models.CheckConstraint(
                condition=Q(contract_end__gt=F("contract_start")),
                name="enrollment_contract_in_order",
                violation_error_message="Le contrat doit finir après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=35),
                name="enrollment_weekly_hours",
                violation_error_message="Un contrat compte plus de 0 et au plus 35 heures par semaine.",
            ),
            models.CheckConstraint(
                condition=Q(
                    done_production_minutes__lte=MOST_MINUTES
                    - F("done_classroom_minutes")
                    - F("done_immersion_minutes")
                ),
                name="enrollment_at_most_399_hours",
                violation_error_message="Un parcours ne peut pas dépasser 399 heures de formation.",
            ),
            models.CheckConstraint(
                condition=Q(state=EnrollmentState.LEFT, left_on__isnull=False, exit_reason__isnull=False)
                | (~Q(state=EnrollmentState.LEFT) & Q(left_on=None, exit_reason=None)),
                name="enrollment_left_with_reason",
                violation_error_message="Une sortie porte sa date et son motif.",
            ),
            models.CheckConstraint(
                condition=Q(state=EnrollmentState.COMPLETED, completed_on__isnull=False)
                | (~Q(state=EnrollmentState.COMPLETED) & Q(completed_on=None)),
                name="enrollment_completed_dated",
                violation_error_message="Un parcours terminé porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} – {self.support}"

    @property
    def done_minutes(self) -> int:
        return self.done_production_minutes + self.done_classroom_minutes + self.done_immersion_minutes

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class Pause(models.Model):
    """A break in the enrolment, with the reason given; open while `ends_on` is empty."""

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="pauses", verbose_name="parcours"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    reason = models.CharField("motif", max_length=LONGEST_REASON)

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "pause"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(ends_on=None),
                name="pause_one_open",
                violation_error_message="Ce parcours est déjà en pause.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="pause_in_order",
                violation_error_message="Une pause finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="pause_reasoned",
                violation_error_message="Une pause porte son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"pause du {self.starts_on}"
