import hashlib
from uuid import UUID

from django.core.files.base import ContentFile

from accounts import clock
from accounts.storage import keep_once
from accounts.tasks import work_task
from trainees.documents.attendance_sheet import draw
from trainees.emails import send_tutor_email
from trainees.models import MonthlySheet, TutorAppraisal


@work_task
def draw_sheet(sheet_id: UUID) -> None:
    """Give a monthly sheet its PDF, once; one UPDATE decides between two workers.

    A month reopened meanwhile still gets the sheet that was signed.
    """
    sheet = MonthlySheet.objects.filter(pk=sheet_id, file="").first()
    if sheet is None:
        return
    pdf = draw(sheet.content, sheet.content_sha256)
    waiting = MonthlySheet.objects.filter(pk=sheet_id, file="")
    sha256 = hashlib.sha256(pdf).hexdigest()
    keep_once(
        ContentFile(pdf),
        folder="attendance",
        claim=lambda name: waiting.update(file=name, file_sha256=sha256),
    )


@work_task
def send_tutor_request(appraisal_id: UUID) -> None:
    """Send the tutor of an immersion a link that is still open, once."""
    people = "asked_by", "immersion__enrollment__trainee", "immersion__enrollment__structure"
    appraisal = TutorAppraisal.objects.open().select_related(*people).filter(pk=appraisal_id).first()
    if appraisal is None or appraisal.sent_at:
        return
    send_tutor_email(appraisal)
    TutorAppraisal.objects.filter(pk=appraisal_id).update(sent_at=clock.now())
