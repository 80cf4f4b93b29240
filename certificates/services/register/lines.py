"""The lines of the register: one per certificate, numbered by year without a gap or a duplicate."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import User
from certificates.enums import CertificateState
from certificates.models import Certificate, RegisterYear
from certificates.services.register.print_checks import print_faults
from certificates.tasks.rendering import render_certificate
from core import clock
from core.errors import DomainError, StaleState
from core.formats import joined, shortdate
from core.services.journal import record
from core.services.work import schedule
from core.texts import required_reason
from trainees.models import Enrollment

IDENTITY = (
    "first_names",
    "birth_name",
    "usage_name",
    "sex",
    "birth_date",
    "birth_place",
    "birth_country",
)
"""The fields that a certificate copies from the person."""

CONTENT = (
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
    "jury_region",
    "delivered_on",
    "certifier_name",
    "signatories",
    "layout_version",
    "is_demo",
)
"""The fields that a certificate prints, its number aside."""


@transaction.atomic
def enter_in_register(
    *, enrollment: Enrollment, content: Mapping[str, object], batch_id: UUID, by: User
) -> Certificate:
    """Give an enrolment its certificate and the next number of the year, in the caller's transaction.

    `content` gives a value to each field of `CONTENT`; the certificates of one `batch_id` are delivered together.
    A task renders the file. Refused: an enrolment that has a valid certificate, and a content that would print wrong.
    """
    valid = Certificate.objects.valid().filter(enrollment=enrollment).first()
    if valid:
        raise StaleState(f"Ce parcours a déjà son certificat, le {valid}.")
    if set(content) != set(CONTENT):
        raise TypeError(f"Content of a certificate: {sorted(set(content) ^ set(CONTENT))}")
    certificate = Certificate(enrollment=enrollment, batch_id=batch_id, **content)
    _refuse_print_faults(certificate)
    _take_number(certificate)
    certificate.save(force_insert=True)
    _record_entry(certificate, by)
    schedule(render_certificate, certificate.pk)
    return certificate


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by: User) -> Certificate:
    """Revoke a valid certificate. The line and its file stay, and the verification shows the revocation."""
    certificate = _lock_valid(certificate)
    certificate.state = CertificateState.REVOKED
    certificate.revoked_at, certificate.revoked_by = clock.now(), by
    certificate.revoked_reason = required_reason(reason, missing="Dites pourquoi le certificat est révoqué.")
    certificate.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
    record(
        action="certificates.certificate.revoked",
        subject=certificate,
        by=by,
        summary=f"Certificat {certificate.number} de {certificate.full_name} révoqué",
        reason=certificate.revoked_reason,
        topic_id=certificate.enrollment_id,
    )
    return certificate


@transaction.atomic
def replace_certificate(
    *, certificate: Certificate, changes: Mapping[str, object], reason: str, by: User
) -> Certificate:
    """Correct the identity on a valid certificate: a new line with a new number and a new code.

    The old line stays as it was and points to the new one. `changes` are fields of `IDENTITY`; at
    least one must differ.
    """
    old = _lock_valid(certificate)
    reason = required_reason(reason, missing="Dites pourquoi le certificat est remplacé.")
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
    new = Certificate(
        enrollment_id=old.enrollment_id,
        batch_id=old.batch_id,
        **{name: getattr(old, name) for name in CONTENT} | changed | {"delivered_on": clock.today()},
    )
    _refuse_print_faults(new)
    _take_number(new)
    # An enrolment has one valid certificate: the old one is replaced first, by a row inserted before the commit.
    old.state, old.replaced_by_id = CertificateState.REPLACED, new.pk
    old.save(update_fields=["state", "replaced_by"])
    new.save(force_insert=True)
    record(
        action="certificates.certificate.replaced",
        subject=old,
        by=by,
        summary=f"Certificat {old.number} remplacé par {new.number}",
        reason=reason,
        data={name: [str(getattr(old, name)), str(value)] for name, value in changed.items()},
        topic_id=old.enrollment_id,
    )
    _record_entry(new, by)
    schedule(render_certificate, new.pk)
    return new


def _refuse_print_faults(certificate: Certificate) -> None:
    faults = print_faults(certificate)
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


def _lock_valid(certificate: Certificate) -> Certificate:
    locked = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=certificate.pk)
    if locked.state == CertificateState.REVOKED:
        raise StaleState(
            f"Le certificat {locked} est déjà révoqué, depuis le {shortdate(locked.revoked_at)}."
        )
    if locked.state == CertificateState.REPLACED:
        raise StaleState(f"Le certificat {locked} est déjà remplacé par le {locked.replaced_by}.")
    return locked


def _record_entry(certificate: Certificate, by: User) -> None:
    record(
        action="certificates.certificate.entered",
        subject=certificate,
        by=by,
        summary=f"Certificat {certificate.number} inscrit au registre pour {certificate.full_name}",
        topic_id=certificate.enrollment_id,
    )
