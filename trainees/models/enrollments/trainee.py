import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from core import clock
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet
from structures.models import Structure
from trainees.enums import Sex


class TraineeQuerySet(FoldedQuerySet):
    def visible_to(self, user) -> "TraineeQuerySet":
        """The certifier sees everyone, a team the people of its structure, a trainee themself."""
        if user.is_certifier:
            return self.all()
        of_team = Q(enrollments__structure__in=Structure.objects.visible_to(user))
        return self.filter(of_team | Q(user=user)).distinct()


class Trainee(FoldedModel):
    """A salaried trainee: the identity that the certificate and the CDC will carry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainee",
        verbose_name="compte",
    )
    birth_name = models.CharField("nom de naissance", max_length=60)
    usage_name = models.CharField("nom d’usage", max_length=60, blank=True)
    first_names = models.CharField("prénoms", max_length=100)
    sex = models.CharField("sexe", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("date de naissance")
    birth_place = models.CharField("commune de naissance", max_length=80, blank=True)
    birth_insee = models.CharField("code INSEE de naissance", max_length=5, blank=True)
    birth_country = models.CharField("pays de naissance", max_length=60, default="France")
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    folded = FoldedField("usage_name or birth_name", "first_names", "birth_name")
    created_at = models.DateTimeField("créée le", default=clock.now, editable=False)

    told_apart: str = ""
    """« (1984) » where the name stands beside the same one (`queries.enrollments`)."""

    objects = TraineeQuerySet.as_manager()

    class Meta:
        ordering = ["folded"]
        indexes = [models.Index(fields=["folded"], name="trainee_by_name")]
        verbose_name = "salarié polyvalent"
        verbose_name_plural = "salariés polyvalents"
        constraints = [
            models.UniqueConstraint(
                Upper("birth_name"),
                Upper("first_names"),
                "birth_date",
                Upper("birth_place"),
                name="trainee_once",
                violation_error_message="Cette personne est déjà connue : même nom, mêmes prénoms, même naissance.",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=Sex.values),
                name="trainee_sex_known",
                violation_error_message="Le sexe est F ou M, comme à l’état civil.",
            ),
            models.CheckConstraint(
                condition=Q(birth_insee="") | Q(birth_insee__regex=r"^[0-9][0-9AB][0-9]{3}$"),
                name="trainee_insee_shape",
                violation_error_message="Un code INSEE compte 5 caractères : 34301, 2A004, 99352.",
            ),
            models.CheckConstraint(
                condition=~Q(birth_name="") & ~Q(first_names=""),
                name="trainee_named",
                violation_error_message="Le nom de naissance et les prénoms sont nécessaires au certificat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_names} {self.shown_name}{self.told_apart}"

    @property
    def shown_name(self) -> str:
        """The family name used in daily life."""
        return self.usage_name or self.birth_name

    @property
    def discreet_name(self) -> str:
        """« Samira D. », for people who have no account."""
        return f"{self.first_names.split()[0]} {self.shown_name[0]}."

    @property
    def is_identity_complete(self) -> bool:
        """What a certificate prints is all there; a birthplace may be unknown abroad, never in France."""
        return bool(self.birth_place) or self.birth_country.casefold() != "france"
