"""Who works in a structure: every access of a team member begins and ends here."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.services.invitations import invite_person, withdraw_invitations
from core import clock
from core.errors import DomainError, StaleState
from core.services.journal import record
from structures.enums import Role
from structures.models import Membership, Structure


@transaction.atomic
def add_member(
    *,
    structure: Structure,
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    starts_on: date | None = None,
    by: User,
) -> Membership:
    """Give a person a role in a structure since `starts_on` (today), and invite them when they have no account.

    An earlier day lets a team log the sessions it held before it came to this site. Refused: a day to come,
    a role that the person already holds there, a closed account.
    """
    starts_on = starts_on or clock.today()
    if starts_on > clock.today():
        raise DomainError("Cette date est à venir : ajoutez la personne le jour où elle rejoint l’équipe.")
    locked = _lock(structure)
    user = invite_person(email=email, first_name=first_name, last_name=last_name, by=by)
    if Membership.objects.current().filter(structure=locked, user=user, role=role).exists():
        raise DomainError(f"{user} tient déjà ce rôle ({Role(role).label}) dans la structure.")
    membership = Membership.objects.create(structure=locked, user=user, role=role, starts_on=starts_on)
    record(
        action="structures.member.added",
        subject=membership,
        by=by,
        summary=f"{user} rejoint l’équipe de {locked} ({membership.get_role_display()})",
        topic_id=locked.pk,
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> Membership:
    """End a role today; access goes at once, and an invitation still open is withdrawn with the last role.

    Refused: the last director of a structure, since nobody could manage its team any more.
    """
    structure = _lock(membership.structure)
    held = Membership.objects.current().filter(structure=structure)
    locked = (
        held.select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .filter(pk=membership.pk)
        .first()
    )
    if locked is None:
        raise StaleState("Cette personne a déjà quitté ce rôle : il n’y a plus rien à terminer.")
    directors = held.filter(role=Role.DIRECTOR).exclude(user=locked.user)
    if locked.role == Role.DIRECTOR and not directors.exists():
        raise DomainError(
            f"{locked.user} est la seule personne à la direction de {structure}. "
            "Ajoutez d’abord une autre personne à la direction, puis mettez fin à ce rôle."
        )
    locked.ends_on = clock.today()
    locked.save(update_fields=["ends_on"])
    if not Membership.objects.current().filter(user=locked.user).exists():
        withdraw_invitations(user=locked.user, by=by)
    record(
        action="structures.member.ended",
        subject=locked,
        by=by,
        summary=f"{locked.user} quitte l’équipe de {structure} ({locked.get_role_display()})",
        topic_id=structure.pk,
    )
    return locked


@transaction.atomic
def invite_again(*, membership: Membership, by: User) -> None:
    """Send a fresh link to a member who has not opened their account; the former link stops working."""
    user = membership.user
    if user.has_usable_password():
        raise StaleState(f"{user} a déjà ouvert son compte : une invitation ne servirait plus.")
    invite_person(email=user.email, first_name=user.first_name, last_name=user.last_name, by=by)


def _lock(structure: Structure) -> Structure:
    return Structure.objects.select_for_update(of=("self",), no_key=True).get(pk=structure.pk)
