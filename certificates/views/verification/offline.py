"""The check of a QR code that needs no network: as a page, and as one file to download."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certificates.documents.credentials.keys import KeyUnavailable
from certificates.documents.verification import offline_context, offline_file

HOUR = 3600
FILE_NAME = "verifier-sans-reseau.html"


def public_resource(view: Callable) -> Callable:
    """Open to all, to programs of other sites too, and stored by caches for an hour; 503 while a key is missing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except KeyUnavailable:
            response = render(request, "certificates/verification/offline_missing.html", status=503)
            response["Retry-After"] = str(HOUR)
            return response
        response["Access-Control-Allow-Origin"] = "*"
        if "Cache-Control" not in response:
            patch_cache_control(response, public=True, max_age=HOUR)
        return response

    return login_not_required(require_safe(wrapped))


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The check of a QR code in the browser; what is checked is never sent."""
    try:
        return render(request, "certificates/verification/offline.html", offline_context())
    except KeyUnavailable:
        return render(request, "certificates/verification/offline_missing.html", status=503)


@public_resource
def offline_download(request: HttpRequest) -> HttpResponse:
    """The same check as one file to download."""
    return HttpResponse(
        offline_file(), headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    )
