from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.formats import daterange
from trainees.forms.paths import ConfirmImmersionForm, ImmersionForm
from trainees.models import Immersion
from trainees.permissions import can_arrange_immersion
from trainees.services.immersions import confirm_immersion, immersion_warnings, plan_immersion
from trainees.views.doors import attempt, path_of_team, require, sent, status_of

TEAM_ONLY = "Seule l’équipe de la structure arrange les immersions."


@require_http_methods(["GET", "HEAD", "POST"])
def immersion_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    path = path_of_team(request, pk)
    require(can_arrange_immersion(request.user, path), TEAM_ONLY)
    form = ImmersionForm(sent(request), enrollment=path)
    planned = []
    if attempt(form, lambda data: planned.append(plan_immersion(enrollment=path, by=request.user, **data))):
        messages.success(request, f"L’immersion chez {planned[0].host_name} est prévue.")
        for warning in immersion_warnings(planned[0]):
            messages.warning(request, warning)
        return redirect("trainees:hours", path.pk)
    context = {
        "path": path,
        "form": form,
        "title": "Prévoir une immersion",
        "lead": "Un mois au plus de date à date, 60 jours au plus par an dans une même entreprise.",
        "button": "Prévoir l’immersion",
    }
    return render(request, "trainees/path_act.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def immersion_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    immersion = get_object_or_404(
        Immersion.objects.visible_to(request.user).select_related(
            "enrollment__trainee", "enrollment__structure"
        ),
        pk=pk,
    )
    path = immersion.enrollment
    require(can_arrange_immersion(request.user, path), TEAM_ONLY)
    initial = {"done_minutes": immersion.done_minutes or immersion.planned_minutes}
    form = ConfirmImmersionForm(sent(request), initial=initial)
    if attempt(form, lambda data: confirm_immersion(immersion=immersion, by=request.user, **data)):
        messages.success(request, f"L’immersion chez {immersion.host_name} compte dans les heures.")
        return redirect("trainees:hours", path.pk)
    context = {
        "path": path,
        "form": form,
        "title": "Confirmer l’immersion",
        "lead": f"Chez {immersion.host_name}, {daterange(immersion.starts_on, immersion.ends_on)}.",
        "button": "Confirmer les heures",
    }
    return render(request, "trainees/path_act.html", context, status=status_of(form))
