import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.storage import private_storage
from core.texts import LONGEST_REASON
from evaluations.enums import DossierState, Piece, SignatureRole
from trainees.models import Enrollment


class DossierSignature(models.Model):
    """One of the three signatures that an attempt needs before its dossier can be sealed.

    It names what was signed by its fingerprint: once the levels, the hours or the sheets have changed,
    it no longer counts and is given again.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="signatures", verbose_name="parcours"
    )
    attempt = models.PositiveSmallIntegerField("présentation", default=1)
    role = models.CharField("au titre de", max_length=10, choices=SignatureRole.choices)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="recueillie par"
    )
    signatory = models.CharField("signataire", max_length=200)
    in_presence = models.BooleanField("signée en présence de l’encadrant", default=False)
    signed_sha256 = models.CharField("empreinte de ce qui est signé", max_length=64)
    signed_at = models.DateTimeField("signée le", default=clock.now, editable=False)

    class Meta:
        ordering = ["signed_at"]
        verbose_name = "signature du dossier"
        verbose_name_plural = "signatures du dossier"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "attempt", "role"],
                name="dossier_signature_once",
                violation_error_message="Cette signature est déjà donnée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} : {self.signatory}"


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DossierQuerySet":
        """The enrolment's own team, the trainee and the certifier; a juror comes in through their session."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user))


class Dossier(models.Model):
    """The dossier preuve of one attempt, sealed: a frozen snapshot, its PDF and their SHA-256.

    The jury reads this snapshot. Attempts are numbered and kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="dossiers", verbose_name="parcours"
    )
    attempt = models.PositiveSmallIntegerField("présentation", default=1)
    state = models.CharField("état", max_length=10, choices=DossierState.choices, default=DossierState.SEALED)
    snapshot = models.JSONField("contenu scellé")
    snapshot_sha256 = models.CharField("empreinte du contenu", max_length=64)
    sealed_at = models.DateTimeField("scellé le", default=clock.now, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="scellé par"
    )
    file = models.FileField("PDF", storage=private_storage, upload_to="dossiers/", blank=True)
    file_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)
    examined_at = models.DateTimeField("examiné le", null=True, blank=True)
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="examiné par",
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-sealed_at"]
        verbose_name = "dossier preuve"
        verbose_name_plural = "dossiers preuve"
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "attempt"],
                name="dossier_attempt_once",
                violation_error_message="Ce dossier est déjà scellé.",
            ),
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=~Q(state=DossierState.RETURNED) & Q(examined_at=None),
                name="dossier_one_under_review",
                violation_error_message="Un dossier de ce parcours attend déjà d’être examiné.",
            ),
            models.CheckConstraint(
                condition=Q(state=DossierState.SEALED, examined_at=None, examined_by=None)
                | (~Q(state=DossierState.SEALED) & Q(examined_at__isnull=False, examined_by__isnull=False)),
                name="dossier_examined_by_someone",
                violation_error_message="Un dossier examiné porte sa date et son auteur.",
            ),
        ]

    @property
    def returned(self) -> list["PieceReview"]:
        """What the certifier asked to complete, piece by piece."""
        return [review for review in self.reviews.all() if not review.accepted]

    def __str__(self) -> str:
        return f"dossier de {self.snapshot['identity']['full_name']}, présentation {self.attempt}"


class PieceReview(models.Model):
    """The certifier's review of one piece of a sealed dossier; a refusal has a reason."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="reviews", verbose_name="dossier"
    )
    piece = models.CharField("pièce", max_length=14, choices=Piece.choices)
    accepted = models.BooleanField("acceptée")
    reason = models.CharField("mot du certificateur", max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["piece"]
        verbose_name = "avis sur une pièce"
        verbose_name_plural = "avis sur les pièces"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "piece"],
                name="piece_review_once",
                violation_error_message="Cette pièce a déjà son avis.",
            ),
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""),
                name="piece_refusal_explained",
                violation_error_message="Dites ce qui manque à la pièce renvoyée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_piece_display()} : {'acceptée' if self.accepted else 'renvoyée'}"
