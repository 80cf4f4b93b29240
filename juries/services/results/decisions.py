"""The collective decision on one candidate, until the deliberation is closed."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.formats import joined
from core.services.journal import record
from core.texts import LONGEST_EXPLANATION, whole_text
from juries.enums import Departure, SessionState
from juries.models import Candidate, Decision
from juries.queries.results.acquired_domains import acquired_domains_of
from juries.services.locks import lock_candidate, lock_session
from juries.services.results.decision_drafts import (
    NOT_HEARD,
    DecisionDraft,
    departure_of,
    refuse_draft,
    with_acquired_before,
    write_decision,
)
from juries.services.results.quorum import (
    missing_appraisals,
    present_seats,
    refuse_but_president,
    refuse_without_quorum,
)

CHANGED = "Décision revue par le jury avant la clôture"


@transaction.atomic
def decide(
    *,
    candidate: Candidate,
    outcome: str,
    production_validated: bool = False,
    interview_validated: bool = False,
    acquired: Iterable[int] = (),
    reason: str = "",
    recommendation: str = "",
    casting_vote: bool = False,
    by: User,
) -> Decision:
    """Record the collective decision, beside the appraisals. Until the closing it may be changed.

    Only the president, in an open session, with the quorum there, once every juror present has handed
    in both appraisals (unless the candidate is absent or adjourned). `acquired` holds the domains acquired before
    an earlier jury too. What departs from the majority of the jurors has a reason. The rest is in `refuse_draft`.
    The same decision sent again changes nothing.
    """
    draft = DecisionDraft(
        outcome,
        production_validated,
        interview_validated,
        frozenset(acquired),
        whole_text(reason, most=LONGEST_EXPLANATION),
        whole_text(recommendation, name="La recommandation", most=LONGEST_EXPLANATION),
        casting_vote,
    )
    session = lock_session(candidate.session, SessionState.OPEN, act="une décision")
    candidate = lock_candidate(candidate)
    seats = present_seats(session)
    refuse_but_president(session, seats, by, "la décision")
    refuse_without_quorum(session, seats)
    acquired_before = acquired_domains_of(candidate).valid
    draft = with_acquired_before(draft, acquired_before)
    refuse_draft(candidate, draft, acquired_before)
    if draft.outcome not in NOT_HEARD:
        missing = missing_appraisals(candidate, seats)
        if missing:
            raise DomainError(
                f"{joined(missing)} n’a pas encore rendu ses deux appréciations : la décision vient après."
                if len(missing) == 1
                else f"{joined(missing)} n’ont pas encore rendu leurs deux "
                "appréciations : la décision vient après."
            )
    draft = replace(draft, departure=departure_of(candidate, draft, seats))
    if draft.departure and not draft.reason:
        raise DomainError(
            f"Cette décision va {Departure(draft.departure).label} : écrivez le motif, il figure au procès-verbal."
        )
    before = candidate.decisions.in_force().first()
    if before and DecisionDraft.of(before) == draft:
        return before
    decision = write_decision(candidate, draft, acquired_before, closed_reason=CHANGED, by=by)
    record(
        action="juries.decision.recorded",
        subject=decision,
        by=by,
        summary=f"Décision pour {candidate.enrollment.trainee} : {decision.get_outcome_display()}",
        data={"candidate": str(candidate.pk), "enrollment": str(candidate.enrollment_id)},
        topic_id=session.pk,
    )
    return decision
