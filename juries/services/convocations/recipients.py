"""Who is to be convened to a session, and the content of each convocation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from core.text_folding import folded
from evaluations.enums import TestKind
from juries.enums import LetterKind
from juries.models import Candidate, CertificationSettings, JurySession, Panel, Seat
from structures.enums import Role
from structures.models import Membership, Structure

ESSENTIALS: dict[str, tuple[str, ...]] = {
    LetterKind.JUROR: ("president", "starts_at", "ends_at"),
    LetterKind.CANDIDATE: ("tests",),
    LetterKind.STRUCTURE: ("candidates",),
}
PLACE = ("day", "venue", "address", "postcode", "city", "directions")
"""The parts of a convocation whose change needs a correction: for everybody, and for each kind of recipient."""


@dataclass(frozen=True)
class Recipient:
    """Somebody to convene: which letter, to whom, and its content."""

    kind: LetterKind
    content: dict[str, Any]
    recipient_id: UUID | None = None
    enrollment_id: UUID | None = None
    structure_id: UUID | None = None

    @property
    def key(self) -> tuple[str, UUID | None]:
        return self.kind, self.enrollment_id or self.structure_id or self.recipient_id


def essential_content(kind: str, content: dict) -> dict[str, Any]:
    return {name: content.get(name) for name in (*PLACE, *ESSENTIALS[kind])}


def recipients_of(session: JurySession) -> list[Recipient]:
    """Every juror seated, every candidate whose two hours are set, and who directs their structures.

    A candidate without an hour is convened when they get one. Four queries whatever the numbers.
    """
    seats = list(session.seats.active().with_people())
    rows = session.candidates.exclude(Q(production_at=None) | Q(interview_at=None)).select_related(
        "enrollment__trainee__user",
        "enrollment__structure",
        "enrollment__support",
        "enrollment__referent",
        "production_panel",
        "interview_panel",
    )
    candidates = list(rows)
    common = _common_content(session)
    return [
        *_jurors(common, seats, candidates, session.rules),
        *(_candidate(common, row, session.rules) for row in candidates),
        *_structures(common, candidates, session.rules),
    ]


def _common_content(session: JurySession) -> dict[str, Any]:
    by = session.planned_by
    return {
        "certifier": settings.CERTIFIER_NAME,
        "day": session.held_on.isoformat(),
        "venue": session.venue,
        "address": session.address,
        "postcode": session.postcode,
        "city": session.city,
        "directions": session.directions,
        "contact": {"name": str(by), "email": by.email, "phone": by.phone},
    }


def tests_of(candidate: Candidate, rules: CertificationSettings) -> list[dict[str, str]]:
    """The two tests in the order of the day, each with its hours as « 09:30 », and where, when a panel has a place."""
    minutes = {TestKind.PRODUCTION: rules.production_minutes, TestKind.INTERVIEW: rules.interview_minutes}
    starts = {TestKind.PRODUCTION: candidate.production_at, TestKind.INTERVIEW: candidate.interview_at}
    panels = {TestKind.PRODUCTION: candidate.production_panel, TestKind.INTERVIEW: candidate.interview_panel}
    lines = [
        {"test": str(test), "at": f"{at:%H:%M}", "until": _later(at, minutes[test])} | _where(panels[test])
        for test, at in starts.items()
        if at
    ]
    return sorted(lines, key=lambda line: line["at"])


def _where(panel: Panel | None) -> dict[str, str]:
    return {"where": panel.place} if panel and panel.place else {}


def _later(at: time, minutes: int) -> str:
    """The hour so many minutes after, on the same day at the latest."""
    end = min(at.hour * 60 + at.minute + minutes, 23 * 60 + 59)
    return f"{end // 60:02d}:{end % 60:02d}"


def _jurors(
    common: dict, seats: list[Seat], candidates: list[Candidate], rules: CertificationSettings
) -> Iterable[Recipient]:
    tests = [test for row in candidates for test in tests_of(row, rules)]
    hours = {
        "starts_at": min((test["at"] for test in tests), default=""),
        "ends_at": max((test["until"] for test in tests), default=""),
        "people": len(candidates),
    }
    for seat in seats:
        content = common | hours | {"name": str(seat.juror), "president": seat.is_president}
        yield Recipient(LetterKind.JUROR, content, recipient_id=seat.juror.user_id)


def _candidate(common: dict, row: Candidate, rules: CertificationSettings) -> Recipient:
    enrollment = row.enrollment
    content = common | {
        "name": str(enrollment.trainee),
        "tests": tests_of(row, rules),
        "support": str(enrollment.support),
        "structure": _contact(enrollment.structure),
        "referent": {"name": str(enrollment.referent), "phone": enrollment.referent.phone},
    }
    return Recipient(
        LetterKind.CANDIDATE,
        content,
        recipient_id=enrollment.trainee.user_id,
        enrollment_id=row.enrollment_id,
    )


def _structures(
    common: dict, candidates: list[Candidate], rules: CertificationSettings
) -> Iterable[Recipient]:
    """One letter to each director, whatever the number of their structures; to the structure when it has none."""
    structures = {row.enrollment.structure_id: row.enrollment.structure for row in candidates}
    directed: dict[User, set[UUID]] = defaultdict(set)
    members = Membership.objects.current().filter(
        structure__in=structures, role=Role.DIRECTOR, user__is_active=True
    )
    for member in members.select_related("user"):
        directed[member.user].add(member.structure_id)
    for user, theirs in directed.items():
        content = common | {"name": str(user), **_their_candidates(candidates, theirs, rules)}
        yield Recipient(LetterKind.STRUCTURE, content, recipient_id=user.pk)
    for pk in structures.keys() - set().union(*directed.values()):
        content = common | {"name": structures[pk].name, **_their_candidates(candidates, {pk}, rules)}
        yield Recipient(LetterKind.STRUCTURE, content, structure_id=pk)


def _their_candidates(
    candidates: list[Candidate], structures: set[UUID], rules: CertificationSettings
) -> dict[str, Any]:
    theirs = [row for row in candidates if row.enrollment.structure_id in structures]
    lines = [
        {
            "enrollment": str(row.enrollment_id),
            "name": str(row.enrollment.trainee),
            "tests": tests_of(row, rules),
        }
        for row in theirs
    ]
    return {
        "candidates": sorted(lines, key=lambda line: line["tests"][0]["at"]),
        "structures": sorted({row.enrollment.structure.name for row in theirs}, key=folded),
    }


def _contact(structure: Structure) -> dict[str, str]:
    return {"name": structure.name, "phone": structure.phone, "email": structure.email}
