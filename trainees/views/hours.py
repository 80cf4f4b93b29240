from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import clock
from trainees.permissions import (
    can_arrange_immersion,
    can_close_month,
    can_read_path,
    can_reopen_month,
)
from trainees.services.immersions import immersion_warnings, list_immersions
from trainees.views.doors import visible_path
from trainees.views.months import months_of


@require_safe
def hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is done, month by month, and the immersions. The trainee reads their own here."""
    path = visible_path(request, pk)
    immersions = list_immersions(path)
    context = {
        "path": path,
        "plan": path.plans.first(),
        "months": months_of(path),
        "immersions": immersions,
        "warnings": immersion_warnings(immersions[0]) if immersions else [],
        "today": clock.today(),
        "is_team": can_read_path(request.user, path),
        "may_close": can_close_month(request.user, path),
        "may_reopen": path.is_open and can_reopen_month(request.user, path),
        "may_arrange": path.is_open and can_arrange_immersion(request.user, path),
    }
    return render(request, "trainees/hours.html", context)
