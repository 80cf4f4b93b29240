from django.db.models import TextChoices


class CertificateState(TextChoices):
    PENDING = "pending", "en préparation"
    ISSUED = "issued", "délivré"
    REVOKED = "revoked", "révoqué"
    REPLACED = "replaced", "remplacé"


CERTIFICATE_MOVES: dict[str, set[str]] = {
    CertificateState.PENDING: {CertificateState.ISSUED, CertificateState.REVOKED, CertificateState.REPLACED},
    CertificateState.ISSUED: {CertificateState.REVOKED, CertificateState.REPLACED},
    CertificateState.REVOKED: set(),
    CertificateState.REPLACED: set(),
}


class CertificationType(TextChoices):
    """Where the certification is registered, if it is (domain of France compétences)."""

    NONE = "", "non enregistrée"
    RNCP = "RNCP", "RNCP"
    RS = "RS", "répertoire spécifique"


class VerificationStatus(TextChoices):
    """What a verification finds; the values are read by other programs and never change."""

    VALID = "valid", "authentique et valide"
    REVOKED = "revoked", "révoqué"
    REPLACED = "replaced", "remplacé"
    ALTERED = "altered", "copie altérée"
    UNKNOWN = "unknown", "inconnu"
    UNREGISTERED = "unregistered", "absent du registre"
    FOREIGN = "foreign", "pas un de nos certificats"
    UNREADABLE = "unreadable", "fichier illisible"


class RecognisedBy(TextChoices):
    """How a file was recognised as the one delivered; the values are read by other programs and never change."""

    FINGERPRINT = "fingerprint", "son empreinte est celle du registre"
    TRIMMED = "trimmed", "sans les blancs ajoutés autour, son empreinte est celle du registre"
    SIGNATURE = "signature", "la signature du certificateur le couvre en entier"


class LayoutState(TextChoices):
    DRAFT = "draft", "brouillon"
    PUBLISHED = "published", "publiée"


LAYOUT_MOVES: dict[str, set[str]] = {
    LayoutState.DRAFT: {LayoutState.PUBLISHED},
    LayoutState.PUBLISHED: set(),
}


class ArchiveKind(TextChoices):
    FILES = "files", "les certificats (ZIP)"
    LABELS = "labels", "les étiquettes d’envoi (PDF)"
    REGISTER = "register", "le registre (PDF)"
