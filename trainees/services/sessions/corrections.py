"""Correcting the roll of a session, or withdrawing a whole session."""

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.formats import shortdate
from core.services.journal import record
from core.texts import required_reason
from trainees.enums import SessionState
from trainees.models import Attendance, TrainingSession
from trainees.services.hours.counters import add_minutes
from trainees.services.sessions.checks import attendance_of, check_crew, lock_enrollments, refuse_elsewhere

GONE = "Cette séance vient d’être retirée par quelqu’un d’autre."


@transaction.atomic
def correct_attendance(
    *, attendance: Attendance, minutes: int, absence: str = "", reason: str, by: User
) -> Attendance:
    """Correct a presence while its month is not signed; the journal records the former value and the reason.

    A signature drawn for other minutes is kept and no longer counts.
    """
    reason = required_reason(
        reason, missing="Une correction porte son motif. Dites en quelques mots ce qui était faux."
    )
    day = attendance.session.held_on
    crew = lock_enrollments(day, pk=attendance.enrollment_id)
    enrollment = crew[attendance.enrollment_id]
    found = Attendance.objects.select_related("session").filter(pk=attendance.pk).first()
    if found is None:
        raise StaleState(GONE)
    attendance, session = found, found.session
    check_crew(day, crew, here=False)
    corrected = attendance_of(session, enrollment, minutes, absence)
    if minutes and not attendance.minutes:
        refuse_elsewhere(session, [enrollment])
    minutes_before, absence_before = attendance.minutes, attendance.absence
    if (minutes_before, absence_before) == (corrected.minutes, corrected.absence):
        raise DomainError("Cette présence dit déjà cela : il n’y a rien à corriger.")
    attendance.minutes, attendance.absence = corrected.minutes, corrected.absence
    attendance.save(update_fields=["minutes", "absence"])
    add_minutes([(enrollment, session.place, minutes - minutes_before)])
    record(
        action="trainees.attendance.corrected",
        subject=attendance,
        by=by,
        summary=f"La présence de {enrollment.trainee} le {shortdate(day)} est corrigée",
        reason=reason,
        data={
            "before": {"minutes": minutes_before, "absence": absence_before},
            "after": {"minutes": minutes, "absence": corrected.absence},
        },
        topic_id=enrollment.pk,
    )
    return attendance


@transaction.atomic
def withdraw_session(*, session: TrainingSession, reason: str, by: User) -> None:
    """Withdraw a session held by mistake, with its hours and its signatures; the journal keeps their hashes.

    Refused once a month of it is signed, and for a session that was never held: it is cancelled instead.
    """
    reason = required_reason(
        reason,
        missing="Un retrait porte son motif. Dites en quelques mots pourquoi cette séance est retirée.",
    )
    found = TrainingSession.objects.select_for_update(of=("self",), no_key=True).filter(pk=session.pk).first()
    if found is None:
        raise StaleState(GONE)
    session = found
    if session.state != SessionState.HELD:
        raise StaleState(
            f"Cette séance est {session.get_state_display()} : elle n’a donné aucune heure, "
            "il n’y a rien à retirer."
        )
    crew = lock_enrollments(session.held_on, attendances__session=session)
    rows = list(session.attendances.all())
    check_crew(session.held_on, crew, here=False)
    add_minutes((crew[row.enrollment_id], session.place, -row.minutes) for row in rows if row.minutes)
    signatures = session.signatures.values_list("pk", "sha256")
    record(
        action="trainees.session.withdrawn",
        subject=session,
        by=by,
        summary=f"La séance « {session.theme} » du {shortdate(session.held_on)} est retirée",
        reason=reason,
        data={
            "presences": {str(row.enrollment_id): row.absence or row.minutes for row in rows},
            "signatures": {str(pk): sha256 for pk, sha256 in signatures},
        },
    )
    session.delete()
