from uuid import UUID

from core.storage import store_pdf
from core.tasks import work_task
from juries.documents.results import attestation as attestation_document
from juries.documents.results import minutes as minutes_document
from juries.models import Minutes, PartialAttestation


@work_task
def draw_attestation(attestation_id: UUID) -> None:
    """Give a partial attestation its file, once."""
    attestation = PartialAttestation.objects.get(pk=attestation_id)
    if attestation.file:
        return
    pdf = attestation_document.render(attestation)
    store_pdf(PartialAttestation.objects.filter(pk=attestation.pk), pdf, folder="attestations")


@work_task
def draw_minutes(session_id: UUID) -> None:
    """Give the minutes their file, once every signature is there."""
    minutes = Minutes.objects.prefetch_related("signatures__juror__user").get(session_id=session_id)
    if minutes.file:
        return
    signatures = [minutes_document.signature_of(row) for row in minutes.signatures.all()]
    pdf = minutes_document.render(minutes.content, signatures, sha256=minutes.content_sha256)
    store_pdf(Minutes.objects.filter(pk=minutes.pk), pdf, folder="minutes")
