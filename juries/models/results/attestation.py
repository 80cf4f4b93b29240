import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.storage import private_storage
from core.texts import LONGEST_EXPLANATION, LONGEST_REASON
from juries.models.results.decision import Decision
from structures.models import ProductionSupport
from trainees.models import Enrollment


class PartialAttestationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PartialAttestationQuerySet":
        """The certifier, the team of the enrollment, and the trainee."""
        if user.is_certifier:
            return self.all()
        return self.filter(decision__candidate__enrollment__in=Enrollment.objects.visible_to(user))

    def not_revoked(self) -> "PartialAttestationQuerySet":
        """The domains that these attest may have run out."""
        return self.filter(revoked_at=None)


class PartialAttestation(models.Model):
    """What a « partial » decision gives: the domains acquired, everything it says copied in at the release.

    The database refuses any change of what it says; only its file and its revocation follow. It has no
    number of the register and no verification code: it proves nothing but what stays acquired before a later jury.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="attestation", verbose_name="décision"
    )
    first_names = models.CharField("prénoms", max_length=100)
    birth_name = models.CharField("nom de naissance", max_length=60)
    usage_name = models.CharField("nom d’usage", max_length=60, blank=True)
    sex = models.CharField("sexe", max_length=1)
    birth_date = models.DateField("date de naissance")
    birth_place = models.CharField("lieu de naissance", max_length=80, blank=True)
    birth_country = models.CharField("pays de naissance", max_length=60)
    title = models.CharField("intitulé", max_length=200)
    framework_version = models.CharField("version du référentiel", max_length=20)
    support = models.ForeignKey(
        ProductionSupport, on_delete=models.PROTECT, related_name="+", verbose_name="support"
    )
    support_name = models.CharField("support de production", max_length=80)
    structure_name = models.CharField("structure", max_length=120)
    jury_date = models.DateField("date du jury")
    jury_place = models.CharField("lieu du jury", max_length=80)
    attempt = models.PositiveSmallIntegerField("présentation")
    acquired = models.JSONField("domaines acquis")
    """number, name, since and until (ISO days; until is empty without a limit) of each domain."""

    remaining = models.JSONField("domaines qui restent")
    """number and name of each."""

    validity_months = models.PositiveSmallIntegerField("validité (mois)", null=True, blank=True)
    valid_until = models.DateField("domaines nouveaux valables jusqu’au", null=True, blank=True)
    recommendation = models.TextField("recommandation", max_length=LONGEST_EXPLANATION)
    certifier_name = models.CharField("certificateur", max_length=120)
    president_name = models.CharField("présidence du jury", max_length=200)
    delivered_on = models.DateField("délivrée le")
    is_demo = models.BooleanField("exemple sans valeur", default=False)
    created_at = models.DateTimeField("écrite le", default=clock.now, editable=False)
    file = models.FileField("PDF", storage=private_storage, upload_to="attestations/", blank=True)
    file_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="retirée par",
    )
    revoked_reason = models.CharField("motif du retrait", max_length=LONGEST_REASON, blank=True)

    objects = PartialAttestationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "attestation partielle"
        verbose_name_plural = "attestations partielles"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
                name="attestation_revoked_with_reason",
                violation_error_message="Un retrait porte sa date, son auteur et son motif.",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_sha256="") | (~Q(file="") & ~Q(file_sha256="")),
                name="attestation_file_proved",
                violation_error_message="Le fichier d’une attestation porte son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"attestation partielle de {self.full_name}"

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.usage_name or self.birth_name}"
