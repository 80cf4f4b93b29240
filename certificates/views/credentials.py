"""What proves a certificate away from the site: the public keys and the badge."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certificates.documents.credentials.badges import badge_of
from certificates.documents.credentials.certificate_payload import verification_address
from certificates.documents.credentials.jwk import published_keys
from certificates.documents.credentials.keys import KeyUnavailable
from certificates.documents.credentials.revocations import CACHED_FOR
from certificates.forms.verification import read_code
from certificates.services.credentials import certificate_of_code, revocations_of
from certificates.views.verification.offline import public_resource
from certificates.views.verification.pages import public, within_limits
from certificates.views.verification.responses import throttled_response

PLAIN_TEXT = "text/plain; charset=utf-8"
MISSING = "Les clés de la certification ne sont pas encore installées\u00a0: le badge attend.\n"
NO_LONGER_VALID = "Ce certificat a été {state}\u00a0: il n’a plus de badge. Vérifiez-le\u00a0: {address}\n"


@public_resource
def jwks(request: HttpRequest) -> HttpResponse:
    """Every key that signs or signed proofs and badges: a JSON Web Key Set."""
    return JsonResponse({"keys": published_keys()}, content_type="application/jwk-set+json")


@public_resource
def jwk_of(request: HttpRequest, kid: str) -> HttpResponse:
    """One of those keys by its name, as the header of a badge names it."""
    for key in published_keys():
        if key["kid"] == kid:
            return JsonResponse(key, content_type="application/jwk+json")
    raise Http404("Aucune clé de ce nom.")


@public
@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The Open Badge of a valid certificate; 410 once it is revoked or replaced."""
    if not within_limits(request):
        return throttled_response(request)
    certificate = certificate_of_code(read_code(code))
    if certificate is None:
        raise Http404("Aucun certificat ne porte ce code.")
    if not certificate.is_valid:
        text = NO_LONGER_VALID.format(
            state=certificate.get_state_display(), address=verification_address(certificate)
        )
        return HttpResponse(text, status=410, content_type=PLAIN_TEXT)
    try:
        content = badge_of(certificate)
    except KeyUnavailable:
        return HttpResponse(MISSING, status=503, content_type=PLAIN_TEXT)
    response = HttpResponse(content, content_type=PLAIN_TEXT)
    response["Content-Disposition"] = f'attachment; filename="{certificate.number}.jwt"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_resource
def badge_status(request: HttpRequest, year: int) -> HttpResponse:
    """The badges of a year that are no longer valid; the request does not tell which badge is read."""
    content = revocations_of(year)
    if content is None:
        raise Http404("Aucun certificat cette année-là.")
    response = HttpResponse(content, content_type="application/vc+jwt")
    patch_cache_control(response, public=True, max_age=int(CACHED_FOR.total_seconds()))
    return response
