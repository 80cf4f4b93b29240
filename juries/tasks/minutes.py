from uuid import UUID

from core.storage import keep_pdf
from core.tasks import work_task
from juries.documents.results.minutes import draw, signature_of
from juries.models import Minutes


@work_task
def draw_minutes(session_id: UUID) -> None:
    """Give the minutes their file, once every signature is there."""
    minutes = Minutes.objects.prefetch_related("signatures__juror__user").get(session_id=session_id)
    if minutes.file:
        return
    signatures = [signature_of(row) for row in minutes.signatures.all()]
    pdf = draw(minutes.content, signatures, sha256=minutes.content_sha256)
    keep_pdf(Minutes.objects.filter(pk=minutes.pk), pdf, folder="minutes")
