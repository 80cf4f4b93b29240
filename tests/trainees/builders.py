"""Presences of last month, signed or not, in the shortest words."""

from datetime import date, timedelta

from core import clock
from tests.factories import TrainingSessionFactory
from trainees.models import Attendance, Enrollment, Signature

WAVE = [[[100, 200, 0], [160, 120, 40], [220, 240, 90], [300, 130, 140], [420, 210, 200]]]


def last_month(day: int = 5) -> date:
    """A day of the month before this one."""
    return (clock.today().replace(day=1) - timedelta(days=1)).replace(day=day)


def attended(
    enrollment: Enrollment, *, minutes: int | None = None, absence: str = "", signed: bool = True, **session
) -> Attendance:
    """A presence at a session of last month, the whole of it by default, signed by both."""
    facts = {
        "structure": enrollment.structure,
        "trainer": enrollment.referent,
        "held_on": last_month(),
        **session,
    }
    slot = TrainingSessionFactory(**facts)
    length = slot.length_minutes
    row = Attendance.objects.create(
        session=slot,
        enrollment=enrollment,
        place=slot.place,
        session_minutes=length,
        minutes=0 if absence else length if minutes is None else minutes,
        absence=absence,
    )
    if signed and row.minutes:
        sign(row)
    return row


def sign(row: Attendance, *halves: str) -> list[Signature]:
    """Every half-day of a presence, or those named, signed by the trainee and by the trainer."""
    return [
        Signature.objects.create(
            session=row.session,
            attendance=who,
            half=half,
            minutes=row.minutes if who else row.session_minutes,
            strokes=WAVE,
            sha256="a" * 64,
            signed_at=clock.now(),
            recorded_by=row.session.trainer,
        )
        for half in halves or row.session.halves
        for who in (row, None)
    ]
