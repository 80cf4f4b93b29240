import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Neither used, nor withdrawn, nor out of date."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())


class Invitation(models.Model):
    """A link by which an invited person opens their account: one use, two weeks.

    The token of the link is signed from the id of the row and never stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name="personne invitée",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="invitée par",
    )
    created_at = models.DateTimeField("créée le", default=clock.now, editable=False)
    expires_at = models.DateTimeField("valable jusqu’au")
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "invitation"
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
                violation_error_message="Une invitation retirée ne peut plus être acceptée.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="invitation_lasts",
                violation_error_message="Une invitation doit durer plus d’un instant.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation de {self.user_id}"
