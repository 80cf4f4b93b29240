from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates.enums import VerificationStatus
from certificates.forms.verification import CodeForm, FileForm, read_code
from certificates.services.verification import read_statement, result_for_code, result_for_file
from certificates.views.verification.responses import (
    prefers_json,
    refusal_response,
    result_response,
    statement_response,
    throttled_response,
    verification_forms,
)
from certificates.views.verification.uploads import FileTooLarge, files_of
from core.throttling import address_of, allows

TRIES_PER_MINUTE = 30
TOO_LARGE = "Ce fichier pèse plus de 5\u00a0Mo\u00a0: aucun de nos certificats n’est si lourd."


def public(view: Callable) -> Callable:
    """Open to all, stored by no cache, indexed by no robot; a page or JSON as the caller prefers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(response, ["Accept"])
        return response

    return login_not_required(never_cache(wrapped))


def within_limits(request: HttpRequest) -> bool:
    """Count one try of whoever asks: codes, files and statements all together."""
    return allows("verify", address_of(request), limit=TRIES_PER_MINUTE, seconds=60)


@csrf_exempt  # a file sent here changes nothing, and the result is the same for everybody
@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The forms of verification: a well-formed code is redirected to its own page, a file is verified here."""
    if request.method == "POST":
        return verify_file(request)
    if "code" not in request.GET and not prefers_json(request):
        return render(request, "certificates/verification/verify.html", verification_forms())
    form = CodeForm(request.GET)
    if form.is_valid():
        return redirect("certificates:verify_code", code=form.cleaned_data["code"])
    return refusal_response(
        request, error="bad_code", sentence=str(form.errors["code"][0]), status=422, form=form
    )


def verify_file(request: HttpRequest) -> HttpResponse:
    """The result for a file, read in memory and stored nowhere."""
    if not within_limits(request):
        return throttled_response(request)
    try:
        files = files_of(request)
    except FileTooLarge:
        form = FileForm({}, MultiValueDict())
        form.errors["file"] = form.error_class([TOO_LARGE])
        return refusal_response(request, error="too_large", sentence=TOO_LARGE, status=413, file_form=form)
    form = FileForm({}, files)
    if not form.is_valid():
        return refusal_response(
            request, error="no_file", sentence=str(form.errors["file"][0]), status=422, file_form=form
        )
    result = result_for_file(form.cleaned_data["file"].read())
    return result_response(
        request, result, status=422 if result.status == VerificationStatus.UNREADABLE else 200
    )


@public
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The result for one code: one query and the same work, whether the code is known or not."""
    if not within_limits(request):
        return throttled_response(request)
    result = result_for_code(read_code(code))
    return result_response(
        request, result, status=404 if result.status == VerificationStatus.UNKNOWN else 200
    )


@public
@require_safe
def statement(request: HttpRequest, text: str) -> HttpResponse:
    """A statement checked again: whether this site signed it, and the state of its certificate today."""
    if not within_limits(request):
        return throttled_response(request)
    return statement_response(request, read_statement(text))
