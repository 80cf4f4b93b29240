"""Invitations: a link sent by e-mail, which opens an account once."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Invitation, User
from accounts.tasks import send_invitation
from core import clock
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.services.work import schedule

VALIDITY = timedelta(days=14)


@transaction.atomic
def invite_person(*, email: str, first_name: str, last_name: str, by: User | None) -> User:
    """Find or make the account of a person, and send them the link that opens it.

    A person who already has a password is only returned: they know the way in. Refused: an address that is
    none, a closed account. `by` is None when a command invites.
    """
    user = _find_or_create(email.strip().lower(), first_name.strip(), last_name.strip())
    if not user.is_active:
        raise DomainError(
            f"Le compte de {user} est fermé : demandez au certificateur de le rouvrir, ou donnez une autre adresse."
        )
    if user.has_usable_password():
        return user
    moment = clock.now()
    Invitation.objects.open().filter(user=user).update(revoked_at=moment)
    invitation = Invitation.objects.create(
        user=user, invited_by=by or user, created_at=moment, expires_at=moment + VALIDITY
    )
    record(
        action="accounts.invitation.sent", subject=invitation, by=by, summary=f"Invitation envoyée à {user}"
    )
    schedule(send_invitation, invitation.pk)
    return user


@transaction.atomic
def withdraw_invitations(*, user: User, by: User) -> None:
    """Revoke the invitations that a person has not used."""
    for invitation in Invitation.objects.open().filter(user=user).select_for_update(no_key=True):
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        record(
            action="accounts.invitation.withdrawn",
            subject=invitation,
            by=by,
            summary=f"Invitation de {user} retirée",
        )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, first_name: str, last_name: str, password: str) -> User:
    """Open the account: names and password are the person's own.

    Refused: a link used, withdrawn or late, and a password that is too easy to guess.
    """
    locked = Invitation.objects.select_for_update(no_key=True).open().filter(pk=invitation.pk).first()
    if locked is None:
        raise StaleState(
            "Ce lien ne sert plus : il a déjà été utilisé, retiré, ou ses 14 jours sont passés. "
            "Demandez-en un nouveau à la personne qui vous l’a envoyé."
        )
    user = User.objects.select_for_update(no_key=True).get(pk=locked.user_id)
    user.first_name, user.last_name = first_name.strip(), last_name.strip()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["first_name", "last_name", "password"])
    locked.accepted_at = clock.now()
    locked.save(update_fields=["accepted_at"])
    record(
        action="accounts.invitation.accepted", subject=locked, by=user, summary=f"{user} a ouvert son compte"
    )
    return user


def _find_or_create(email: str, first_name: str, last_name: str) -> User:
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        return user
    try:
        return User.objects.create_user(email, first_name=first_name, last_name=last_name)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
