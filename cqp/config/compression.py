from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses what is written for people and programs, not the private files.

    Those are already dense and stream with their length, which compressing would lose. Django adds a header of
    random length, so that the size of an answer tells nothing of the secrets in it (BREACH).
    """

    WORDS = ("text/html", "application/json", "text/csv")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(self.WORDS):
            return response
        return super().process_response(request, response)
