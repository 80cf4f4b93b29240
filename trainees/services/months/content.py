"""The content of an attendance sheet, copied from the rows: its PDF is a pure function of it."""

from datetime import date, datetime

from core import clock
from core.drawings import ink
from structures.models import Structure
from trainees.models import Attendance, Enrollment, MonthClosing, Signature
from trainees.rules.months import first_of, last_of
from trainees.rules.sessions.half_days import unsigned

LAYOUT = "2026-1"
CERTIFICATION = "CQP « Salarié polyvalent »"
INTRA = "INTRA"
"""The employer trains its own people; sub-contracted training (EXTERNE) is not recorded yet."""


def sheet_content(
    enrollment: Enrollment, month: date, structure: Structure, closing: MonthClosing | None = None
) -> dict:
    """The content of the sheet of one enrolment, month and employer; provisional without a `closing`.

    Three queries. A trainee's signature for another duration than the presence of today is left out.
    """
    return {
        "layout": LAYOUT,
        "starts_on": first_of(month).isoformat(),
        "ends_on": last_of(month).isoformat(),
        "drawn_on": clock.today().isoformat(),
        "certification": CERTIFICATION,
        "support": enrollment.support.name,
        "delivery": INTRA,
        "training_body": {"name": structure.name, "number": structure.training_body_number},
        "employer": {
            "name": structure.name,
            "siret": structure.siret,
            "member_number": structure.member_number,
            "address": structure.address,
            "postcode": structure.postcode,
            "city": structure.city,
        },
        "trainee": {"name": str(enrollment.trainee), "enrollment": str(enrollment.pk)},
        "funding_number": enrollment.funding_number,
        "slots": _slots(enrollment, month, structure),
        "signed": _signed(closing) if closing else None,
    }


def employers(attendances: list[Attendance]) -> list[Structure]:
    """The structures of these presences, in the order in which they came."""
    ids = dict.fromkeys(row.session.structure_id for row in attendances)
    found = Structure.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


def _signed(closing: MonthClosing) -> dict:
    return {
        "at": _iso(closing.closed_at),
        "by": str(closing.closed_by),
        "missing_reason": closing.missing_reason,
    }


def _slots(enrollment: Enrollment, month: date, structure: Structure) -> list[dict]:
    rows = list(
        enrollment.attendances.filter(
            session__held_on__range=(first_of(month), last_of(month)), session__structure=structure
        )
        .select_related("session__trainer")
        .order_by("session__held_on", "session__starts_at", "pk")
    )
    own: dict[tuple[int | None, str], list[Signature]] = {}
    trainers = {}
    for drawn in Signature.objects.filter(attendance__in=rows).order_by("received_at"):
        own.setdefault((drawn.attendance_id, drawn.half), []).append(drawn)
    sessions = [row.session_id for row in rows]
    for drawn in Signature.objects.filter(session__in=sessions, attendance=None):
        trainers[drawn.session_id, drawn.half] = drawn
    return [_slot(row, own, trainers) for row in rows]


def _slot(row: Attendance, own: dict, trainers: dict) -> dict:
    session, halves = row.session, {}
    drawn = {half: own.get((row.pk, half), []) for half in session.halves}
    valid = {half: [one for one in drawn[half] if one.minutes == row.minutes] for half in drawn}
    signed = {half for half in valid if valid[half]}
    waited = unsigned(session.halves, signed, is_whole=row.minutes == row.session_minutes)
    for half in session.halves:
        halves[half.value] = {
            "trainee": _drawing(valid[half][0]) if half in signed and row.minutes else None,
            "awaited": half in waited,
            "outdated": bool(drawn[half]) and half not in signed,
            "trainer": _drawing(trainers.get((session.pk, half))),
        }
    return {
        "session": str(session.pk),
        "held_on": session.held_on.isoformat(),
        "starts_at": session.starts_at.isoformat("minutes"),
        "ends_at": session.ends_at.isoformat("minutes"),
        "place": row.place,
        "kind": session.kind,
        "module": session.module,
        "theme": session.theme,
        "length": row.session_minutes,
        "minutes": row.minutes,
        "absence": row.absence,
        "trainer": str(session.trainer),
        "halves": halves,
    }


def _drawing(signature: Signature | None) -> dict | None:
    """A signature as SVG, and the hash of its row, which is the evidence."""
    if signature is None or (drawn := ink(signature.strokes)) is None:
        return None
    return {
        "path": drawn.path,
        "box": drawn.box,
        "pen": drawn.pen,
        "signed_at": _iso(signature.signed_at),
        "sha256": signature.sha256,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
