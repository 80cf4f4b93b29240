"""The sessions whose roll a phone may call, and those still to be signed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from core import clock
from structures.models import Structure
from trainees.models import Attendance, TrainingSession
from trainees.queries.sessions import missing_signatures

BEHIND, AHEAD = timedelta(days=60), timedelta(days=21)
UNSIGNED_FOR = timedelta(days=31)


def read_rolls(structures: list[Structure]) -> dict[str, list]:
    """The sessions planned around today, and those held lately that somebody has yet to sign."""
    today = clock.today()
    rows = TrainingSession.objects.filter(structure__in=structures).order_by("held_on", "starts_at")
    planned = rows.planned().filter(held_on__range=(today - BEHIND, today + AHEAD))
    held = list(
        rows.held().filter(held_on__range=(today - UNSIGNED_FOR, today)).prefetch_related("attendances")
    )
    missing = missing_signatures(held)
    return {
        "sessions": [
            _session(row) | {"expected": [str(enrollment.pk) for enrollment in row.expected.all()]}
            for row in planned.prefetch_related("expected")
        ],
        "unsigned": [_to_sign(row, missing[row.pk]) for row in held if row.pk in missing],
    }


def _session(row: TrainingSession) -> dict:
    return {
        "id": str(row.pk),
        "structure": str(row.structure_id),
        "trainer": str(row.trainer_id),
        "held_on": row.held_on.isoformat(),
        "starts_at": f"{row.starts_at:%H:%M}",
        "ends_at": f"{row.ends_at:%H:%M}",
        "place": row.place,
        "form": row.kind,
        "module": row.module,
        "theme": row.theme,
    }


def _to_sign(session: TrainingSession, missing: Iterable[tuple[UUID | None, str]]) -> dict:
    """A held session, and the half-days for which each present person, and its trainer, owe nothing more."""
    owed = defaultdict(set)
    for enrollment, half in missing:
        owed[enrollment].add(half)

    def signed(enrollment: UUID | None) -> list[str]:
        return [half for half in session.halves if half not in owed[enrollment]]

    def presence(row: Attendance) -> dict:
        return {
            "enrollment": str(row.enrollment_id),
            "minutes": row.minutes,
            "absence": row.absence,
            "signed": signed(row.enrollment_id) if row.minutes else [],
        }

    return _session(session) | {
        "state": session.state,
        "trainer_signed": signed(None),
        "presences": [presence(row) for row in session.attendances.all()],
    }
