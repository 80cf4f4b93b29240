from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import clock
from accounts.errors import DomainError
from accounts.models import Invitation, User
from accounts.services.journal import record
from accounts.services.work import schedule
from accounts.tasks import send_invitation

VALIDITY = timedelta(days=14)


@transaction.atomic
def invite_person(*, email: str, first_name: str, last_name: str, by: User) -> User:
    """Find or make the account of a person, and send them the link that opens it.

    A person who already has a password is only returned: they know the way in.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), first_name=first_name, last_name=last_name)
    if user.has_usable_password():
        return user
    Invitation.objects.open().filter(user=user).update(revoked_at=clock.now())
    invitation = Invitation.objects.create(
        user=user, invited_by=by, created_at=clock.now(), expires_at=clock.now() + VALIDITY
    )
    record(
        action="accounts.invitation.sent",
        subject=invitation,
        by=by,
        summary=f"Invitation envoyée à {user}",
    )
    schedule(send_invitation, invitation.pk)
    return user


@transaction.atomic
def accept_invitation(*, invitation: Invitation, first_name: str, last_name: str, password: str) -> User:
    """Open the account: names and password are the person's own. Refused when used, withdrawn or late."""
    locked = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
    if locked is None:
        raise DomainError(
            "Ce lien ne sert plus : il a déjà été utilisé, retiré, ou ses 14 jours sont passés. "
            "Demandez-en un nouveau à la personne qui vous a invité."
        )
    user = User.objects.select_for_update().get(pk=locked.user_id)
    user.first_name, user.last_name = first_name, last_name
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["first_name", "last_name", "password"])
    locked.accepted_at = clock.now()
    locked.save(update_fields=["accepted_at"])
    record(action="accounts.invitation.accepted", subject=locked, by=user, summary=f"{user} a ouvert son compte")
    return user
