from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import can_steer
from accounts.views.requests import AuthenticatedHttpRequest
from certificates.services.rendering.progress import read_batch_progress
from juries.models import JurySession


@require_safe
@never_cache
def session_certificates(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """How far the certificates of a session are; htmx asks for the progress alone."""
    session = get_object_or_404(JurySession.objects.visible_to(request.user).distinct(), pk=pk)
    template = "juries/results/session_certificates.html"
    return render(
        request,
        "certificates/rendering/batch_progress.html" if request.htmx else template,
        {
            "session": session,
            "progress": read_batch_progress(session.pk),
            "may_retry": can_steer(request.user),
        },
    )
