from django.conf import settings
from django.http import HttpRequest

from accounts.enums import Hat
from core.formats import joined
from cqp.demo.preparation import preparation
from cqp.home.queries.navigation import jury_day, navigation
from cqp.home.queries.roles import hats_of


def house(request: HttpRequest) -> dict:
    """What every page knows: the hats of the person, the way around, and whether this is a demo, whole or not."""
    user = getattr(request, "user", None)
    hats = hats_of(user) if user and user.is_authenticated else frozenset()
    day = getattr(request, "day_access", None)
    if day:
        hats = frozenset({Hat.JUROR})
    return {
        "hats": hats,
        "hat_names": joined(hat.label.lower() for hat in Hat if hat in hats),
        "nav": jury_day(day.session_id, request.path) if day else navigation(hats, request.path),
        "demo": settings.DEMO,
        "preparation": preparation() if settings.DEMO else None,
        "certifier_name": settings.CERTIFIER_NAME,
    }
