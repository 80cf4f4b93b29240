"""Making the results known, and going back on a decision."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from certificates.models import Certificate
from certificates.services.register.lines import revoke_certificate
from core import clock
from core.errors import DomainError, StaleState
from core.formats import counted, joined
from core.services.journal import record
from juries.enums import LetterKind, Outcome, SessionState
from juries.models import Appeal, Decision, JurySession
from juries.queries.results.acquired_domains import earlier_of
from juries.services.locks import lock_candidate, lock_enrollments, lock_session
from juries.services.results.attestations import revoke_attestation, write_attestation
from juries.services.results.certificate_checks import refuse_wrong_prints
from juries.services.results.certificates import deliver_certificate
from juries.services.results.decision_drafts import Verdict, refuse_verdict, settled, write_decision
from juries.services.results.quorum import present_seats
from juries.services.results.result_letters import for_letters, tell_results
from juries.services.results.structure_letters import write_to_structures
from juries.services.sessions.composition import candidates_of
from trainees.enums import EnrollmentState, PathStep
from trainees.models import Enrollment


@transaction.atomic
def release_results(*, session: JurySession, by: User) -> list[Certificate]:
    """Make the results known, by the certifier, once every juror present has signed the minutes.

    Each certified candidate gets the next number of the register, in the order of the day. Refused while one
    certificate would print wrong, with all that is to be mended. A second release is refused: the first one
    stands, and nothing is doubled.
    """
    if not by.is_certifier:
        raise DomainError("La publication des résultats revient au certificateur.")
    session = lock_session(session, SessionState.DELIBERATED, act="la publication des résultats")
    certificates = deliver_results(session, by=by)
    record_release(session, certificates, by=by)
    return certificates


def deliver_results(session: JurySession, *, by: User) -> list[Certificate]:
    """Do the release of a locked session, without its journal line; the caller records it last.

    The register is taken before the journal in every transaction, so that two releases queue up and
    never wait for each other. So the attestations, which only write in the journal, come after the certificates.
    The paths come before both, as wherever a path moves.
    """
    _refuse_unsigned(session)
    lock_enrollments(session.candidates.values("enrollment"))
    refuse_wrong_prints(session)
    session.state = SessionState.RELEASED
    session.released_at, session.released_by = clock.now(), by
    session.save(update_fields=["state", "released_at", "released_by"])
    decisions = _decisions_in_order(session)
    certificates = []
    for decision in decisions:
        _move_path(decision.candidate.enrollment_id, certified=decision.outcome == Outcome.CERTIFIED)
        if decision.outcome == Outcome.CERTIFIED:
            certificates.append(deliver_certificate(decision=decision, by=by))
    for decision in decisions:
        if decision.outcome == Outcome.PARTIAL:
            write_attestation(decision=decision, by=by)
    session.candidates.update(is_open=False)
    write_to_structures(session, candidates_of(session), LetterKind.RESULTS)
    tell_results(decisions, {row.decision.pk: row.number for row in certificates})
    return certificates


def record_release(session: JurySession, certificates: list[Certificate], *, by: User) -> None:
    record(
        action="juries.session.released",
        subject=session,
        by=by,
        summary=f"{session} : résultats publiés, {counted(len(certificates), 'certificat')}",
        data={"certificates": [certificate.number for certificate in certificates]},
        thread=session.pk,
    )


@transaction.atomic
def reverse_decision(
    *,
    decision: Decision,
    outcome: str,
    production_validated: bool = False,
    interview_validated: bool = False,
    acquired: Iterable[int] = (),
    motive: str = "",
    recommendation: str = "",
    casting_vote: bool = False,
    reason: str,
    appeal: Appeal | None = None,
    by: User,
) -> Decision:
    """Go back on a released decision: the old row is closed with its reason and a new one opened.

    The certificate or the attestation that no longer holds is revoked; what is won is issued, and the
    candidate is written the new result. By the certifier only; refused without a reason, when nothing changes,
    and while an appeal waits for its answer, but as the answer to that `appeal`.
    """
    if not by.is_certifier:
        raise DomainError("Revenir sur une décision publiée revient au certificateur.")
    if not reason.strip():
        raise DomainError("Dites pourquoi la décision est changée : le dossier d’un recours le demande.")
    verdict = Verdict(
        outcome,
        production_validated,
        interview_validated,
        frozenset(acquired),
        motive.strip(),
        recommendation.strip(),
        casting_vote,
    )
    session = lock_session(decision.candidate.session, SessionState.RELEASED, act="un changement de décision")
    candidate = lock_candidate(decision.candidate)
    before = candidate.decisions.in_force().get()
    if before.pk != decision.pk:
        raise StaleState(
            "Cette décision a déjà été changée : rechargez la page pour lire celle qui est en vigueur."
        )
    kept = earlier_of(candidate).kept
    verdict = settled(verdict, kept)
    _refuse_appealed(before, appeal)
    _refuse_unchanged(before, verdict)
    refuse_verdict(candidate, verdict, kept)
    after = write_decision(candidate, verdict, kept, reason=reason.strip(), by=by)
    if Outcome.CERTIFIED in (before.outcome, outcome):
        _move_path(candidate.enrollment_id, certified=outcome == Outcome.CERTIFIED)
    standing = list(Certificate.objects.valid().filter(enrollment=candidate.enrollment_id))
    number = deliver_certificate(decision=after, by=by).number if outcome == Outcome.CERTIFIED else ""
    for certificate in standing:
        revoke_certificate(certificate=certificate, reason=reason, by=by)
    revoke_attestation(decision=before, reason=reason, by=by)
    if outcome == Outcome.PARTIAL:
        write_attestation(decision=after, by=by)
    told = for_letters(Decision.objects.filter(pk=after.pk))
    tell_results(told, {after.pk: number}, appealed=appeal is not None)
    record(
        action="juries.decision.reversed",
        subject=after,
        by=by,
        summary=(
            f"{session} : décision changée pour {candidate.enrollment.trainee}, "
            f"{before.get_outcome_display()} → {after.get_outcome_display()}"
        ),
        reason=reason.strip(),
        data={"before": str(before.pk), "enrollment": str(candidate.enrollment_id)},
        thread=session.pk,
    )
    return after


def _refuse_unsigned(session: JurySession) -> None:
    signed = set(session.minutes.signatures.values_list("juror_id", flat=True))
    missing = [str(seat.juror) for seat in present_seats(session) if seat.juror_id not in signed]
    if missing:
        raise DomainError(
            f"Le procès-verbal attend la signature de {joined(missing)} : les résultats se publient après."
        )


def _refuse_unchanged(before: Decision, verdict: Verdict) -> None:
    if before.outcome == verdict.outcome == Outcome.CERTIFIED:
        raise DomainError("Ce candidat est déjà certifié : rien ne change.")
    if Verdict.of(before) == verdict:
        raise DomainError("Cette décision dit déjà la même chose : rien ne change.")


def _refuse_appealed(decision: Decision, appeal: Appeal | None) -> None:
    waiting = decision.appeals.open().exclude(pk=appeal.pk if appeal else None)
    if waiting.exists():
        raise DomainError(
            "Un recours est en cours sur cette décision : répondez-y. S’il est accepté, la décision change avec lui."
        )


def _decisions_in_order(session: JurySession) -> list[Decision]:
    """The decisions in force, in the order of the day: the order of the numbers of the register."""
    rows = for_letters(Decision.objects.in_force().filter(candidate__session=session))
    return list(
        rows.order_by(
            "candidate__production_at",
            "candidate__enrollment__trainee__birth_name",
            "candidate__enrollment__trainee__first_names",
            "pk",
        )
    )


def _move_path(enrollment_id, *, certified: bool) -> None:
    """Bring a path to its certificate, or back to its dossier so that a new attempt is possible.

    A trainee who left meanwhile keeps that state: only the step follows.
    """
    path = Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrollment_id)
    path.step = PathStep.CERTIFICATE if certified else PathStep.DOSSIER
    if certified and path.is_open:
        path.pauses.filter(ends_on=None).update(ends_on=clock.today())
        path.state, path.completed_on = EnrollmentState.COMPLETED, clock.today()
    if not certified and path.state == EnrollmentState.COMPLETED and not _has_another_path(path):
        path.state, path.completed_on = EnrollmentState.ACTIVE, None
    path.save(update_fields=["step", "state", "completed_on"])


def _has_another_path(path: Enrollment) -> bool:
    return Enrollment.objects.open().filter(trainee=path.trainee_id).exclude(pk=path.pk).exists()
