"""Who may do what with structures and their teams."""

from structures.enums import EVALUATING_ROLES, Role
from structures.models import Membership, Structure


def holds_role(user, structure: Structure, *roles: str) -> bool:
    """Whether the person holds one of `roles` in the structure today."""
    return Membership.objects.current().filter(user=user, structure=structure, role__in=roles).exists()


def roles_of(user) -> set[str]:
    """The roles a person holds today, in whatever structure."""
    return set(Membership.objects.current().filter(user=user).values_list("role", flat=True))


def can_accredit(user) -> bool:
    return user.is_certifier


def can_browse_structures(user) -> bool:
    """The certifier sees every structure, a team member the structures where they work."""
    return user.is_certifier or Membership.objects.current().filter(user=user).exists()


def can_manage_team(user, structure: Structure) -> bool:
    return user.is_certifier or holds_role(user, structure, Role.DIRECTOR)


def can_direct(user, structure: Structure) -> bool:
    """Enrol, plan hours, ask for a jury: the director's acts."""
    return holds_role(user, structure, Role.DIRECTOR)


def can_train(user, structure: Structure) -> bool:
    """Log sessions, evaluate, validate sheets: the acts of the training team."""
    return holds_role(user, structure, *EVALUATING_ROLES)


def is_of_team(user, structure: Structure) -> bool:
    return holds_role(user, structure, *Role.values)
