"""The receipt of what a phone sent, computed from the rows of the database, never from the request."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from core.hashing import canonical, fingerprint
from evaluations.models import Evaluation
from evaluations.notebook.services.fields import is_identifier
from structures.models import Structure
from trainees.models import Signature, TrainingSession


def read_receipt(*, ids: list, by: User) -> dict[str, Any]:
    """How many of these entries are recorded, and the SHA-256 of their lines: four queries whatever their number.

    Each entry is one line, a JSON array without spaces; lines are sorted and joined by line feeds. Counted:
    the evaluations that the person made, the signatures they took, the held sessions of their structures.
    """
    named = {UUID(raw) for raw in ids if is_identifier(raw)}
    lines = sorted(canonical(line) for line in _lines(named, by)) if named else []
    return {"count": len(lines), "sha256": hashlib.sha256(b"\n".join(lines)).hexdigest()}


def _lines(named: set[UUID], by: User) -> Iterator[list]:
    evaluations = Evaluation.objects.filter(pk__in=named, evaluator=by)
    for evaluation in evaluations.select_related("level", "own_level"):
        yield _evaluation_line(evaluation)
    theirs = Q(structure__in=Structure.objects.visible_to(by)) | Q(trainer=by)
    sessions = TrainingSession.objects.held().filter(theirs, pk__in=named)
    for session in sessions.prefetch_related("attendances"):
        yield _session_line(session)
    signatures = Signature.objects.filter(pk__in=named, recorded_by=by)
    for signature in signatures.select_related("attendance"):
        yield _signature_line(signature)


def _evaluation_line(row: Evaluation) -> list:
    own_rank = row.own_level.rank if row.own_level else ""
    seen = [row.level.rank, own_rank, row.seen_on.isoformat(), row.situation, row.comment]
    return ["evaluation", str(row.pk), str(row.enrollment_id), str(row.competency_id), *seen]


def _session_line(row: TrainingSession) -> list:
    hours = [f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}"]
    about = [row.place, row.kind, row.module, row.theme, str(row.trainer_id)]
    presences = sorted([str(p.enrollment_id), p.minutes, p.absence] for p in row.attendances.all())
    return ["session", str(row.pk), row.held_on.isoformat(), *hours, *about, presences]


def _signature_line(row: Signature) -> list:
    enrollment = str(row.attendance.enrollment_id) if row.attendance else ""
    drawn = fingerprint(row.strokes)
    return ["signature", str(row.pk), str(row.session_id), enrollment, row.half, row.minutes, drawn]
