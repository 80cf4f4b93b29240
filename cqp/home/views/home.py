from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.enums import Hat
from accounts.views.requests import AuthenticatedHttpRequest
from cqp.home.queries.certifier import certifier_day
from cqp.home.queries.crew import crew_of
from cqp.home.queries.director import day_of
from cqp.home.queries.juror import juror_day
from cqp.home.queries.roles import hats_of


@require_safe
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What to do today, for each hat the person wears; a trainee comes straight to their dossier."""
    hats = hats_of(request.user)
    if hats == {Hat.TRAINEE}:
        return redirect("my_dossier")
    context = {}
    if Hat.CERTIFIER in hats:
        context["certifier_day"] = certifier_day()
    if Hat.DIRECTOR in hats:
        context["director_day"] = day_of(request.user)
    if hats & {Hat.TRAINER, Hat.COUNSELLOR}:
        context["crew"] = crew_of(request.user)
    if Hat.JUROR in hats:
        context["juror_day"] = juror_day(request.user)
    return render(request, "cqp/home/home.html", context)
