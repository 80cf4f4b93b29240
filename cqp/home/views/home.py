from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.enums import UserRole
from accounts.views.requests import AuthenticatedHttpRequest
from cqp.home.queries.certifier import certifier_day
from cqp.home.queries.crew import crew_of
from cqp.home.queries.director import day_of
from cqp.home.queries.juror import juror_day
from cqp.home.queries.roles import roles_of


@require_safe
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What to do today, for each role the person has; a trainee comes straight to their dossier."""
    roles = roles_of(request.user)
    if roles == {UserRole.TRAINEE}:
        return redirect("my_dossier")
    context: dict[str, object] = {}
    if UserRole.CERTIFIER in roles:
        context["certifier_day"] = certifier_day()
    if UserRole.DIRECTOR in roles:
        context["director_day"] = day_of(request.user)
    if roles & {UserRole.TRAINER, UserRole.COUNSELLOR}:
        context["crew"] = crew_of(request.user)
    if UserRole.JUROR in roles:
        context["juror_day"] = juror_day(request.user)
    return render(request, "cqp/home/home.html", context)
