"""Signing a month and reopening it."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import hours
from core.hashing import fingerprint
from core.services.journal import record
from core.services.work import schedule
from core.texts import required_reason
from trainees.models import Enrollment, MonthClosing, MonthlySheet
from trainees.queries.months import Month, read_month
from trainees.rules.months import first_of, of_month
from trainees.services.locks import lock_enrollment
from trainees.services.months.content import employers, sheet_content
from trainees.tasks import render_sheet


@transaction.atomic
def close_month(*, enrollment: Enrollment, month: date, missing_reason: str = "", by: User) -> MonthClosing:
    """Sign the attendance sheet of a month (any day of it): its presences do not change any more.

    What the sheet says is copied at once, one sheet for each employer of the month, and its PDF is rendered
    in the background. Refused for a month already signed, without any session, or in which a planned
    session waits for its roll; before its end, unless the enrolment or its contract ended in it; and when a
    half-day is not signed by the trainee, unless `missing_reason` says why (the sheet shows it).
    """
    enrollment = lock_enrollment(enrollment)
    read = read_month(enrollment, month)
    if read.obstacle:
        raise (StaleState if read.closing else DomainError)(read.obstacle)
    closing = MonthClosing(
        enrollment=enrollment,
        month=read.first_day,
        closed_at=clock.now(),
        closed_by=by,
        missing_reason=_reason(read, missing_reason),
    )
    closing.save(force_insert=True)
    sheets = [_sheet(closing, structure) for structure in employers(read.attendances)]
    MonthlySheet.objects.bulk_create(sheets)
    record(
        action="trainees.month.closed",
        subject=closing,
        by=by,
        summary=f"La feuille {of_month(month)} de {enrollment.trainee} est signée : {hours(read.minutes)}",
        reason=closing.missing_reason,
        data={
            "minutes": read.minutes,
            "missing": len(read.missing),
            "sheets": {str(sheet.pk): sheet.content_sha256 for sheet in sheets},
        },
        topic_id=enrollment.pk,
    )
    schedule(render_sheet, [sheet.pk for sheet in sheets])
    return closing


@transaction.atomic
def reopen_month(*, enrollment: Enrollment, month: date, reason: str, by: User) -> MonthClosing:
    """Let the presences of a signed month be corrected again; its sheets stay readable, as replaced ones.

    Refused without a short reason.
    """
    enrollment, month = lock_enrollment(enrollment), first_of(month)
    reason = required_reason(
        reason, missing="La réouverture d’un mois porte son motif. Dites ce qui doit être corrigé."
    )
    closing = enrollment.month_closings.filter(month=month, reopened_at=None).first()
    if closing is None:
        raise StaleState(f"La feuille {of_month(month)} n’est pas signée.")
    if not enrollment.is_open:
        raise StaleState(f"Le parcours de {enrollment.trainee} est clos : ses feuilles ne changent plus.")
    closing.reopened_at, closing.reopened_by = clock.now(), by
    closing.reopening_reason = reason
    closing.save(update_fields=["reopened_at", "reopened_by", "reopening_reason"])
    record(
        action="trainees.month.reopened",
        subject=closing,
        by=by,
        summary=f"La feuille {of_month(month)} de {enrollment.trainee} est rouverte",
        reason=reason,
        topic_id=enrollment.pk,
    )
    return closing


def _reason(read: Month, missing_reason: str) -> str:
    """Why half-days stay unsigned; nothing when all are signed."""
    if not read.missing:
        return ""
    return required_reason(
        missing_reason,
        missing=f"{read.missing_sentence} Faites signer, ou dites pourquoi ces signatures manquent.",
    )


def _sheet(closing: MonthClosing, structure) -> MonthlySheet:
    content = sheet_content(closing.enrollment, closing.month, structure, closing)
    return MonthlySheet(
        closing=closing, structure=structure, content=content, content_sha256=fingerprint(content)
    )
