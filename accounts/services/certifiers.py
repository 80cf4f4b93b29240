"""Who administers the certification."""

from django.db import transaction

from accounts.models import User
from accounts.services.invitations import invite_person
from core.services.journal import record


@transaction.atomic
def appoint_certifier(*, email: str, first_name: str = "", last_name: str = "", by: User | None) -> User:
    """Give a person the administration of the certification, and invite them when they have no account yet.

    `by` is None for the first one, whom a command appoints.
    """
    user = invite_person(email=email, first_name=first_name, last_name=last_name, by=by)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_certifier:
        return user
    user.is_certifier = True
    user.save(update_fields=["is_certifier"])
    record(
        action="accounts.certifier.appointed",
        subject=user,
        by=by,
        summary=f"{user} administre la certification",
    )
    return user
