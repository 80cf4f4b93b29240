import hashlib
from uuid import UUID

from django.core.files.base import ContentFile

from accounts.storage import keep_once
from accounts.tasks import work_task
from juries.documents.minutes import draw, signature_of
from juries.models import Minutes


@work_task
def draw_minutes(session_id: UUID) -> None:
    """Give the minutes their file, once every signature is there; one UPDATE decides between two workers."""
    minutes = Minutes.objects.prefetch_related("signatures__juror__user").get(session_id=session_id)
    if minutes.file:
        return
    signatures = [signature_of(row) for row in minutes.signatures.all()]
    pdf = draw(minutes.content, signatures, sha256=minutes.content_sha256)
    waiting = Minutes.objects.filter(pk=minutes.pk, file="")
    sha256 = hashlib.sha256(pdf).hexdigest()
    keep_once(
        ContentFile(pdf),
        folder="minutes",
        claim=lambda name: waiting.update(file=name, file_sha256=sha256),
    )
