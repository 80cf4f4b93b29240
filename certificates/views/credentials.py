"""What proves a certificate away from the site: the public keys and the badge."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certificates.documents.credentials.badges import badge_of
from certificates.documents.credentials.certificate_payload import verification_address
from certificates.documents.credentials.jwk import published_keys
from certificates.documents.credentials.keys import KeyUnavailable
from certificates.documents.credentials.revocations import FRESH_FOR
from certificates.forms.verification import read_code
from certificates.services.credentials import certificate_of_code, revocations_of
from certificates.views.verification.offline import for_everybody
from certificates.views.verification.pages import public, within_limits
from certificates.views.verification.responses import throttled

WORDS = "text/plain; charset=utf-8"
MISSING = "Les clés de la certification ne sont pas encore installées\u00a0: le badge attend.\n"
FALLEN = "Ce certificat a été {state}\u00a0: il n’a plus de badge. Vérifiez-le\u00a0: {address}\n"


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
