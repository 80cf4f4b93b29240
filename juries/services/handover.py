"""What leaves the register: a file, or the whole of it. The journal keeps who took it."""

import hashlib

from django.db import transaction
from django.db.models import QuerySet

from accounts.errors import DomainError
from accounts.models import User
from accounts.services.journal import record
from juries.models import Certificate


@transaction.atomic
def hand_over_certificate(*, certificate: Certificate, by: User) -> bytes:
    """The file of a certificate, written in the journal as taken; never one that is not as it was issued."""
    if not certificate.file:
        raise DomainError(
            f"Le fichier du certificat {certificate} est en préparation. Revenez dans une minute."
        )
    try:
        with certificate.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != certificate.file_sha256:
        raise DomainError(
            f"Le fichier du certificat {certificate} a disparu ou a été modifié : prévenez le certificateur. "
            "Le certificat reste valable et se vérifie par son code."
        )
    record(
        action="juries.certificate.downloaded",
        subject=certificate,
        by=by,
        summary=f"Certificat {certificate.number} téléchargé",
        thread=certificate.decision.candidate.enrollment_id,
    )
    return content


@transaction.atomic
def export_register(*, by: User) -> QuerySet[Certificate]:
    """Write in the journal that the whole register is exported; its lines, oldest first."""
    lines = Certificate.objects.visible_to(by).select_related("replaced_by").order_by("year", "sequence")
    record(
        action="juries.register.exported",
        subject=by,
        by=by,
        summary=f"Registre des certificats exporté ({lines.count()} lignes)",
    )
    return lines
