"""The page of the drawing of certificates, and what the certifier may do with it."""

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
from certificates.services.rendering.pause import hold_drawing, resume_drawing
from certificates.services.rendering.progress import read_drawing
from certificates.services.rendering.retries import retry_set_aside
from core.errors import DomainError
from core.formats import counted


@require_safe
@never_cache
def drawing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits, what is in hand, what was set aside and why; htmx asks for the moving part alone.

    It says how the page that it moves stands: once somebody else has held or resumed, the whole page is asked
    for again, with the button that fits.
    """
    _refuse_others(request)
    drawing = read_drawing()
    if not request.htmx:
        return render(request, "certificates/rendering/rendering.html", {"drawing": drawing})
    if request.GET.get("suspendue") == ("non" if drawing.hold else "oui"):
        return HttpResponseClientRefresh()
    return render(request, "certificates/rendering/rendering_progress.html", {"drawing": drawing})


@require_POST
def drawing_hold(request: AuthenticatedHttpRequest) -> HttpResponse:
    def act() -> str:
        hold_drawing(reason=request.POST.get("reason", ""), by=request.user)
        return "La fabrication est suspendue : plus aucun fichier ne commence."

    return _act(request, act)


@require_POST
def drawing_resume(request: AuthenticatedHttpRequest) -> HttpResponse:
    def act() -> str:
        resume_drawing(by=request.user)
        return "La fabrication reprend."

    return _act(request, act)


@require_POST
def drawing_retry(request: AuthenticatedHttpRequest) -> HttpResponse:
    def act() -> str:
        return f"{counted(retry_set_aside(by=request.user), 'certificat')} : c’est relancé."

    return _act(request, act)


def _act(request: AuthenticatedHttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Do it and come back to the page; a refusal answers 409 with the page."""
    _refuse_others(request)
    try:
        messages.success(request, act())
    except DomainError as error:
        messages.error(request, error.message)
        return render(
            request, "certificates/rendering/rendering.html", {"drawing": read_drawing()}, status=409
        )
    return redirect("certificates:drawing")


def _refuse_others(request: AuthenticatedHttpRequest) -> None:
    if not can_steer(request.user):
        raise PermissionDenied("Seul le certificateur suit et suspend la fabrication des certificats.")
