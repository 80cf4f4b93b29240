import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from structures.enums import Role
from structures.models.structure import Structure


class MembershipQuerySet(models.QuerySet):
    def current(self) -> "MembershipQuerySet":
        """Those held today; the day they end is the first without them."""
        today = clock.today()
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def visible_to(self, user) -> "MembershipQuerySet":
        """The team of a structure is seen by that team and by the certifier."""
        return self.filter(structure__in=Structure.objects.visible_to(user))


class Membership(models.Model):
    """Who works where, in which role, from when to when (a person who left keeps their past rows).

    `ends_on` is the first day without access: ending a membership shuts the door at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(
        Structure, on_delete=models.CASCADE, related_name="memberships", verbose_name="structure"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="personne",
    )
    role = models.CharField("rôle", max_length=10, choices=Role.choices)
    starts_on = models.DateField("depuis le", default=clock.today)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__folded"]
        verbose_name = "appartenance à une équipe"
        verbose_name_plural = "appartenances aux équipes"
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "user", "role"],
                condition=Q(ends_on=None),
                name="membership_once",
                violation_error_message="Cette personne tient déjà ce rôle dans la structure.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_in_order",
                violation_error_message="Une personne quitte l’équipe après y être entrée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
