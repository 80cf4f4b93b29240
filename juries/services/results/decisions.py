"""The collective decision on one candidate; its closing, its minutes and its results are beside it."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.formats import joined
from core.services.journal import record
from juries.enums import SessionState
from juries.models import Candidate, Decision
from juries.queries.results.acquired_domains import earlier_of
from juries.services.locks import lock_candidate, lock_session
from juries.services.results.decision_drafts import (
    NOT_HEARD,
    Verdict,
    refuse_verdict,
    settled,
    write_decision,
)
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.results.quorum import (
    missing_appraisals,
    present_seats,
    refuse_but_president,
    refuse_without_quorum,
)
from juries.services.results.release import release_results, reverse_decision

__all__ = ["close_deliberation", "decide", "release_results", "reverse_decision", "sign_minutes"]

CHANGED = "Décision revue par le jury avant la clôture"


@transaction.atomic
def decide(
    *,
    candidate: Candidate,
    outcome: str,
    production_validated: bool = False,
    interview_validated: bool = False,
    acquired: Iterable[int] = (),
    motive: str = "",
    recommendation: str = "",
    casting_vote: bool = False,
    by: User,
) -> Decision:
    """Record the collective decision, beside the appraisals. Until the closing it may be changed.

    Only the president, in an open session, with the quorum there, once every juror present has handed
    in both appraisals (unless the candidate is absent or adjourned). `acquired` holds the domains kept from an
    earlier jury too. The rest is in `refuse_verdict`. The same decision sent again changes nothing.
    """
    verdict = Verdict(
        outcome,
        production_validated,
        interview_validated,
        frozenset(acquired),
        motive.strip(),
        recommendation.strip(),
        casting_vote,
    )
    session = lock_session(candidate.session, SessionState.OPEN, act="une décision")
    candidate = lock_candidate(candidate)
    seats = present_seats(session)
    refuse_but_president(session, seats, by, "la décision")
    refuse_without_quorum(session, seats)
    kept = earlier_of(candidate).kept
    verdict = settled(verdict, kept)
    refuse_verdict(candidate, verdict, kept)
    if verdict.outcome not in NOT_HEARD:
        missing = missing_appraisals(candidate, seats)
        if missing:
            raise DomainError(
                f"{joined(missing)} n’a pas encore rendu ses deux appréciations : la décision vient après."
                if len(missing) == 1
                else f"{joined(missing)} n’ont pas encore rendu leurs deux "
                "appréciations : la décision vient après."
            )
    before = candidate.decisions.in_force().first()
    if before and Verdict.of(before) == verdict:
        return before
    decision = write_decision(candidate, verdict, kept, reason=CHANGED, by=by)
    record(
        action="juries.decision.recorded",
        subject=decision,
        by=by,
        summary=f"Décision pour {candidate.enrollment.trainee} : {decision.get_outcome_display()}",
        data={"candidate": str(candidate.pk), "enrollment": str(candidate.enrollment_id)},
        thread=session.pk,
    )
    return decision
