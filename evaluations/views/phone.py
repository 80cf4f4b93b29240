"""What the pages of /saisie/ say to the site when there is a network: JSON in, JSON out, never a page."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.services.refusals import record_refusal
from evaluations.views.entry import ONLY_TRAINERS
from structures.enums import EVALUATING_ROLES
from structures.permissions import roles_of


def for_phones(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to those who evaluate, and tell the others why in JSON: a program reads the answer.

    `speaks_json` tells the page of refused forms (CSRF) to do the same.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": "login"}, status=401)
        if not roles_of(request.user) & set(EVALUATING_ROLES):
            record_refusal(by=request.user, path=request.path, sentence=ONLY_TRAINERS)
            return JsonResponse({"error": "role", "sentence": ONLY_TRAINERS}, status=403)
        return view(request)

    guarded.speaks_json = True
    return login_not_required(never_cache(guarded))


@require_safe
@for_phones
def notebook(request: HttpRequest) -> HttpResponse:
    return JsonResponse({})


@require_POST
@for_phones
def send(request: HttpRequest) -> HttpResponse:
    return JsonResponse({})


@require_POST
@for_phones
def receipt(request: HttpRequest) -> HttpResponse:
    return JsonResponse({})
