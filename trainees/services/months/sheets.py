"""Opening a monthly sheet, or rendering a provisional one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.enums import WorkState
from core.errors import DomainError
from core.models import Work
from core.services.files import sealed_content
from core.services.journal import record_access
from core.services.work import retry
from structures.models import Structure
from trainees.documents.months import render
from trainees.models import Enrollment, MonthlySheet
from trainees.rules.months import month_name
from trainees.services.months.content import sheet_content
from trainees.tasks import render_sheet


@transaction.atomic
def open_sheet(*, sheet: MonthlySheet, by: User) -> bytes:
    """The PDF of a signed month, for a person whose access a view has checked.

    Each opening by the certifier is recorded in the journal; those of the team and of the trainee are not.
    Refused while the file is being rendered, and when its hash is not the one recorded.
    """
    if not sheet.file:
        raise DomainError("La feuille est en préparation. Rechargez la page dans un instant.")
    pdf = sealed_content(sheet.file, sheet.file_sha256, of="de cette feuille")
    if by.is_certifier:
        closing = sheet.closing
        record_access(
            action="trainees.sheet.read",
            subject=sheet,
            by=by,
            summary=f"Feuille de {closing.enrollment.trainee}, {month_name(closing.month)}, lue",
            data={"sha256": sheet.file_sha256},
            topic_id=closing.enrollment_id,
        )
    return pdf


def sheets_set_aside(sheets: Iterable[MonthlySheet]) -> set[UUID]:
    """The ids of those whose rendering failed so often that it was set aside; at most one query."""
    waiting = [sheet.pk for sheet in sheets if not sheet.file]
    if not waiting:
        return set()
    rows = Work.objects.filter(task=render_sheet.name, subject_id__in=waiting, state=WorkState.SET_ASIDE)
    return set(rows.values_list("subject_id", flat=True))


def retry_rendering(sheet: MonthlySheet) -> None:
    """Ask again for the rendering of a sheet that was set aside."""
    retry(task=render_sheet, subject_id=sheet.pk)


def render_provisional_sheet(enrollment: Enrollment, month: date, structure: Structure) -> bytes:
    """The sheet as it would be today, marked « provisoire », with empty boxes to sign by hand."""
    content = sheet_content(enrollment, month, structure)
    if not content["slots"]:
        raise DomainError(f"Aucune séance en {month_name(month)} à {structure} : il n’y a pas de feuille.")
    return render(content)
