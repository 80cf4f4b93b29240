"""What proves a certificate away from the site: the keys, the page that needs no network, the badge."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certificates.documents.credentials.badges import badge_of
from certificates.documents.credentials.keys import published_keys
from certificates.documents.credentials.revocations import FRESH_FOR
from certificates.documents.keys import KeyUnavailable
from certificates.documents.offline_file import offline_file, what_it_needs
from certificates.documents.payload import verification_address
from certificates.forms.verification import read_code
from certificates.services.badges import certificate_of_code, revocations_of
from certificates.views.verification import public, within_limits
from certificates.views.verification_results import throttled

HOUR = 3600
FILE_NAME = "verifier-sans-reseau.html"
WORDS = "text/plain; charset=utf-8"
MISSING = "Les clés de la certification ne sont pas encore installées\u00a0: le badge attend.\n"
FALLEN = "Ce certificat a été {state}\u00a0: il n’a plus de badge. Vérifiez-le\u00a0: {address}\n"


def for_everybody(view: Callable) -> Callable:
    """Open to all, to programs of other sites too, and kept by caches for an hour; 503 while a key is missing."""

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


@for_everybody
def jwks(request: HttpRequest) -> HttpResponse:
    """Every key that signs or signed proofs and badges: a JSON Web Key Set."""
    return JsonResponse({"keys": published_keys()}, content_type="application/jwk-set+json")


@for_everybody
def jwk_of(request: HttpRequest, kid: str) -> HttpResponse:
    """One of those keys by its name, as the header of a badge cites it."""
    for key in published_keys():
        if key["kid"] == kid:
            return JsonResponse(key, content_type="application/jwk+json")
    raise Http404("Aucune clé de ce nom.")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The check of a QR code in the browser of whoever asks; what is checked is never sent."""
    try:
        return render(request, "certificates/verification/offline.html", what_it_needs())
    except KeyUnavailable:
        return render(request, "certificates/verification/offline_missing.html", status=503)


@for_everybody
def offline_download(request: HttpRequest) -> HttpResponse:
    """The same check as one file to keep."""
    return HttpResponse(
        offline_file(), headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    )


@public
@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The Open Badge of a certificate that stands; 410 once it is revoked or replaced."""
    if not within_limits(request):
        return throttled(request)
    certificate = certificate_of_code(read_code(code))
    if certificate is None:
        raise Http404("Aucun certificat ne porte ce code.")
    if not certificate.stands:
        words = FALLEN.format(
            state=certificate.get_state_display(), address=verification_address(certificate)
        )
        return HttpResponse(words, status=410, content_type=WORDS)
    try:
        content = badge_of(certificate)
    except KeyUnavailable:
        return HttpResponse(MISSING, status=503, content_type=WORDS)
    response = HttpResponse(content, content_type=WORDS)
    response["Content-Disposition"] = f'attachment; filename="{certificate.number}.jwt"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@for_everybody
def badge_status(request: HttpRequest, year: int) -> HttpResponse:
    """Which badges of a year no longer hold: what readers of badges ask, without saying which one they read."""
    content = revocations_of(year)
    if content is None:
        raise Http404("Aucun certificat cette année-là.")
    response = HttpResponse(content, content_type="application/vc+jwt")
    patch_cache_control(response, public=True, max_age=int(FRESH_FOR.total_seconds()))
    return response
