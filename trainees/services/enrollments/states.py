"""The moves of an enrolment: a break, the end of a break, the departure."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import shortdate
from core.services.journal import record
from core.texts import required_reason
from trainees.enums import ENROLLMENT_MOVES, EnrollmentState
from trainees.models import Enrollment, ExitReason, Pause
from trainees.services.locks import lock_enrollment, refuse_future


@transaction.atomic
def pause(*, enrollment: Enrollment, reason: str, starts_on: date | None = None, by: User) -> Pause:
    """Suspend an enrolment from a day, today by default. Refused without a reason, or when it is not running."""
    starts_on = starts_on or clock.today()
    enrollment = _move(enrollment, EnrollmentState.SUSPENDED)
    refuse_future(starts_on, clock.today(), "Une pause")
    reason = required_reason(
        reason, missing="Une pause porte son motif. Dites en quelques mots pourquoi, sans détail de santé."
    )
    if starts_on < enrollment.contract_start:
        raise DomainError("Cette pause commencerait avant le contrat. Vérifiez la date.")
    if enrollment.pauses.filter(ends_on__gte=starts_on).exists():
        raise DomainError("Une autre pause couvre déjà ce jour. Vérifiez la date.")
    _refuse_presence_from(enrollment, starts_on)
    row = Pause.objects.create(enrollment=enrollment, starts_on=starts_on, reason=reason)
    enrollment.save(update_fields=["state"])
    record(
        action="trainees.enrollment.paused",
        subject=enrollment,
        by=by,
        summary=f"{enrollment.trainee} est en pause depuis le {shortdate(starts_on)}",
        reason=reason,
        topic_id=enrollment.pk,
    )
    return row


@transaction.atomic
def resume(*, enrollment: Enrollment, ends_on: date | None = None, by: User) -> Enrollment:
    """End the break; `ends_on` is its last day, yesterday by default, never before its first."""
    enrollment = _move(enrollment, EnrollmentState.ACTIVE)
    row = enrollment.pauses.select_for_update(no_key=True).get(ends_on=None)
    ends_on = ends_on or max(row.starts_on, clock.today() - date.resolution)
    refuse_future(ends_on, clock.today(), "La fin d’une pause")
    if ends_on < row.starts_on:
        raise DomainError(
            f"La pause a commencé le {shortdate(row.starts_on)} : elle ne peut pas finir avant."
        )
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    enrollment.save(update_fields=["state"])
    record(
        action="trainees.enrollment.resumed",
        subject=enrollment,
        by=by,
        summary=f"{enrollment.trainee} reprend son parcours",
        topic_id=enrollment.pk,
    )
    return enrollment


@transaction.atomic
def leave(*, enrollment: Enrollment, reason: ExitReason, left_on: date | None = None, by: User) -> Enrollment:
    """Close an enrolment before its certificate, for a reason of the certifier's list. There is no way back."""
    left_on = left_on or clock.today()
    enrollment = _move(enrollment, EnrollmentState.LEFT)
    refuse_future(left_on, clock.today(), "Une sortie")
    if left_on < min(enrollment.enrolled_on, enrollment.contract_start):
        raise DomainError("Cette sortie précéderait l’inscription. Vérifiez la date.")
    _refuse_presence_from(enrollment, left_on + date.resolution)
    for row in enrollment.pauses.filter(ends_on=None):
        row.ends_on = max(row.starts_on, left_on)
        row.save(update_fields=["ends_on"])
    enrollment.left_on, enrollment.exit_reason = left_on, reason
    enrollment.save(update_fields=["state", "left_on", "exit_reason"])
    record(
        action="trainees.enrollment.left",
        subject=enrollment,
        by=by,
        summary=f"{enrollment.trainee} sort du parcours le {shortdate(left_on)} : {reason}",
        reason=str(reason),
        data={"code": reason.pk, "positive": reason.positive},
        topic_id=enrollment.pk,
    )
    return enrollment


def _move(enrollment: Enrollment, state: str) -> Enrollment:
    """The locked enrolment, in its new state and not yet saved; refused when the move is not allowed."""
    locked = lock_enrollment(enrollment)
    if state not in ENROLLMENT_MOVES[locked.state]:
        raise StaleState(
            f"Le parcours de {locked.trainee} est « {locked.get_state_display()} » : "
            "cet acte ne s’y applique pas. Rechargez la page."
        )
    locked.state = state
    return locked


def _refuse_presence_from(enrollment: Enrollment, day: date) -> None:
    present = enrollment.attendances.filter(minutes__gt=0, session__held_on__gte=day)
    last = present.select_related("session").order_by("-session__held_on").first()
    if last:
        raise DomainError(
            f"{enrollment.trainee} était en séance le {shortdate(last.session.held_on)}. "
            "Choisissez une date postérieure, ou corrigez cette présence."
        )
