"""What is checked before a line enters the register, so that no certificate prints wrong."""

from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from accounts.errors import DomainError
from accounts.formats import joined, shortdate
from juries.documents.certificate import LayoutMissing, layout_of
from juries.documents.certificate.room import faults_of_room
from juries.documents.letters import missing_letters, quoted
from juries.enums import Outcome, Presence, SessionState
from juries.models import Candidate, Certificate, CertificateLayout, Decision, JurySession
from juries.services.composition import candidates_of
from juries.services.contents import contents_of

LEAST_AGE, MOST_AGE = 16, 100
"""Years on the day of the jury; outside them the year of birth was mistyped."""

NOT_YET_KNOWN = ("decision", "year", "sequence", "number")


DECIDED = (SessionState.DELIBERATED, SessionState.RELEASED)


@dataclass(frozen=True)
class Foreseen:
    """A certificate to come, as it would print today; `certificate` is none where it cannot even be written."""

    candidate: Candidate
    certificate: Certificate | None
    faults: list[str] = field(default_factory=list)


def foresee(session: JurySession) -> list[Foreseen]:
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
    return _foreseen(session, candidates)


def foresee_faults(*, candidate: Candidate) -> list[str]:
    """What would keep this candidate's certificate from being delivered, while it can still be mended."""
    return foresee_one(candidate).faults


def foresee_one(candidate: Candidate) -> Foreseen:
    """The certificate that this candidate would get, whatever the jury decides."""
    (row,) = _foreseen(candidate.session, [candidate])
    return row


def refuse_wrong_prints(session: JurySession) -> None:
    """Nothing is released while one certificate would print wrong: all there is to mend, at once."""
    faults = dict.fromkeys(fault for row in foresee(session) for fault in row.faults)
    if faults:
        raise DomainError(f"Rien n’est publié : un certificat serait mal imprimé. {' '.join(faults)}")


def _foreseen(session: JurySession, candidates: list[Candidate]) -> list[Foreseen]:
    try:
        contents = contents_of(session, candidates)
    except DomainError as refusal:
        return [Foreseen(candidate, None, [refusal.message]) for candidate in candidates]
    layout = _layout(session.rules.layout_version)
    certificates = [(candidate, Certificate(**contents[candidate.pk])) for candidate in candidates]
    return [Foreseen(candidate, row, faults_of(row, layout)) for candidate, row in certificates]


def _layout(version: str) -> CertificateLayout | None:
    try:
        return layout_of(version)
    except LayoutMissing:
        return None


def faults_of(certificate: Certificate, layout: CertificateLayout | None = None) -> list[str]:
    """What would print wrong, one French sentence each: nothing, when the certificate may be delivered.

    The layout is the one that the certificate was entered under, read once where there are many.
    """
    name = certificate.full_name
    layout = layout or _layout(certificate.layout_version)
    faults = _faults_of_birth(certificate)
    if not certificate.title:
        faults.append("L’intitulé du certificat manque dans le référentiel.")
    if layout is None:
        faults.append(
            f"La maquette de certificat « {certificate.layout_version} » n’existe pas ou n’est pas publiée."
        )
    else:
        faults += faults_of_room(certificate, layout)
    missing = missing_letters(" ".join(_written(certificate)))
    if missing:
        letters = joined(quoted(letter) for letter in missing)
        faults.append(
            f"Le certificat de {name} contient des signes que sa police n’écrit pas : {letters}. "
            "Écrivez-les en lettres latines, comme sur le passeport."
        )
    try:
        certificate.clean_fields(exclude=NOT_YET_KNOWN)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            label = Certificate._meta.get_field(field).verbose_name
            faults.append(f"Certificat de {name}, {label} : {' '.join(messages)}")
    return faults


def _faults_of_birth(certificate: Certificate) -> list[str]:
    name, born = certificate.full_name, certificate.birth_date
    faults = []
    if not born:
        faults.append(f"La date de naissance de {name} manque.")
    elif not LEAST_AGE <= relativedelta(certificate.jury_date, born).years < MOST_AGE:
        faults.append(
            f"Une naissance le {shortdate(born)} n’est pas possible : vérifiez l’année, pour {name}."
        )
    if not certificate.birth_place and certificate.birth_country.casefold() == "france":
        faults.append(f"La commune de naissance de {name} manque : complétez son identité.")
    return faults


def _written(certificate: Certificate) -> list[str]:
    """Every text that the certificate prints."""
    return [
        certificate.first_names,
        certificate.birth_name,
        certificate.usage_name,
        certificate.birth_place,
        certificate.birth_country,
        certificate.title,
        certificate.support_name,
        *certificate.domains,
        certificate.structure_name,
        certificate.jury_place,
        certificate.certifier_name,
        *(word for signatory in certificate.signatories for word in signatory.values()),
    ]
