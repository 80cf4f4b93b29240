import hashlib
import secrets
from contextlib import suppress
from uuid import UUID

from django.core.files.base import ContentFile

from accounts.storage import private_storage
from accounts.tasks import work_task
from juries.documents.minutes import draw, signature_of
from juries.models import Minutes


@work_task
def draw_minutes(session_id: UUID) -> None:
    """Give the minutes their file, once every signature is there: the file first, the row after it.

    A worker that dies half-way leaves a file that no row knows; one UPDATE decides between two workers.
    """
    minutes = Minutes.objects.prefetch_related("signatures__juror__user").get(session_id=session_id)
    if minutes.file:
        return
    signatures = [signature_of(row) for row in minutes.signatures.all()]
    pdf = draw(minutes.content, signatures, sha256=minutes.content_sha256)
    name = f"minutes/{secrets.token_hex(16)}.pdf"
    kept = 0
    try:
        private_storage().save(name, ContentFile(pdf))
        kept = Minutes.objects.filter(pk=minutes.pk, file="").update(
            file=name, file_sha256=hashlib.sha256(pdf).hexdigest()
        )
    finally:
        if not kept:
            with suppress(OSError):
                private_storage().delete(name)
