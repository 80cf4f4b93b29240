from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from evaluations.views.entry import ONLY_TRAINERS
from structures.enums import EVALUATING_ROLES
from structures.permissions import roles_of


@never_cache
@require_safe
def roll_call(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The roll call and its signatures; the script of the phone writes the page."""
    if not roles_of(request.user) & set(EVALUATING_ROLES):
        raise PermissionDenied(ONLY_TRAINERS)
    return render(request, "evaluations/notebook/roll_call.html")
