from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from core.readonly import SAFE_METHODS, read_only, read_under_guard
from core.services.refusals import record_refusal


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
