"""What a released session gave each candidate: read for the pages, never written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from certificates.models import Certificate
from core import clock
from juries.enums import TO_CANDIDATES, AppealState, LetterKind, SessionState
from juries.models import Appeal, Candidate, Decision, JurySession, Letter, PartialAttestation
from juries.queries.results.appeal_deadlines import appeal_until


@dataclass(frozen=True)
class CandidateResult:
    """One candidate after the release."""

    candidate: Candidate
    decision: Decision
    changed: bool
    certificate: Certificate | None
    attestation: PartialAttestation | None
    letter: Letter | None
    answer: Letter | None
    appeal: Appeal | None
    appeal_until: date

    @property
    def may_be_contested(self) -> bool:
        waits_for_none = self.appeal is None or self.appeal.state == AppealState.WITHDRAWN
        return waits_for_none and clock.today() <= self.appeal_until


@dataclass(frozen=True)
class FollowUp:
    """What a released decision left for the candidate and their team: letters, attestation, appeal."""

    letter: Letter | None
    answer: Letter | None
    attestation: PartialAttestation | None
    appeal: Appeal | None
    appeal_until: date

    @property
    def may_contest(self) -> bool:
        waits_for_none = self.appeal is None or self.appeal.state == AppealState.WITHDRAWN
        return waits_for_none and clock.today() <= self.appeal_until


def follow_ups(candidates: Iterable[Candidate], user) -> dict:
    """By candidate whose decision is released, what this person may read of it; four queries at most.

    Candidates come from `of_enrollments_visible_to`.
    """
    rows = Decision.objects.in_force().filter(
        candidate__in=[row.pk for row in candidates if row.session.state == SessionState.RELEASED]
    )
    decisions = {row.pk: row for row in rows.select_related("candidate__session__rules")}
    if not decisions:
        return {}
    enrollments = {row.candidate.enrollment_id for row in decisions.values()}
    letters = {
        (row.session_id, row.kind): row
        for row in Letter.objects.results_visible_to(user).filter(
            enrollment__in=enrollments, replaced_at=None
        )
    }
    attested = PartialAttestation.objects.not_revoked().visible_to(user).filter(decision__in=decisions)
    attestations = {row.decision_id: row for row in attested}
    contested = Appeal.objects.visible_to(user).filter(decision__in=decisions).order_by("noted_at")
    appeals = {row.decision_id: row for row in contested}
    return {
        row.candidate_id: FollowUp(
            letter=letters.get((row.candidate.session_id, LetterKind.RESULT)),
            answer=letters.get((row.candidate.session_id, LetterKind.APPEAL)),
            attestation=attestations.get(row.pk),
            appeal=appeals.get(row.pk),
            appeal_until=appeal_until(row),
        )
        for row in decisions.values()
    }


def read_results(session: JurySession) -> list[CandidateResult]:
    """Each candidate of a released session, in the order of the day; seven queries, whatever their number."""
    candidates = list(session.candidates.select_related("enrollment__trainee", "enrollment__structure"))
    decisions: dict = {}
    rows = Decision.objects.filter(candidate__session=session)
    for row in rows.select_related("candidate__session__rules").order_by("decided_at"):
        decisions.setdefault(row.candidate_id, []).append(row)
    in_force = {pk: next(row for row in rows if row.closed_at is None) for pk, rows in decisions.items()}
    standing = Certificate.objects.valid().filter(batch_id=session.pk)
    certificates = {row.enrollment_id: row for row in standing}
    attested = PartialAttestation.objects.not_revoked().filter(decision__candidate__session=session)
    attestations = {row.decision_id: row for row in attested}
    letters = {
        (row.kind, row.enrollment_id): row
        for row in session.letters.filter(kind__in=TO_CANDIDATES, replaced_at=None)
    }
    appeals = {}
    contested = Appeal.objects.filter(decision__candidate__session=session).select_related("decision")
    for appeal in contested.order_by("noted_at"):
        appeals[appeal.decision.candidate_id] = appeal
    return [
        _result(row, in_force[row.pk], certificates, attestations, letters, appeals.get(row.pk))
        for row in candidates
        if row.pk in in_force
    ]


def _result(candidate, decision, certificates, attestations, letters, appeal) -> CandidateResult:
    return CandidateResult(
        candidate=candidate,
        decision=decision,
        changed=decision.decided_at > decision.candidate.session.released_at,
        certificate=certificates.get(candidate.enrollment_id),
        attestation=attestations.get(decision.pk),
        letter=letters.get((LetterKind.RESULT, candidate.enrollment_id)),
        answer=letters.get((LetterKind.APPEAL, candidate.enrollment_id)),
        appeal=appeal,
        appeal_until=appeal_until(decision),
    )
