"""The content of the minutes, copied from the rows: a draft before the closing, then final."""

from django.conf import settings

from evaluations.enums import TestKind
from juries.enums import Outcome
from juries.models import Appraisal, Candidate, Decision, JurySession
from juries.services.jury_day.incidents import incidents_of
from juries.services.sessions.composition import active_seats


def preview_minutes(session: JurySession) -> dict:
    """The minutes as they would be composed now; a candidate without a decision has an empty outcome."""
    return compose(session, candidates_with_dossiers(session), decisions_of(session))


def candidates_with_dossiers(session: JurySession) -> list[Candidate]:
    rows = session.candidates.select_related(
        "enrollment__trainee", "enrollment__structure", "enrollment__support", "dossier"
    )
    return list(rows)


def decisions_of(session: JurySession) -> dict:
    rows = Decision.objects.in_force().filter(candidate__session=session)
    return {
        row.candidate_id: row for row in rows.select_related("decided_by").prefetch_related("domains__domain")
    }


def compose(session: JurySession, candidates: list[Candidate], decisions: dict) -> dict:
    """The content of the minutes, copied: later changes of a name or of a rule leave them as they were."""
    rules = session.rules
    opinions = _opinions_of(session)
    return {
        "certifier": settings.CERTIFIER_NAME,
        "session": {
            "id": str(session.pk),
            "held_on": session.held_on.isoformat(),
            "venue": session.venue,
            "address": session.address,
            "postcode": session.postcode,
            "city": session.city,
            "opened_at": session.opened_at.isoformat() if session.opened_at else "",
            "deliberated_at": session.deliberated_at.isoformat() if session.deliberated_at else "",
        },
        "rules": {
            "version": rules.version,
            "source": rules.source,
            "least_jurors": rules.least_jurors,
            "both_colleges": rules.both_colleges,
            "outside_share": rules.outside_share,
            "quorum": rules.quorum,
            "appeal_days": rules.appeal_days,
        },
        "jurors": [
            {
                "id": str(seat.juror_id),
                "name": str(seat.juror),
                "college": seat.juror.get_college_display(),
                "organisation": seat.juror.organisation,
                "quality": "présidence" if seat.is_president else "juré",
                "present": seat.is_present,
            }
            for seat in active_seats(session)
        ],
        "incidents": [fact.sentence for fact in incidents_of(session)],
        "candidates": [_line_of(row, decisions.get(row.pk), opinions.get(row.pk, {})) for row in candidates],
    }


def _opinions_of(session: JurySession) -> dict:
    """By candidate and test, how many jurors validated and how many did not."""
    found: dict = {}
    rows = Appraisal.objects.submitted().filter(candidate__session=session)
    for candidate, test, validated in rows.values_list("candidate_id", "test", "validated"):
        counts = found.setdefault(candidate, {}).setdefault(test, {"for": 0, "against": 0})
        counts["for" if validated else "against"] += 1
    return found


def _line_of(candidate: Candidate, decision: Decision | None, opinions: dict) -> dict:
    """One candidate; while the jury has not decided, nothing that a juror may not see yet."""
    enrollment, nobody = candidate.enrollment, {"for": 0, "against": 0}
    if decision is None:
        decision, opinions = Decision(candidate=candidate), {}
    return {
        "id": str(candidate.pk),
        "name": str(enrollment.trainee),
        "birth_date": enrollment.trainee.birth_date.isoformat(),
        "structure": enrollment.structure.name,
        "support": enrollment.support.name,
        "framework": enrollment.framework_version,
        "attempt": candidate.dossier.attempt,
        "dossier_sha256": candidate.dossier.snapshot_sha256,
        "presence": candidate.get_presence_display(),
        "opinions": {test: opinions.get(test, nobody) for test in TestKind.values},
        "outcome": decision.outcome,
        "outcome_label": Outcome(decision.outcome).label if decision.outcome else "pas encore décidé",
        "production_validated": decision.production_validated,
        "interview_validated": decision.interview_validated,
        "domains": _domains_of(decision),
        "reason": decision.reason,
        "recommendation": decision.recommendation,
        "casting_vote": decision.casting_vote,
        "departure": decision.get_departure_display(),
        "decided_at": decision.decided_at.isoformat() if decision.decided_by_id else "",
        "decided_by": str(decision.decided_by) if decision.decided_by_id else "",
    }


def _domains_of(decision: Decision) -> list[dict]:
    if not decision.outcome:
        return []
    return [
        {
            "number": row.domain.number,
            "name": row.domain.name,
            "acquired": row.acquired,
            "acquired_since": row.acquired_since.isoformat() if row.acquired_since else "",
        }
        for row in decision.domains.all()
    ]
