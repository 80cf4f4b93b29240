"""The release of the results of a session: certificates, attestations and letters, in one transaction."""

from django.db import transaction

from accounts.models import User
from certificates.models import Certificate
from core import clock
from core.errors import DomainError
from core.formats import counted, joined
from core.services.journal import record
from juries.enums import LetterKind, Outcome, SessionState
from juries.models import Decision, JurySession
from juries.services.locks import lock_enrollments, lock_session
from juries.services.results.attestations import write_attestation
from juries.services.results.certificate_checks import refuse_faulty_certificates
from juries.services.results.certificates import deliver_certificate
from juries.services.results.enrollments import advance_enrollment
from juries.services.results.quorum import present_seats
from juries.services.results.result_letters import with_letter_rows, write_result_letters
from juries.services.results.structure_letters import write_to_structures
from juries.services.sessions.composition import candidates_of


@transaction.atomic
def release_results(*, session: JurySession, by: User) -> list[Certificate]:
    """Make the results known, by the certifier, once every juror present has signed the minutes.

    Each certified candidate gets the next number of the register, in the order of the day. Refused while one
    certificate would print wrong, with every fault. A second release is refused.
    """
    if not by.is_certifier:
        raise DomainError("La publication des résultats revient au certificateur.")
    session = lock_session(session, SessionState.DELIBERATED, act="la publication des résultats")
    certificates = deliver_results(session, by=by)
    record_release(session, certificates, by=by)
    return certificates


def deliver_results(session: JurySession, *, by: User) -> list[Certificate]:
    """Release a locked session, without its journal entry, which the caller records last.

    Every transaction locks the enrollments, then the register, then the journal, so that two releases never wait
    for each other. So the attestations, which write in the journal only, come after the certificates.
    """
    _refuse_unsigned(session)
    lock_enrollments(session.candidates.values("enrollment"))
    refuse_faulty_certificates(session)
    session.state = SessionState.RELEASED
    session.released_at, session.released_by = clock.now(), by
    session.save(update_fields=["state", "released_at", "released_by"])
    decisions = _decisions_in_order(session)
    certificates = []
    for decision in decisions:
        advance_enrollment(decision.candidate.enrollment_id, certified=decision.outcome == Outcome.CERTIFIED)
        if decision.outcome == Outcome.CERTIFIED:
            certificates.append(deliver_certificate(decision=decision, by=by))
    for decision in decisions:
        if decision.outcome == Outcome.PARTIAL:
            write_attestation(decision=decision, by=by)
    session.candidates.update(is_open=False)
    write_to_structures(session, candidates_of(session), LetterKind.RESULTS)
    write_result_letters(decisions, {row.decision.pk: row.number for row in certificates})
    return certificates


def record_release(session: JurySession, certificates: list[Certificate], *, by: User) -> None:
    record(
        action="juries.session.released",
        subject=session,
        by=by,
        summary=f"{session} : résultats publiés, {counted(len(certificates), 'certificat')}",
        data={"certificates": [certificate.number for certificate in certificates]},
        topic_id=session.pk,
    )


def _refuse_unsigned(session: JurySession) -> None:
    signed = set(session.minutes.signatures.values_list("juror_id", flat=True))
    missing = [str(seat.juror) for seat in present_seats(session) if seat.juror_id not in signed]
    if missing:
        raise DomainError(
            f"Le procès-verbal attend la signature de {joined(missing)} : les résultats se publient après."
        )


def _decisions_in_order(session: JurySession) -> list[Decision]:
    """The decisions in force, in the order of the day: the order of the numbers of the register."""
    rows = with_letter_rows(Decision.objects.in_force().filter(candidate__session=session))
    return list(
        rows.order_by(
            "candidate__production_at",
            "candidate__enrollment__trainee__folded",
            "pk",
        )
    )
