"""The entry of a certified candidate in the register."""

from django.db import transaction

from accounts.models import User
from certificates.models import Certificate
from certificates.services.register.lines import enter_in_register
from core.errors import DomainError, StaleState
from juries.enums import Outcome
from juries.models import Decision
from juries.services.results.certificate_content import content_of


@transaction.atomic
def deliver_certificate(*, decision: Decision, by: User) -> Certificate:
    """Enter the candidate of a « certified » decision in the register, in the caller's transaction.

    Refused: another outcome, a decision that was changed or already has its certificate, and whatever would
    print wrong.
    """
    decision = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "candidate__session__rules",
            "candidate__enrollment__trainee",
            "candidate__enrollment__structure",
            "candidate__enrollment__support",
            "certificate",
        )
        .get(pk=decision.pk)
    )
    candidate = decision.candidate
    if decision.outcome != Outcome.CERTIFIED or decision.closed_at:
        raise DomainError(
            f"{candidate.enrollment.trainee} n’a pas de décision « certifié » en vigueur : "
            "seule une telle décision donne un certificat."
        )
    if decision.certificate:
        raise StaleState(f"Cette décision a déjà son certificat, le {decision.certificate}.")
    decision.certificate = enter_in_register(
        enrollment=candidate.enrollment,
        content=content_of(candidate),
        batch_id=candidate.session_id,
        by=by,
    )
    decision.save(update_fields=["certificate"])
    return decision.certificate
