import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from juries.enums import College
from structures.models import Structure
from structures.territories import REGIONS
from trainees.models import Trainee


class JurorQuerySet(models.QuerySet):
    def visible_to(self, user) -> "JurorQuerySet":
        """The pool is the certifier's; a juror sees themself."""
        return self.all() if user.is_certifier else self.filter(user=user)


class Juror(models.Model):
    """A person of the pool: college, trade, region, and what may keep them from a session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juror", verbose_name="personne"
    )
    college = models.CharField("collège", max_length=10, choices=College.choices)
    organisation = models.CharField("organisation", max_length=160)
    trade = models.CharField("métier", max_length=120, blank=True)
    region = models.CharField("région", max_length=2, choices=list(REGIONS.items()))
    of_certifier = models.BooleanField("appartient au certificateur", default=False)
    trained_on = models.DateField("formé au rôle de juré le", null=True, blank=True)
    is_active = models.BooleanField("dans le vivier", default=True)
    joined_at = models.DateTimeField("entré le", default=clock.now, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
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
    nature = models.CharField("nature du lien", max_length=200)
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
