"""The page of the rendering of certificates, where the certifier pauses, resumes and retries it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.permissions import can_steer
from accounts.views.requests import AuthenticatedHttpRequest
from certificates.services.rendering.pause import pause_rendering, resume_rendering
from certificates.services.rendering.progress import read_overview
from certificates.services.rendering.retries import retry_set_aside
from core.formats import counted
from core.views.form_actions import read_reason, refusal_in_messages


@require_safe
@never_cache
def rendering(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits, what is being rendered, what failed and why; htmx asks for the progress alone.

    Its request says whether the page shows a pause: once somebody else has paused or resumed, the whole page is
    reloaded, with the right button.
    """
    _refuse_others(request)
    if not request.htmx:
        return _show(request)
    overview = read_overview()
    if request.GET.get("suspendue") == ("non" if overview.pause else "oui"):
        return HttpResponseClientRefresh()
    return render(request, "certificates/rendering/rendering_progress.html", {"overview": overview})


@require_POST
def rendering_pause(request: AuthenticatedHttpRequest) -> HttpResponse:
    _refuse_others(request)
    with refusal_in_messages(request):
        pause_rendering(reason=read_reason(request), by=request.user)
        messages.success(request, "La fabrication est suspendue : plus aucun fichier ne commence.")
        return redirect("certificates:rendering")
    return _show(request, status=409)


@require_POST
def rendering_resume(request: AuthenticatedHttpRequest) -> HttpResponse:
    _refuse_others(request)
    with refusal_in_messages(request):
        resume_rendering(by=request.user)
        messages.success(request, "La fabrication reprend.")
        return redirect("certificates:rendering")
    return _show(request, status=409)


@require_POST
def rendering_retry(request: AuthenticatedHttpRequest) -> HttpResponse:
    _refuse_others(request)
    with refusal_in_messages(request):
        number = retry_set_aside(by=request.user)
        messages.success(request, f"{counted(number, 'certificat')} : c’est relancé.")
        return redirect("certificates:rendering")
    return _show(request, status=409)


def _show(request: AuthenticatedHttpRequest, *, status: int = 200) -> HttpResponse:
    return render(
        request, "certificates/rendering/rendering.html", {"overview": read_overview()}, status=status
    )


def _refuse_others(request: AuthenticatedHttpRequest) -> None:
    if not can_steer(request.user):
        raise PermissionDenied("Seul le certificateur suit et suspend la fabrication des certificats.")
