"""The application shell of /saisie/, its service worker, its manifest, and the page of entries not yet sent."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluations.notebook.services.service_worker import worker_script
from evaluations.views.entry import ONLY_TRAINERS
from structures.enums import EVALUATING_ROLES
from structures.permissions import roles_of

PAPER, ACCENT = "#fcfbf7", "#1f6650"


@never_cache
@require_safe
def sending(request: HttpRequest) -> HttpResponse:
    """The entries stored on this phone; its own script writes the list."""
    if not roles_of(request.user) & set(EVALUATING_ROLES):
        raise PermissionDenied(ONLY_TRAINERS)
    return render(request, "evaluations/notebook/sending.html")


def shell_page() -> str:
    """The application shell, shown for any page of /saisie/ without network; it holds nothing personal."""
    return render_to_string(
        "evaluations/notebook/shell.html",
        {"demo": settings.DEMO, "certifier_name": settings.CERTIFIER_NAME},
    )


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(shell_page(), headers={"Cache-Control": "no-cache"})


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its version follows the content, so that a deployment updates the phones."""
    return HttpResponse(
        worker_script(shell_url=reverse("evaluations:shell"), shell_page=shell_page()),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The manifest by which a phone installs the notebook as an application."""
    start = reverse("evaluations:entry")
    icons = [
        {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        *(
            {
                "src": static(f"img/mark-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in (192, 512)
            for purpose in ("any", "maskable")
        ),
    ]
    facts = {
        "id": start,
        "name": "CQP Carnet",
        "short_name": "CQP Carnet",
        "description": "Noter la journée d’une équipe, aussi sans réseau.",
        "lang": "fr",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": icons,
    }
    return JsonResponse(
        facts,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-cache"},
    )
