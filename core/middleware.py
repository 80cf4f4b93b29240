from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from core.bodies import MOST_SENT, announced_bytes, drain
from core.readonly import SAFE_METHODS, read_only, read_under_guard
from core.services.refusals import record_refusal

PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
"""What pages may ask of a device: the camera alone, for the code of a certificate."""

TOO_LARGE = (
    f"Cet envoi est trop lourd : {MOST_SENT // 1024**2} Mo au plus. Envoyez moins de choses à la fois."
)
"""The sentence for a program, which the page shows; `413.html` is the page of a form."""


class ResponseHeadersMiddleware:
    """What the site answers is stored by nobody, unless the view says otherwise, and asks the device for little."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response


class BodySizeMiddleware:
    """A request that announces more than the largest form of the site is refused before it is read.

    In JSON where JSON was sent, so that the page that sent it shows the sentence and keeps what it has.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if announced_bytes(request) <= MOST_SENT:
            return self.get_response(request)
        drain(request, MOST_SENT)
        if request.content_type == "application/json":
            return JsonResponse({"error": "size", "sentence": TOO_LARGE}, status=413)
        return render(request, "413.html", status=413)


class ReadOnlyMiddleware:
    """A request by a safe method writes nothing: see `core.readonly`, which lists what is let through.

    It stands inside the sessions, which are saved on the way out, and outside everything of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with read_only():
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = read_under_guard(response.streaming_content)
        return response


class RefusalMiddleware:
    """Each refusal of access to somebody who is logged in is one line of the journal, then the page of the 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, PermissionDenied) and request.user.is_authenticated:
            record_refusal(by=request.user, path=request.path, sentence=str(exception))
