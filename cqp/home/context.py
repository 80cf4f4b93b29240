from django.conf import settings
from django.http import HttpRequest

from accounts.enums import UserRole
from core.formats import joined
from cqp.demo.preparation import preparation
from cqp.home.queries.navigation import jury_day, navigation
from cqp.home.queries.roles import roles_of


def site_context(request: HttpRequest) -> dict:
    """The context of every page: the roles of the person, the navigation, and whether this is a demo, whole or not."""
    user = getattr(request, "user", None)
    roles = roles_of(user) if user and user.is_authenticated else frozenset()
    day = getattr(request, "day_access", None)
    if day:
        roles = frozenset({UserRole.JUROR})
    return {
        "roles": roles,
        "role_names": joined(role.label.lower() for role in UserRole if role in roles),
        "nav": jury_day(day.session_id, request.path) if day else navigation(roles, request.path),
        "demo": settings.DEMO,
        "preparation": preparation() if settings.DEMO else None,
        "certifier_name": settings.CERTIFIER_NAME,
    }
