import hashlib
from uuid import UUID

from django.core.files.base import ContentFile

from accounts.storage import keep_once
from accounts.tasks import work_task
from juries.documents.attestation import draw
from juries.models import PartialAttestation


@work_task
def draw_attestation(attestation_id: UUID) -> None:
    """Give a partial attestation its file, once; one UPDATE decides between two workers."""
    attestation = PartialAttestation.objects.get(pk=attestation_id)
    if attestation.file:
        return
    pdf = draw(attestation)
    waiting = PartialAttestation.objects.filter(pk=attestation.pk, file="")
    sha256 = hashlib.sha256(pdf).hexdigest()
    keep_once(
        ContentFile(pdf),
        folder="attestations",
        claim=lambda name: waiting.update(file=name, file_sha256=sha256),
    )
