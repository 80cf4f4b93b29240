from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from core.services.journal import record_access


@transaction.atomic
def record_refusal(*, by: AbstractBaseUser, path: str, sentence: str) -> None:
    """Record in the journal that a person tried what their role does not allow, with the sentence shown."""
    record_access(
        action="accounts.access.refused",
        subject=by,
        by=by,
        summary=f"Accès refusé à {by}",
        reason=sentence,
        data={"adresse": path[:500]},
    )
