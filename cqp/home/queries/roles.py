from django.db.models import Exists, OuterRef

from accounts.enums import Hat
from accounts.models import User
from juries.models import Juror
from structures.enums import Role
from structures.models import Membership
from trainees.models import Trainee


def hats_of(user: User) -> frozenset[str]:
    """Every hat the person wears today, asked in one query and kept on the user for the length of the request."""
    if not hasattr(user, "_hats"):
        held = Membership.objects.current().filter(user=OuterRef("pk"))
        worn = {Hat(role): Exists(held.filter(role=role)) for role in Role.values}
        worn[Hat.JUROR] = Exists(Juror.objects.filter(user=OuterRef("pk"), is_active=True))
        worn[Hat.TRAINEE] = Exists(Trainee.objects.filter(user=OuterRef("pk")))
        names = [f"wears_{hat}" for hat in worn]
        people = User.objects.filter(pk=user.pk).annotate(**dict(zip(names, worn.values(), strict=True)))
        answers = people.values_list(*names).first() or ()
        hats = {hat for hat, yes in zip(worn, answers, strict=False) if yes}
        if user.is_certifier:
            hats.add(Hat.CERTIFIER)
        user._hats = frozenset(hats)
    return user._hats
