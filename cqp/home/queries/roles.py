from django.db.models import Exists, OuterRef

from accounts.enums import UserRole
from accounts.models import User
from juries.models import Juror
from structures.enums import Role
from structures.models import Membership
from trainees.models import Trainee


def roles_of(user: User) -> frozenset[str]:
    """Every role of the person today, asked in one query and stored on the user for the length of the request."""
    if user.roles is None:
        current = Membership.objects.current().filter(user=OuterRef("pk"))
        asked = {UserRole(role): Exists(current.filter(role=role)) for role in Role.values}
        asked[UserRole.JUROR] = Exists(Juror.objects.filter(user=OuterRef("pk"), is_active=True))
        asked[UserRole.TRAINEE] = Exists(Trainee.objects.filter(user=OuterRef("pk")))
        names = [f"is_{role}" for role in asked]
        people = User.objects.filter(pk=user.pk).annotate(**dict(zip(names, asked.values(), strict=True)))
        answers = people.values_list(*names).first() or ()
        roles = {role for role, yes in zip(asked, answers, strict=False) if yes}
        if user.is_certifier:
            roles.add(UserRole.CERTIFIER)
        user.roles = frozenset(roles)
    return user.roles
