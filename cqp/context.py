from django.conf import settings
from django.http import HttpRequest

from cqp.hats import hats_of
from cqp.navigation import navigation


def house(request: HttpRequest) -> dict:
    """What every page knows: the hats of the person, the way around, and whether this is a demo."""
    user = getattr(request, "user", None)
    hats = hats_of(user) if user and user.is_authenticated else frozenset()
    return {
        "hats": hats,
        "nav": navigation(hats, request.path),
        "demo": settings.DEMO,
        "certifier_name": settings.CERTIFIER_NAME,
    }
