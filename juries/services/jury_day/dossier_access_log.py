"""The journal entries of the sealed dossiers that a juror opens."""

from django.db import transaction

from accounts.models import User
from core.services.journal import record_access
from juries.models import Candidate


@transaction.atomic
def open_sealed_dossier(*, candidate: Candidate, by: User) -> None:
    """Write in the journal that this person reads the summary of a sealed dossier on its page."""
    record_access(
        action="juries.dossier.read",
        subject=candidate.dossier,
        by=by,
        summary=f"Dossier scellé de {candidate.enrollment.trainee} lu par {by}",
        data={"session": str(candidate.session_id)},
        topic_id=candidate.enrollment_id,
    )
