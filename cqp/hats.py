from accounts.enums import Hat
from accounts.models import User
from juries.models import Juror
from structures.permissions import roles_of
from trainees.models import Trainee


def hats_of(user: User) -> frozenset[str]:
    """Every hat the person wears today; kept on the user for the length of the request."""
    if not hasattr(user, "_hats"):
        hats = set(roles_of(user))
        if user.is_certifier:
            hats.add(Hat.CERTIFIER)
        if Juror.objects.filter(user=user, is_active=True).exists():
            hats.add(Hat.JUROR)
        if Trainee.objects.filter(user=user).exists():
            hats.add(Hat.TRAINEE)
        user._hats = frozenset(hats)
    return user._hats
