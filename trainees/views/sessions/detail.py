"""The page of one session: who is expected, or who was there and signed."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from trainees.enums import SessionState
from trainees.models import Attendance, MonthClosing, Signature, TrainingSession
from trainees.permissions import can_correct_sessions, can_log_sessions
from trainees.rules.sessions.half_days import unsigned
from trainees.views.sessions.access import visible_session


@dataclass(frozen=True)
class Half:
    """One half-day of one person: signed, to be signed, or to be signed again since the presence changed."""

    label: str
    signature: Signature | None
    is_outdated: bool


@dataclass(frozen=True)
class RollLine:
    """One person on the roll of a held session; without `attendance`, its trainer."""

    name: str
    minutes: int
    halves: list[Half]
    attendance: Attendance | None = None
    is_closed: bool = False

    @property
    def lacks_signature(self) -> bool:
        return not self.is_closed and any(half.signature is None for half in self.halves)


@require_safe
def session_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    context = {
        "session": session,
        "is_due": session.held_on <= clock.today(),
        "may_correct": can_correct_sessions(request.user, session.structure),
        "may_log": can_log_sessions(request.user, session.structure),
    }
    if session.state != SessionState.HELD:
        context["expected"] = session.expected.select_related("trainee", "support")
        return render(request, "trainees/sessions/session_planned.html", context)
    lines = _lines(session)
    context |= {
        "lines": lines,
        "present": sum(1 for line in lines if line.attendance and line.minutes),
        "noted": sum(1 for line in lines if line.attendance),
        "may_sign": context["may_log"] and any(line.lacks_signature for line in lines),
        "may_withdraw": context["may_correct"] and not any(line.is_closed for line in lines),
    }
    return render(request, "trainees/sessions/session_detail.html", context)


def _lines(session: TrainingSession) -> list[RollLine]:
    """Everybody who was noted, then the trainer."""
    drawn: dict = defaultdict(list)
    for signature in session.signatures.all():
        drawn[signature.attendance_id].append(signature)
    closed = set(
        MonthClosing.objects.filter(
            enrollment__attendances__session=session, month=session.held_on.replace(day=1), reopened_at=None
        ).values_list("enrollment_id", flat=True)
    )
    lines = [
        RollLine(
            name=str(row.enrollment.trainee),
            minutes=row.minutes,
            halves=_halves(session, row.minutes, drawn[row.pk]),
            attendance=row,
            is_closed=row.enrollment_id in closed,
        )
        for row in session.attendances.select_related("enrollment__trainee", "enrollment__support")
    ]
    trainer = RollLine(
        name=str(session.trainer),
        minutes=session.length_minutes,
        halves=_halves(session, session.length_minutes, drawn[None]),
        is_closed=bool(lines) and all(line.is_closed for line in lines),
    )
    return [*lines, trainer]


def _halves(session: TrainingSession, minutes: int, drawn: list[Signature]) -> list[Half]:
    """What one person signed or still has to; nothing for an absent one."""
    if not minutes:
        return []
    valid = {signature.half: signature for signature in drawn if signature.minutes == minutes}
    waited = unsigned(session.halves, set(valid), is_whole=minutes == session.length_minutes)
    outdated = {signature.half for signature in drawn} - set(valid)
    return [
        Half(label=half.label, signature=valid.get(half), is_outdated=half in outdated)
        for half in session.halves
        if half in valid or half in waited
    ]
