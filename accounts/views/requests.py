"""The requests that views receive, typed as the middleware leaves them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class HtmxHttpRequest(HttpRequest):
    """A request of anybody, logged in or not."""

    htmx: HtmxDetails


class AuthenticatedHttpRequest(HtmxHttpRequest):
    """A request that `LoginRequiredMiddleware` let through: somebody is logged in."""

    user: User
