from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that the site did not recognise: page left open too long, other session, cookies refused."""
    return render(request, "403_csrf.html", {"cookies_refused": reason == REASON_NO_CSRF_COOKIE}, status=403)
