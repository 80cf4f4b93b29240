"""The download of the PDF of the minutes, exactly as it was rendered."""

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.services.files import sealed_content
from core.services.journal import record_access
from juries.models import Minutes


@transaction.atomic
def download_minutes(*, minutes: Minutes, by: User) -> bytes:
    """Write in the journal that the minutes are downloaded, and give their PDF.

    Refused while it is being rendered, and when it is not what was rendered.
    """
    if not minutes.file:
        raise DomainError("Le PDF du procès-verbal est en préparation. Revenez dans une minute.")
    pdf = sealed_content(minutes.file, minutes.file_sha256, of="de ce procès-verbal")
    record_access(
        action="juries.minutes.downloaded",
        subject=minutes.session,
        by=by,
        summary=f"{minutes.session} : procès-verbal téléchargé",
        data={"sha256": minutes.file_sha256},
        topic_id=minutes.session_id,
    )
    return pdf
