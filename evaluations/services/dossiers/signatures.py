"""The three signatures of an attempt: trainee, training team, direction."""

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.text_folding import folded
from evaluations.enums import SignatureRole
from evaluations.models import DossierSignature
from evaluations.permissions import can_sign_dossier
from evaluations.queries.dossiers import read_gateway
from trainees.models import Enrollment
from trainees.services.locks import lock_open_enrollment

REFUSALS = {
    SignatureRole.TRAINEE: (
        "Le salarié signe depuis son propre compte, ou en présence d’un encadrant de la structure."
    ),
    SignatureRole.TRAINER: "Cette signature est celle d’un encadrant ou d’un accompagnateur de la structure.",
    SignatureRole.DIRECTOR: "Cette signature est celle de la direction de la structure.",
}


@transaction.atomic
def sign_dossier(
    *, enrollment: Enrollment, role: str, signatory: str, in_presence: bool = False, by: User
) -> DossierSignature:
    """Sign what the dossier holds now, for the coming attempt; later changes make it void.

    `signatory` is the name as the person wrote it. The trainee signs alone from their account, or on the
    device of a trainer (`in_presence`). Refused while another piece is missing, in a name that is not the
    signatory's, or when this role has signed what is there.
    """
    enrollment = lock_open_enrollment(enrollment)
    in_presence = in_presence and role == SignatureRole.TRAINEE
    if not can_sign_dossier(by, enrollment, role, in_presence=in_presence):
        raise DomainError(REFUSALS[SignatureRole(role)])
    gateway = read_gateway(enrollment)
    if gateway.obstacle:
        raise StaleState(gateway.obstacle)
    if not gateway.signable:
        raise DomainError(f"On signe un dossier complet. {gateway.missing[0].sentence}")
    if role in gateway.signatures:
        raise StaleState("Cette signature est déjà donnée pour le dossier tel qu’il est.")
    expected = str(enrollment.trainee) if role == SignatureRole.TRAINEE else str(by)
    if folded(signatory) != folded(expected):
        raise DomainError(f"La signature est le nom de la personne : écrivez « {expected} ».")
    DossierSignature.objects.filter(enrollment=enrollment, attempt=gateway.attempt, role=role).delete()
    signature = DossierSignature.objects.create(
        enrollment=enrollment,
        attempt=gateway.attempt,
        role=role,
        signed_by=by,
        signatory=expected,
        in_presence=in_presence,
        signed_sha256=gateway.fingerprint,
    )
    record(
        action="evaluations.dossier.signed",
        subject=signature,
        by=by,
        summary=f"dossier de {enrollment.trainee} signé par {expected} ({signature.get_role_display()})",
        data={
            "attempt": gateway.attempt,
            "role": role,
            "in_presence": in_presence,
            "sha256": gateway.fingerprint,
        },
        topic_id=enrollment.pk,
    )
    return signature
