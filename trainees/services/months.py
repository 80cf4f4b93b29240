from datetime import date

from django.db import transaction

from accounts import clock
from accounts.errors import DomainError, StaleState
from accounts.formats import MONTHS
from accounts.models import User
from accounts.services.journal import record
from trainees.models import Enrollment, MonthClosing
from trainees.services.locks import lock_path
from trainees.services.motives import motive


@transaction.atomic
def close_month(*, enrollment: Enrollment, month: date, by: User) -> MonthClosing:
    """Sign the attendance sheet of a month (any day of it): no presence in it moves any more.

    Refused for a month to come, already signed, or without any session.
    """
    enrollment, month = lock_path(enrollment), month.replace(day=1)
    if month > clock.today():
        raise DomainError(f"Le mois {of_month(month)} n’a pas commencé. Signez-le quand il sera fini.")
    if enrollment.month_closings.filter(month=month, reopened_at=None).exists():
        raise StaleState(f"La feuille {of_month(month)} est déjà signée.")
    days = enrollment.attendances.filter(
        session__held_on__year=month.year, session__held_on__month=month.month
    )
    if not days.exists():
        raise DomainError(f"Aucune séance en {month_name(month)} : il n’y a rien à signer.")
    closing = MonthClosing.objects.create(
        enrollment=enrollment, month=month, closed_at=clock.now(), closed_by=by
    )
    record(
        action="trainees.month.closed",
        subject=closing,
        by=by,
        summary=f"La feuille {of_month(month)} de {enrollment.trainee} est signée",
        data={"minutes": sum(days.values_list("minutes", flat=True))},
        thread=enrollment.pk,
    )
    return closing


@transaction.atomic
def reopen_month(*, enrollment: Enrollment, month: date, reason: str, by: User) -> MonthClosing:
    """Let the presences of a signed month be corrected again. Refused without a short reason."""
    enrollment, month = lock_path(enrollment), month.replace(day=1)
    reason = motive(
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
        thread=enrollment.pk,
    )
    return closing


def month_name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def of_month(month: date) -> str:
    """« de mars 2026 », « d’avril 2026 »."""
    name = month_name(month)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"
