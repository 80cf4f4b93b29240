"""The checks of the certificates to come, before anything enters the register."""

from dataclasses import dataclass, field

from certificates.models import Certificate
from certificates.services.register.print_checks import print_faults, published_layout
from core.errors import DomainError
from juries.enums import Outcome, Presence, SessionState
from juries.models import Candidate, Decision, JurySession
from juries.services.results.certificate_content import contents_of
from juries.services.sessions.composition import candidates_of

DECIDED = (SessionState.DELIBERATED, SessionState.RELEASED)


@dataclass(frozen=True)
class CertificateCheck:
    """A certificate to come, as it would print today; `certificate` is None when it cannot be composed."""

    candidate: Candidate
    certificate: Certificate | None
    faults: list[str] = field(default_factory=list)


def check_certificates(session: JurySession) -> list[CertificateCheck]:
    """The certificates that a session would bring, in the order of the day, each with its faults.

    Once the deliberation is closed, those of the certified candidates; before, whoever is not absent, whatever
    the jury may have written so far. A constant number of queries.
    """
    candidates = [row for row in candidates_of(session) if row.presence != Presence.ABSENT]
    if session.state in DECIDED:
        certified = set(
            Decision.objects.in_force()
            .filter(candidate__session=session, outcome=Outcome.CERTIFIED)
            .values_list("candidate_id", flat=True)
        )
        candidates = [row for row in candidates if row.pk in certified]
    return _checked(session, candidates)


def check_certificate(candidate: Candidate) -> CertificateCheck:
    """The certificate that this candidate would get, whatever the jury decides."""
    (row,) = _checked(candidate.session, [candidate])
    return row


def refuse_faulty_certificates(session: JurySession) -> None:
    """Nothing is released while one certificate would print wrong: the refusal names all there is to correct."""
    faults = dict.fromkeys(fault for row in check_certificates(session) for fault in row.faults)
    if faults:
        raise DomainError(f"Rien n’est publié : un certificat serait mal imprimé. {' '.join(faults)}")


def _checked(session: JurySession, candidates: list[Candidate]) -> list[CertificateCheck]:
    try:
        contents = contents_of(session, candidates)
    except DomainError as refusal:
        return [CertificateCheck(candidate, None, [refusal.message]) for candidate in candidates]
    layout = published_layout(session.rules.layout_version)
    certificates = [(candidate, Certificate(**contents[candidate.pk])) for candidate in candidates]
    return [CertificateCheck(candidate, row, print_faults(row, layout)) for candidate, row in certificates]
