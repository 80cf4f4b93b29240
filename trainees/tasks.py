from uuid import UUID

from core import clock
from core.storage import store_pdf
from core.tasks import work_task
from trainees.documents.months import render
from trainees.emails import send_tutor_email
from trainees.models import MonthlySheet, TutorAppraisal


@work_task
def render_sheet(sheet_id: UUID) -> None:
    """Give a monthly sheet its PDF, once.

    A month reopened meanwhile still gets the sheet that was signed.
    """
    sheet = MonthlySheet.objects.filter(pk=sheet_id, file="").first()
    if sheet is None:
        return
    pdf = render(sheet.content, sheet.content_sha256)
    store_pdf(MonthlySheet.objects.filter(pk=sheet_id), pdf, folder="attendance")


@work_task
def send_tutor_request(appraisal_id: UUID) -> None:
    """Send the tutor of an immersion a link that is still open, once."""
    people = "asked_by", "immersion__enrollment__trainee", "immersion__enrollment__structure"
    appraisal = TutorAppraisal.objects.open().select_related(*people).filter(pk=appraisal_id).first()
    if appraisal is None or appraisal.sent_at:
        return
    send_tutor_email(appraisal)
    TutorAppraisal.objects.filter(pk=appraisal_id).update(sent_at=clock.now())
