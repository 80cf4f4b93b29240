"""Who signed what, and what is still to be signed, for a list of sessions in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from trainees.enums import HalfDay, SessionState
from trainees.models import Attendance, MonthClosing, Signature, TrainingSession
from trainees.rules.sessions.half_days import unsigned

Presence = tuple[UUID, UUID | None]
"""A session and an enrolment; without an enrolment, the session's trainer."""


def signatures_by_presence(sessions: Iterable[TrainingSession]) -> dict[Presence, dict[str, Signature]]:
    """{(session id, enrolment id or None for the trainer): {half-day: signature}}, those still valid; in one query."""
    kept: dict[Presence, dict[str, Signature]] = defaultdict(dict)
    rows = Signature.objects.valid().filter(session__in=[session.pk for session in sessions])
    for row in rows.select_related("attendance"):
        enrollment = row.attendance.enrollment_id if row.attendance else None
        kept[row.session_id, enrollment][row.half] = row
    return dict(kept)


def missing_signatures(
    sessions: Iterable[TrainingSession],
) -> dict[UUID, list[tuple[UUID | None, HalfDay]]]:
    """{session id: [(enrolment id or None for the trainer, half-day)]}: what held sessions still have to be signed.

    Three queries. Presences of a signed month ask for nothing more, nor does the trainer of a session where
    every presence is of a signed month. A session where nothing is missing has no entry.
    """
    held = {session.pk: session for session in sessions if session.state == SessionState.HELD}
    attendances = Attendance.objects.filter(session__in=held, minutes__gt=0).order_by("enrollment")
    facts = attendances.values_list("session_id", "enrollment_id", "minutes", "session_minutes")
    presences: dict[Presence, bool] = {
        (pk, enrollment): minutes == length for pk, enrollment, minutes, length in facts
    }
    closed = set(
        MonthClosing.objects.filter(
            enrollment__in={enrollment for _, enrollment in presences}, reopened_at=None
        ).values_list("enrollment_id", "month")
    )
    signed = defaultdict(set)
    signatures = Signature.objects.valid().filter(session__in=held)
    for pk, enrollment, half in signatures.values_list("session_id", "attendance__enrollment_id", "half"):
        signed[pk, enrollment].add(half)
    open_presences = [
        (pk, enrollment)
        for pk, enrollment in presences
        if (enrollment, held[pk].held_on.replace(day=1)) not in closed
    ]
    trainers = dict.fromkeys((pk, None) for pk, _ in open_presences)
    missing: dict[UUID, list] = defaultdict(list)
    for pk, enrollment in [*open_presences, *trainers]:
        is_whole = presences.get((pk, enrollment), True)
        gaps = unsigned(held[pk].halves, signed[pk, enrollment], is_whole=is_whole)
        missing[pk] += [(enrollment, half) for half in gaps]
    return {pk: gaps for pk, gaps in missing.items() if gaps}
