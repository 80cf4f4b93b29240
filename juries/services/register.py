"""The register: one line per certificate, numbered by year with no gap and no double, whatever happens."""

from collections.abc import Mapping

from django.db import transaction

from accounts import clock
from accounts.enums import WorkState
from accounts.errors import DomainError, StaleState
from accounts.formats import joined, shortdate
from accounts.models import User, Work
from accounts.services.journal import record
from accounts.services.work import schedule
from juries.enums import CertificateState, Outcome
from juries.models import Certificate, Decision, RegisterYear
from juries.services.contents import IDENTITY, content_of
from juries.services.preflight import faults_of
from juries.tasks.certificates import draw_certificate

COPIED = (
    *IDENTITY,
    "title",
    "certification_type",
    "certification_code",
    "framework_version",
    "support_name",
    "rome_codes",
    "domains",
    "structure_name",
    "jury_date",
    "jury_place",
    "certifier_name",
    "signatories",
    "layout_version",
    "is_demo",
)
"""What a certificate says besides its number and its day."""


@transaction.atomic
def enter_in_register(*, decision: Decision, by: User) -> Certificate:
    """Give a « certified » decision its certificate and the next number of the year, in the caller's transaction.

    Everything the certificate says is copied in; its file is drawn later. Refused: another outcome, a
    decision that was changed or already has its certificate, and whatever would print wrong.
    """
    decision = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "candidate__session__rules",
            "candidate__enrollment__trainee",
            "candidate__enrollment__structure",
            "candidate__enrollment__support",
        )
        .get(pk=decision.pk)
    )
    if decision.outcome != Outcome.CERTIFIED or decision.closed_at:
        raise DomainError(
            f"{decision.candidate.enrollment.trainee} n’a pas de décision « certifié » en vigueur : "
            "seule une telle décision donne un certificat."
        )
    standing = decision.certificates.delivered().first()
    if standing:
        raise StaleState(f"Cette décision a déjà son certificat, le {standing}.")
    certificate = Certificate(decision=decision, **content_of(decision.candidate))
    _refuse_what_would_print_wrong(certificate)
    _take_number(certificate)
    certificate.save(force_insert=True)
    _record_entry(certificate, by)
    schedule(draw_certificate, certificate.pk)
    return certificate


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by: User) -> Certificate:
    """Take back a certificate that stands. The line and its file stay, and the verification says so."""
    certificate = _lock_standing(certificate)
    certificate.state = CertificateState.REVOKED
    certificate.revoked_at, certificate.revoked_by = clock.now(), by
    certificate.revoked_reason = _required(reason, "Dites pourquoi le certificat est révoqué.")
    certificate.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
    record(
        action="juries.certificate.revoked",
        subject=certificate,
        by=by,
        summary=f"Certificat {certificate.number} de {certificate.full_name} révoqué",
        reason=certificate.revoked_reason,
        thread=_thread(certificate),
    )
    return certificate


@transaction.atomic
def replace_certificate(
    *, certificate: Certificate, changes: Mapping[str, object], reason: str, by: User
) -> Certificate:
    """Correct the identity on a certificate that stands: a new line with a new number and a new code.

    The old line keeps what it said and points to the new one. `changes` are fields of `IDENTITY`; at
    least one must differ.
    """
    old = _lock_standing(certificate)
    reason = _required(reason, "Dites pourquoi le certificat est remplacé.")
    unknown = set(changes) - set(IDENTITY)
    if unknown:
        raise DomainError(
            f"Un remplacement ne corrige que l’identité ; pas : {joined(sorted(unknown))}. "
            "Pour le reste, révoquez le certificat."
        )
    changed = {name: value for name, value in changes.items() if getattr(old, name) != value}
    if not changed:
        raise DomainError(
            "Rien ne change : corrigez au moins un élément de l’identité. "
            "Pour un duplicata, le même fichier se télécharge à nouveau."
        )
    new = Certificate(decision_id=old.decision_id, **{name: getattr(old, name) for name in COPIED} | changed)
    new.delivered_on = clock.today()
    _refuse_what_would_print_wrong(new)
    _take_number(new)
    # One certificate stands at a time: the old one steps aside, for a row that the commit will find.
    old.state, old.replaced_by_id = CertificateState.REPLACED, new.pk
    old.save(update_fields=["state", "replaced_by"])
    new.save(force_insert=True)
    record(
        action="juries.certificate.replaced",
        subject=old,
        by=by,
        summary=f"Certificat {old.number} remplacé par {new.number}",
        reason=reason,
        data={name: [str(getattr(old, name)), str(value)] for name, value in changed.items()},
        thread=_thread(old),
    )
    _record_entry(new, by)
    schedule(draw_certificate, new.pk)
    return new


@transaction.atomic
def retry_certificate(*, certificate: Certificate, by: User) -> None:
    """Draw now a file that waits or was set aside, with a fresh set of attempts."""
    certificate = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=certificate.pk)
    if certificate.file:
        raise StaleState(f"Le certificat {certificate} a déjà son fichier : il n’y a rien à relancer.")
    waiting = Work.objects.filter(
        task=draw_certificate.name,
        subject_id=certificate.pk,
        state__in=[WorkState.PENDING, WorkState.SET_ASIDE],
    )
    waiting.update(state=WorkState.PENDING, attempts=0, due_at=clock.now(), error="")
    record(
        action="juries.certificate.retried",
        subject=certificate,
        by=by,
        summary=f"Fichier du certificat {certificate.number} relancé",
        thread=_thread(certificate),
    )
    schedule(draw_certificate, certificate.pk)


def _refuse_what_would_print_wrong(certificate: Certificate) -> None:
    faults = faults_of(certificate)
    if faults:
        raise DomainError(" ".join(faults))


def _take_number(certificate: Certificate) -> None:
    """The next number of the year of delivery; the year stays locked until the commit."""
    year = certificate.delivered_on.year
    RegisterYear.objects.get_or_create(year=year)
    line = RegisterYear.objects.select_for_update(no_key=True).get(year=year)
    line.last += 1
    line.save(update_fields=["last"])
    certificate.year, certificate.sequence = year, line.last
    certificate.number = f"CQP-{year}-{line.last:06d}"


def _lock_standing(certificate: Certificate) -> Certificate:
    locked = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=certificate.pk)
    if locked.state == CertificateState.REVOKED:
        raise StaleState(
            f"Le certificat {locked} est déjà révoqué, depuis le {shortdate(locked.revoked_at)}."
        )
    if locked.state == CertificateState.REPLACED:
        raise StaleState(f"Le certificat {locked} est déjà remplacé par le {locked.replaced_by}.")
    return locked


def _required(reason: str, sentence: str) -> str:
    reason = reason.strip()
    if not reason:
        raise DomainError(sentence)
    return reason


def _record_entry(certificate: Certificate, by: User) -> None:
    record(
        action="juries.certificate.entered",
        subject=certificate,
        by=by,
        summary=f"Certificat {certificate.number} inscrit au registre pour {certificate.full_name}",
        thread=_thread(certificate),
    )


def _thread(certificate: Certificate):
    return certificate.decision.candidate.enrollment_id
