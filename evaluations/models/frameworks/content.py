"""What a framework version is made of."""

import uuid

from django.db import models
from django.db.models import Q

from evaluations.enums import Family, TestKind
from evaluations.models.frameworks.framework import Framework
from structures.models import ProductionSupport


class MasteryLevel(models.Model):
    """One step of the mastery scale; `rank` orders the steps from 1."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="levels", verbose_name="référentiel"
    )
    rank = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=60)
    short = models.CharField("mot court", max_length=30)
    description = models.CharField("ce qu’on observe", max_length=300, blank=True)
    first_person = models.CharField("dit par le salarié", max_length=200, blank=True)

    class Meta:
        ordering = ["rank"]
        verbose_name = "niveau de maîtrise"
        verbose_name_plural = "niveaux de maîtrise"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "rank"],
                name="level_once",
                violation_error_message="Ce rang existe déjà dans l’échelle.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank} – {self.name}"


class JudgementLevel(models.Model):
    """One step of the scale by which jurors judge a criterion of a grid."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="judgements", verbose_name="référentiel"
    )
    rank = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=60)

    class Meta:
        ordering = ["rank"]
        verbose_name = "niveau d’appréciation"
        verbose_name_plural = "niveaux d’appréciation"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "rank"],
                name="judgement_once",
                violation_error_message="Ce rang existe déjà dans l’échelle du jury.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank} – {self.name}"


class Module(models.Model):
    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="modules", verbose_name="référentiel"
    )
    code = models.CharField("code", max_length=4)
    name = models.CharField("nom", max_length=120)
    family = models.CharField("livret", max_length=12, choices=Family.choices)

    class Meta:
        ordering = ["code"]
        verbose_name = "module"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="module_once",
                violation_error_message="Ce code de module existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"


class Domain(models.Model):
    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="domains", verbose_name="référentiel"
    )
    module = models.ForeignKey(
        Module, on_delete=models.CASCADE, related_name="domains", verbose_name="module"
    )
    number = models.PositiveSmallIntegerField("numéro")
    name = models.CharField("nom", max_length=160)
    plain = models.CharField("en mots simples", max_length=160, blank=True)
    icon = models.CharField("pictogramme", max_length=40, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "domaine"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="domain_once",
                violation_error_message="Ce numéro de domaine existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class CompetencyQuerySet(models.QuerySet):
    def for_enrollment(self, *, version: str, support_id) -> "CompetencyQuerySet":
        """What an enrolment must show: the competencies common to all and those of its support."""
        return self.filter(domain__framework__version=version).filter(
            Q(support=None) | Q(support_id=support_id)
        )


class Competency(models.Model):
    """A competency of a domain with its observable signs; `support` is empty when it is common to all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    domain = models.ForeignKey(
        Domain, on_delete=models.CASCADE, related_name="competencies", verbose_name="domaine"
    )
    support = models.ForeignKey(
        ProductionSupport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="competencies",
        verbose_name="support de production",
    )
    code = models.CharField("code", max_length=12)
    label = models.CharField("compétence", max_length=200)
    plain = models.CharField("en mots simples", max_length=120, blank=True)
    indicators = models.JSONField("signes observables", default=list, blank=True)

    rank: int | None
    """The current level of one person, once the gateway read it."""

    objects = CompetencyQuerySet.as_manager()

    class Meta:
        ordering = ["domain__number", "code"]
        verbose_name = "compétence"
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "code"],
                name="competency_once",
                violation_error_message="Ce code de compétence existe déjà dans le domaine.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Activity(models.Model):
    """What a crew does in a day on a support, and the competencies that can be seen in it."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="activities", verbose_name="référentiel"
    )
    support = models.ForeignKey(
        ProductionSupport, on_delete=models.PROTECT, related_name="activities", verbose_name="support"
    )
    name = models.CharField("activité", max_length=120)
    icon = models.CharField("pictogramme", max_length=40, blank=True)
    competencies = models.ManyToManyField(Competency, related_name="activities", verbose_name="compétences")

    class Meta:
        ordering = ["name"]
        verbose_name = "activité"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "support", "name"],
                name="activity_once",
                violation_error_message="Cette activité existe déjà pour ce support.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class GridCriterion(models.Model):
    """One line of the grid by which each juror appraises a test."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="criteria", verbose_name="référentiel"
    )
    test = models.CharField("épreuve", max_length=12, choices=TestKind.choices)
    domain = models.ForeignKey(
        Domain, on_delete=models.CASCADE, related_name="criteria", verbose_name="domaine"
    )
    code = models.CharField("code", max_length=8)
    label = models.CharField("critère", max_length=200)
    indicators = models.JSONField("signes observables", default=list, blank=True)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["test", "order", "code"]
        verbose_name = "critère"
        verbose_name_plural = "critères"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="criterion_once",
                violation_error_message="Ce code de critère existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
