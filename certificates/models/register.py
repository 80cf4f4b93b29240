import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from certificates.enums import CertificateState
from core import clock
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet
from core.storage import private_storage
from core.texts import LONGEST_REASON
from trainees.models import Enrollment

# Crockford's base 32: no I, L, O or U, so that a code read aloud or from paper is typed right.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
VALID_STATES = [CertificateState.PENDING, CertificateState.ISSUED]


def new_code() -> str:
    """An unguessable code of 80 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class RegisterYear(models.Model):
    """The last number given in a year; its row is locked while the next one is taken."""

    year = models.PositiveSmallIntegerField("année", primary_key=True)
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "année du registre"
        verbose_name_plural = "années du registre"

    def __str__(self) -> str:
        return f"{self.year} : {self.last}"


class CertificateQuerySet(FoldedQuerySet):
    def visible_to(self, user) -> "CertificateQuerySet":
        """To the certifier, all; to others, those of the enrolments that they see: the team and the holder."""
        if user.is_certifier:
            return self.all()
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user))

    def valid(self) -> "CertificateQuerySet":
        """Neither revoked nor replaced: being prepared or issued."""
        return self.filter(state__in=VALID_STATES)


class Certificate(FoldedModel):
    """One line of the register: everything that the certificate prints, copied in at the release.

    The database refuses any change of these values; only its state and its file change. The file is
    a pure function of the row. Certificates that were delivered together share a `batch_id`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="certificates", verbose_name="parcours"
    )
    batch_id = models.UUIDField("délivré avec", db_index=True)
    year = models.PositiveSmallIntegerField("année")
    sequence = models.PositiveIntegerField("rang dans l’année")
    number = models.CharField("numéro", max_length=20, unique=True)
    code = models.CharField("code de vérification", max_length=CODE_LENGTH, unique=True, default=new_code)
    first_names = models.CharField("prénoms", max_length=100)
    birth_name = models.CharField("nom de naissance", max_length=60)
    usage_name = models.CharField("nom d’usage", max_length=60, blank=True)
    folded = FoldedField("usage_name or birth_name", "first_names", "birth_name", "number")
    sex = models.CharField("sexe", max_length=1)
    birth_date = models.DateField("date de naissance")
    birth_place = models.CharField("lieu de naissance", max_length=80, blank=True)
    birth_country = models.CharField("pays de naissance", max_length=60)
    title = models.CharField("intitulé", max_length=200)
    certification_type = models.CharField("enregistrement", max_length=4, blank=True)
    certification_code = models.CharField("code de certification", max_length=20, blank=True)
    framework_version = models.CharField("version du référentiel", max_length=20)
    support_name = models.CharField("support de production", max_length=80)
    rome_codes = models.CharField("codes ROME", max_length=60, blank=True)
    domains = models.JSONField("domaines")
    structure_name = models.CharField("structure", max_length=120)
    jury_date = models.DateField("date du jury")
    jury_place = models.CharField("lieu du jury", max_length=80)
    jury_region = models.CharField("région du jury", max_length=3, blank=True)
    delivered_on = models.DateField("délivré le")
    certifier_name = models.CharField("certificateur", max_length=120)
    signatories = models.JSONField("signataires")
    layout_version = models.CharField("version de la maquette", max_length=20)
    is_demo = models.BooleanField("exemple sans valeur", default=False)
    created_at = models.DateTimeField("inscrit au registre le", default=clock.now, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=CertificateState.choices, default=CertificateState.PENDING
    )
    file = models.FileField("PDF", storage=private_storage, upload_to="certificates/", blank=True)
    file_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)
    issued_at = models.DateTimeField("PDF prêt le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="révoqué par",
    )
    revoked_reason = models.CharField("motif de la révocation", max_length=LONGEST_REASON, blank=True)
    replaced_by = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="remplacé par",
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-sequence"]
        verbose_name = "certificat"
        indexes = [
            models.Index(fields=["folded"], name="certificate_by_name"),
            models.Index(fields=["file_sha256"], name="certificate_by_fingerprint"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "sequence"],
                name="certificate_number_once",
                violation_error_message="Ce numéro du registre est déjà donné.",
            ),
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(state__in=VALID_STATES),
                name="certificate_one_valid",
                violation_error_message="Ce parcours a déjà son certificat.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CertificateState.ISSUED)
                | (~Q(file="") & ~Q(file_sha256="") & Q(issued_at__isnull=False)),
                name="certificate_issued_with_file",
                violation_error_message="Un certificat délivré a son fichier.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CertificateState.REVOKED, revoked_at__isnull=False, revoked_by__isnull=False
                )
                & ~Q(revoked_reason="")
                | (~Q(state=CertificateState.REVOKED) & Q(revoked_at=None, revoked_by=None)),
                name="certificate_revoked_with_reason",
                violation_error_message="Une révocation porte sa date, son auteur et son motif.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CertificateState.REPLACED) | Q(replaced_by__isnull=False),
                name="certificate_replaced_by_one",
                violation_error_message="Un certificat remplacé dit par lequel.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor replaced."""
        return self.state in VALID_STATES

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.usage_name or self.birth_name}"
