import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet
from core.texts import LONGEST_REASON
from juries.enums import College
from structures.models import Structure
from structures.rules.territories import REGIONS
from trainees.models import Trainee


class JurorQuerySet(FoldedQuerySet):
    def visible_to(self, user) -> "JurorQuerySet":
        """The certifier sees every juror; a juror sees themself."""
        return self.all() if user.is_certifier else self.filter(user=user)


class Juror(FoldedModel):
    """A juror: college, trade, region, and what may exclude them from a session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juror", verbose_name="personne"
    )
    college = models.CharField("collège", max_length=10, choices=College.choices)
    organisation = models.CharField("organisation", max_length=160)
    trade = models.CharField("métier", max_length=120, blank=True)
    folded_organisation = FoldedField("organisation")
    folded_trade = FoldedField("trade")
    region = models.CharField("région", max_length=2, choices=list(REGIONS.items()))
    of_certifier = models.BooleanField("appartient au certificateur", default=False)
    trained_on = models.DateField("formé au rôle de juré le", null=True, blank=True)
    training_title = models.CharField("intitulé de cette formation", max_length=160, blank=True)
    is_active = models.BooleanField("dans le vivier", default=True)
    joined_at = models.DateTimeField("entré le", default=clock.now, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        ordering = ["user__folded"]
        verbose_name = "juré"

    def __str__(self) -> str:
        return str(self.user)


class DeclaredLink(models.Model):
    """A link, present or past, that a juror declared with a structure or with a trainee."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="links", verbose_name="juré")
    structure = models.ForeignKey(
        Structure, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    trainee = models.ForeignKey(
        Trainee, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="salarié"
    )
    nature = models.CharField("nature du lien", max_length=LONGEST_REASON)
    declared_at = models.DateTimeField("déclaré le", default=clock.now, editable=False)

    class Meta:
        ordering = ["-declared_at"]
        verbose_name = "lien déclaré"
        verbose_name_plural = "liens déclarés"
        constraints = [
            models.CheckConstraint(
                condition=Q(structure__isnull=False, trainee=None) | Q(structure=None, trainee__isnull=False),
                name="link_with_one",
                violation_error_message="Un lien est déclaré avec une structure ou avec une personne.",
            )
        ]

    def __str__(self) -> str:
        return self.nature


class PastEmployer(models.Model):
    """Where a juror works or worked, as they declare it: a structure of ours, or an employer by its name.

    Years are enough; without a last year, they still work there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="employers", verbose_name="juré")
    structure = models.ForeignKey(
        Structure, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    name = models.CharField("employeur", max_length=160, blank=True)
    from_year = models.PositiveSmallIntegerField("de l’année")
    until_year = models.PositiveSmallIntegerField("à l’année", null=True, blank=True)

    class Meta:
        ordering = ["-from_year", "pk"]
        verbose_name = "employeur d’un juré"
        verbose_name_plural = "employeurs d’un juré"
        constraints = [
            models.CheckConstraint(
                condition=Q(structure__isnull=False, name="") | (Q(structure=None) & ~Q(name="")),
                name="employer_is_one",
                violation_error_message="Un employeur est une structure du site ou un nom, l’un des deux.",
            ),
            models.CheckConstraint(
                condition=Q(from_year__range=(1940, 2100))
                & (Q(until_year=None) | Q(until_year__gte=F("from_year"), until_year__lte=2100)),
                name="employer_years_in_order",
                violation_error_message="On quitte un employeur l’année où l’on y entre, ou après.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.structure or self.name)


class Unavailability(models.Model):
    """Days on which a juror cannot sit, first and last included; noted by themself or by the certifier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    juror = models.ForeignKey(
        Juror, on_delete=models.CASCADE, related_name="unavailabilities", verbose_name="juré"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="notée par"
    )
    noted_at = models.DateTimeField("notée le", default=clock.now, editable=False)

    class Meta:
        ordering = ["starts_on", "ends_on"]
        verbose_name = "indisponibilité"
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="unavailability_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="unavailability_in_order",
                violation_error_message="Une indisponibilité finit le jour où elle commence, ou après.",
            )
        ]

    def __str__(self) -> str:
        return f"du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"
