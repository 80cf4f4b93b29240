"""Calling the roll: who was there, and the hours that it gives."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from core.errors import StaleState
from core.formats import counted, shortdate
from core.services.journal import record
from trainees.enums import SESSION_MOVES, SessionKind, SessionState
from trainees.models import Attendance, TrainingSession
from trainees.services.hours.counters import add_minutes
from trainees.services.sessions.checks import (
    Presence,
    Slot,
    attendance_of,
    check_crew,
    check_held,
    known_and_clashing,
    lock_crew,
    lock_trainer,
    refuse_clash,
    refuse_elsewhere,
)


@transaction.atomic
def hold_session(
    *, session: TrainingSession, presences: Sequence[Presence], slot: Slot | None = None, by: User
) -> TrainingSession:
    """Call the roll of a planned session, whose hours then count.

    `slot` says how it went when that is not as planned. Refused when the session is no longer planned, and
    as `log_session` refuses.
    """
    session = TrainingSession.objects.select_related("structure", "trainer").get(pk=session.pk)
    if slot:
        slot.apply_to(session)
    check_held(session)
    lock_trainer(session)
    known, clashing = known_and_clashing(session)
    movable(known, SessionState.HELD)
    refuse_clash(session, clashing)
    return call_roll(session, presences, action="trainees.session.held", by=by)


def movable(session: TrainingSession | None, state: str) -> TrainingSession:
    """The locked session; refused when it is gone, and when its state does not allow the move."""
    if session is None:
        raise StaleState("Cette séance vient d’être retirée par quelqu’un d’autre.")
    if state in SESSION_MOVES[session.state]:
        return session
    if session.state == SessionState.HELD:
        raise StaleState(
            "L’appel de cette séance est déjà fait. Corrigez une présence, ou retirez la séance si elle est fausse."
        )
    if session.state == SessionState.CANCELLED:
        raise StaleState(
            f"Cette séance est annulée ({session.cancelled_reason}). Si elle a eu lieu, notez-en une nouvelle."
        )
    raise StaleState("Cette séance est seulement prévue : faites-en l’appel, ou annulez-la.")


def call_roll(
    session: TrainingSession, presences: Sequence[Presence], *, action: str, by: User, is_new: bool = False
) -> TrainingSession:
    """Save a checked session as held, with its presences and the hours they give."""
    crew = lock_crew(session, [presence.enrollment.pk for presence in presences])
    check_crew(session.held_on, crew)
    rows = [attendance_of(session, crew[p.enrollment.pk], p.minutes, p.absence) for p in presences]
    refuse_elsewhere(session, [row.enrollment for row in rows if row.minutes])
    session.state = SessionState.HELD
    session.save(force_insert=is_new, force_update=not is_new)
    Attendance.objects.bulk_create(rows)
    add_minutes((row.enrollment, session.place, row.minutes) for row in rows if row.minutes)
    present = counted(sum(1 for row in rows if row.minutes), "présent")
    record(
        action=action,
        subject=session,
        by=by,
        summary=f"Séance « {session.theme} » du {shortdate(session.held_on)} : {present} sur {len(crew)}",
        data={"presences": {str(row.enrollment_id): row.absence or row.minutes for row in rows}},
        topic_id=rows[0].enrollment_id if session.kind == SessionKind.INDIVIDUAL else None,
    )
    return session
