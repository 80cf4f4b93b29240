from uuid import UUID

from core.storage import keep_pdf
from core.tasks import work_task
from juries.documents.results.attestation import draw
from juries.models import PartialAttestation


@work_task
def draw_attestation(attestation_id: UUID) -> None:
    """Give a partial attestation its file, once."""
    attestation = PartialAttestation.objects.get(pk=attestation_id)
    if attestation.file:
        return
    pdf = draw(attestation)
    keep_pdf(PartialAttestation.objects.filter(pk=attestation.pk), pdf, folder="attestations")
