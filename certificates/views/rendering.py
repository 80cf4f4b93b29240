"""The page of the rendering of certificates, where the certifier pauses, resumes and retries it."""

from collections.abc import Callable

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
from core.errors import DomainError
from core.formats import counted


@require_safe
@never_cache
def rendering(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits, what is being rendered, what failed and why; htmx asks for the progress alone.

    Its request says whether the page shows a pause: once somebody else has paused or resumed, the whole page is
    reloaded, with the right button.
    """
    _refuse_others(request)
    overview = read_overview()
    if not request.htmx:
        return render(request, "certificates/rendering/rendering.html", {"overview": overview})
    if request.GET.get("suspendue") == ("non" if overview.pause else "oui"):
        return HttpResponseClientRefresh()
    return render(request, "certificates/rendering/rendering_progress.html", {"overview": overview})


@require_POST
def rendering_pause(request: AuthenticatedHttpRequest) -> HttpResponse:
    def act() -> str:
        pause_rendering(reason=request.POST.get("reason", ""), by=request.user)
        return "La fabrication est suspendue : plus aucun fichier ne commence."

    return _act(request, act)


@require_POST
def rendering_resume(request: AuthenticatedHttpRequest) -> HttpResponse:
    def act() -> str:
        resume_rendering(by=request.user)
        return "La fabrication reprend."

    return _act(request, act)


@require_POST
def rendering_retry(request: AuthenticatedHttpRequest) -> HttpResponse:
    def act() -> str:
        return f"{counted(retry_set_aside(by=request.user), 'certificat')} : c’est relancé."

    return _act(request, act)


def _act(request: AuthenticatedHttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Act and redirect to the page; a refusal answers 409 with the page."""
    _refuse_others(request)
    try:
        messages.success(request, act())
    except DomainError as error:
        messages.error(request, error.message)
        return render(
            request, "certificates/rendering/rendering.html", {"overview": read_overview()}, status=409
        )
    return redirect("certificates:rendering")


def _refuse_others(request: AuthenticatedHttpRequest) -> None:
    if not can_steer(request.user):
        raise PermissionDenied("Seul le certificateur suit et suspend la fabrication des certificats.")
