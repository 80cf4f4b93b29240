"""The change of a released decision: what an accepted appeal brings."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from certificates.models import Certificate
from certificates.services.register.lines import revoke_certificate
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.texts import LONGEST_EXPLANATION, required_reason, whole_text
from juries.enums import AppealState, Outcome, SessionState
from juries.models import Appeal, Decision
from juries.queries.results.acquired_domains import acquired_domains_of
from juries.services.locks import lock_candidate, lock_session
from juries.services.results.attestations import revoke_attestation, write_attestation
from juries.services.results.certificates import deliver_certificate
from juries.services.results.decision_drafts import (
    DecisionDraft,
    refuse_draft,
    with_acquired_before,
    write_decision,
)
from juries.services.results.enrollments import advance_enrollment
from juries.services.results.result_letters import with_letter_rows, write_result_letters


@transaction.atomic
def reverse_decision(
    *,
    appeal: Appeal,
    outcome: str,
    production_validated: bool = False,
    interview_validated: bool = False,
    acquired: Iterable[int] = (),
    reason: str = "",
    recommendation: str = "",
    casting_vote: bool = False,
    closed_reason: str,
    by: User,
) -> Decision:
    """Replace a released decision: the row in force is closed with `closed_reason` and a new one opened.

    The certificate or attestation of the old decision is revoked, that of the new one is issued, and a new
    result letter is written. Once the minutes are signed nobody changes a verdict but through an accepted `appeal`;
    the certifier writes what it decides. Refused without a reason, and when nothing changes.
    """
    if not by.is_certifier or appeal.state != AppealState.UPHELD:
        raise DomainError("Une fois publiée, la décision d’un jury ne change que par un recours accepté.")
    decision = appeal.decision
    closed_reason = required_reason(
        closed_reason, missing="Dites pourquoi la décision est changée : le dossier d’un recours le demande."
    )
    draft = DecisionDraft(
        outcome,
        production_validated,
        interview_validated,
        frozenset(acquired),
        whole_text(reason, most=LONGEST_EXPLANATION),
        whole_text(recommendation, name="La recommandation", most=LONGEST_EXPLANATION),
        casting_vote,
    )
    session = lock_session(decision.candidate.session, SessionState.RELEASED, act="un changement de décision")
    candidate = lock_candidate(decision.candidate)
    before = candidate.decisions.in_force().get()
    if before.pk != decision.pk:
        raise StaleState(
            "Cette décision a déjà été changée : rechargez la page pour lire celle qui est en vigueur."
        )
    acquired_before = acquired_domains_of(candidate).valid
    draft = with_acquired_before(draft, acquired_before)
    _refuse_unchanged(before, draft)
    refuse_draft(candidate, draft, acquired_before)
    after = write_decision(candidate, draft, acquired_before, closed_reason=closed_reason, by=by)
    if Outcome.CERTIFIED in (before.outcome, outcome):
        advance_enrollment(candidate.enrollment_id, certified=outcome == Outcome.CERTIFIED)
    delivered = list(Certificate.objects.valid().filter(enrollment=candidate.enrollment_id))
    number = deliver_certificate(decision=after, by=by).number if outcome == Outcome.CERTIFIED else ""
    for certificate in delivered:
        revoke_certificate(certificate=certificate, reason=closed_reason, by=by)
    revoke_attestation(decision=before, reason=closed_reason, by=by)
    if outcome == Outcome.PARTIAL:
        write_attestation(decision=after, by=by)
    rows = with_letter_rows(Decision.objects.filter(pk=after.pk))
    write_result_letters(rows, {after.pk: number})
    record(
        action="juries.decision.reversed",
        subject=after,
        by=by,
        summary=(
            f"{session} : décision changée pour {candidate.enrollment.trainee}, "
            f"{before.get_outcome_display()} → {after.get_outcome_display()}"
        ),
        reason=closed_reason,
        data={"before": str(before.pk), "enrollment": str(candidate.enrollment_id)},
        topic_id=session.pk,
    )
    return after


def _refuse_unchanged(before: Decision, draft: DecisionDraft) -> None:
    if before.outcome == draft.outcome == Outcome.CERTIFIED:
        raise DomainError("Ce candidat est déjà certifié : rien ne change.")
    if replace(DecisionDraft.of(before), departure="") == draft:
        raise DomainError("Cette décision dit déjà la même chose : rien ne change.")
