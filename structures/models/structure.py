import uuid
from datetime import date

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from stdnum.fr import siret as siret_rule

from core import clock
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet
from core.texts import LONGEST_REASON
from structures.enums import StructureState
from structures.models.support import ProductionSupport
from structures.rules.territories import DEPARTMENTS, REGIONS, department_of, region_of

VISIT_WITHIN = relativedelta(months=6)


def check_siret(value: str) -> None:
    """A SIRET is 14 digits whose keys agree (Luhn, with La Poste's own rule)."""
    if not value.isdigit() or not siret_rule.is_valid(value):
        raise ValidationError("Ce SIRET n’est pas valable : 14 chiffres, avec leur clé de contrôle.")


class StructureQuerySet(FoldedQuerySet):
    def visible_to(self, user) -> "StructureQuerySet":
        """The certifier sees every structure; a team member sees their own."""
        if user.is_certifier:
            return self.all()
        return self.filter(pk__in=_structures_of(user))

    def accredited(self) -> "StructureQuerySet":
        return self.filter(state=StructureState.ACCREDITED)

    def with_team_size(self) -> "StructureQuerySet":
        """With `team_size`: how many people hold a role there today."""
        today = clock.today()
        held = Q(memberships__starts_on__lte=today) & (
            Q(memberships__ends_on=None) | Q(memberships__ends_on__gt=today)
        )
        return self.annotate(team_size=Count("memberships__user", filter=held, distinct=True))


def _structures_of(user):
    today = clock.today()
    memberships = user.memberships.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    return memberships.values("structure_id")


class Structure(FoldedModel):
    """An ACI (atelier et chantier d'insertion) that prepares, or wants to prepare, its employees for the CQP."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=120)
    siret = models.CharField("SIRET", max_length=14, unique=True, validators=[check_siret])
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5)
    city = models.CharField("commune", max_length=80)
    folded = FoldedField("name", "city", "postcode", "siret")
    region = models.CharField("région", max_length=2, choices=list(REGIONS.items()), editable=False)
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    training_body_number = models.CharField("numéro d’organisme de formation", max_length=11, blank=True)
    member_number = models.CharField("numéro d’adhérent à l’OPCO (ICOM)", max_length=20, blank=True)
    supports = models.ManyToManyField(
        ProductionSupport, related_name="structures", blank=True, verbose_name="supports de production"
    )
    state = models.CharField(
        "état", max_length=10, choices=StructureState.choices, default=StructureState.INTERESTED
    )
    interested_on = models.DateField("intérêt manifesté le", default=clock.today)
    accredited_from = models.DateField("agréée du", null=True, blank=True)
    accredited_until = models.DateField("agréée jusqu’au", null=True, blank=True)
    visited_on = models.DateField("visitée le", null=True, blank=True)

    objects = StructureQuerySet.as_manager()

    class Meta:
        ordering = ["folded"]
        indexes = [models.Index(fields=["folded"], name="structure_by_name")]
        verbose_name = "structure"
        constraints = [
            models.CheckConstraint(
                condition=Q(siret__regex=r"^[0-9]{14}$"),
                name="structure_siret_digits",
                violation_error_message="Un SIRET compte 14 chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[0-9]{5}$"),
                name="structure_postcode_digits",
                violation_error_message="Un code postal compte 5 chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(training_body_number="") | Q(training_body_number__regex=r"^[0-9]{11}$"),
                name="structure_training_body_digits",
                violation_error_message="Un numéro d’organisme de formation compte 11 chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(state=StructureState.INTERESTED)
                | Q(accredited_from__isnull=False, accredited_until__isnull=False)
                | Q(state=StructureState.ENDED),
                name="structure_accreditation_dated",
                violation_error_message="Un agrément porte une date de début et une date de fin.",
            ),
            models.CheckConstraint(
                condition=Q(accredited_from=None) | Q(accredited_until__gt=F("accredited_from")),
                name="structure_accreditation_lasts",
                violation_error_message="L’agrément doit finir après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.region = region_of(self.postcode)
        if not self.region:
            raise ValidationError({"postcode": "Ce code postal n’est celui d’aucune région française."})

    @property
    def department(self) -> str:
        return DEPARTMENTS.get(department_of(self.postcode), "")

    @property
    def visit_due_on(self) -> date | None:
        """The last day of the visit due within six months of the accreditation; None once visited."""
        if self.accredited_from is None or (self.visited_on and self.visited_on >= self.accredited_from):
            return None
        return self.accredited_from + VISIT_WITHIN

    @property
    def visit_is_late(self) -> bool:
        return self.visit_due_on is not None and self.visit_due_on < clock.today()

    @property
    def has_run_out(self) -> bool:
        """Accredited in name only: the last day of the accreditation is past and nobody renewed it."""
        return (
            self.state == StructureState.ACCREDITED
            and self.accredited_until is not None
            and self.accredited_until < clock.today()
        )

    def may_enrol_on(self, day: date) -> bool:
        """Only an accredited structure enrols, and only while its accreditation runs."""
        return (
            self.state == StructureState.ACCREDITED
            and self.accredited_from is not None
            and self.accredited_until is not None
            and self.accredited_from <= day <= self.accredited_until
        )


class StructureSpan(models.Model):
    """From when to when a structure was in a state: so that the dashboard can show any date."""

    structure = models.ForeignKey(
        Structure, on_delete=models.CASCADE, related_name="spans", verbose_name="structure"
    )
    state = models.CharField("état", max_length=10, choices=StructureState.choices)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au (exclu)", null=True, blank=True)
    reason = models.CharField("motif", max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "période d’une structure"
        constraints = [
            models.UniqueConstraint(
                fields=["structure"],
                condition=Q(ends_on=None),
                name="structure_span_one_open",
                violation_error_message="Une structure n’est que dans un état à la fois.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="structure_span_in_order",
                violation_error_message="Une période finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} du {self.starts_on}"
