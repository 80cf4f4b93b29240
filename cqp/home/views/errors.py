from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that the site did not recognise: page left open too long, other session, cookies refused.

    The views that a program calls (`speaks_json`) are answered in JSON: it takes a new token and tries again.
    """
    if request.resolver_match and getattr(request.resolver_match.func, "speaks_json", False):
        return JsonResponse({"error": "csrf"}, status=403)
    return render(request, "403_csrf.html", {"cookies_refused": reason == REASON_NO_CSRF_COOKIE}, status=403)
