import hashlib
import secrets
from contextlib import suppress
from uuid import UUID

from django.core.files.base import ContentFile

from accounts.storage import private_storage
from accounts.tasks import work_task
from juries.documents.attestation import draw
from juries.models import PartialAttestation


@work_task
def draw_attestation(attestation_id: UUID) -> None:
    """Give a partial attestation its file, once: the file first, the row after it.

    A worker that dies half-way leaves a file that no row knows; one UPDATE decides between two workers.
    """
    attestation = PartialAttestation.objects.get(pk=attestation_id)
    if attestation.file:
        return
    pdf = draw(attestation)
    name = f"attestations/{secrets.token_hex(16)}.pdf"
    kept = 0
    try:
        private_storage().save(name, ContentFile(pdf))
        kept = PartialAttestation.objects.filter(pk=attestation.pk, file="").update(
            file=name, file_sha256=hashlib.sha256(pdf).hexdigest()
        )
    finally:
        if not kept:
            with suppress(OSError):
                private_storage().delete(name)
