"""Downloads: the file of a certificate, a duplicate, the whole register. The journal records each."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, QuerySet

from accounts.models import User
from certificates.models import Certificate
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from core.services.journal import record, record_access
from core.storage import DamagedFile, verified_content
from core.texts import whole_text

DUPLICATED = "certificates.certificate.duplicated"


@dataclass(frozen=True)
class Duplicates:
    """How often a certificate was delivered again, and when last."""

    count: int
    last_at: datetime | None


@transaction.atomic
def download_certificate(*, certificate: Certificate, by: User) -> bytes:
    """The file of a certificate; the journal records the download. Refused when the file is missing or was altered."""
    content = _content_of(certificate)
    record_access(
        action="certificates.certificate.downloaded",
        subject=certificate,
        by=by,
        summary=f"Certificat {certificate.number} téléchargé",
        topic_id=certificate.enrollment_id,
    )
    return content


@transaction.atomic
def deliver_duplicate(*, certificate: Certificate, reason: str, by: User) -> bytes:
    """Deliver a certificate again: the very same file, the same number. The journal records who, when and why.

    Refused for one that was revoked or replaced, and without its file. The reason may stay empty.
    """
    if not certificate.is_valid:
        raise StaleState(
            f"Le certificat {certificate} ne vaut plus : il n’en est pas délivré de duplicata."
            + (f" Celui qui vaut est le {certificate.replaced_by}." if certificate.replaced_by else "")
        )
    reason = whole_text(reason)
    content = _content_of(certificate)
    record(
        action=DUPLICATED,
        subject=certificate,
        by=by,
        summary=f"Duplicata du certificat {certificate.number} délivré",
        reason=reason,
        topic_id=certificate.enrollment_id,
    )
    return content


def duplicates_of(certificate: Certificate) -> Duplicates:
    entries = JournalEntry.objects.filter(action=DUPLICATED, subject_id=str(certificate.pk))
    return Duplicates(**entries.aggregate(count=Count("pk"), last_at=Max("at")))


def _content_of(certificate: Certificate) -> bytes:
    if not certificate.file:
        raise DomainError(
            f"Le fichier du certificat {certificate} est en préparation. Revenez dans une minute."
        )
    try:
        return verified_content(certificate.file, certificate.file_sha256)
    except DamagedFile as damage:
        raise DomainError(
            f"Le fichier du certificat {certificate} a disparu ou a été modifié : prévenez le certificateur. "
            "Le certificat reste valable et se vérifie par son code."
        ) from damage


@transaction.atomic
def export_register(*, by: User) -> QuerySet[Certificate]:
    """Record in the journal that the whole register is exported; returns its lines, oldest first."""
    lines = Certificate.objects.visible_to(by).select_related("replaced_by").order_by("year", "sequence")
    record_access(
        action="certificates.register.exported",
        subject=by,
        by=by,
        summary=f"Registre des certificats exporté ({lines.count()} lignes)",
    )
    return lines
