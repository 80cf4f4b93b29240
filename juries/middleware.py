"""A login by an access of the day opens the pages of that session alone, and ends with the day."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch

from accounts.models import User
from core.services.refusals import record_refusal
from juries.models import Candidate, DayAccess, Incident
from juries.services.jury_day.access import live_login

LOGIN = "jury_day"
"""What the session of such a login stores: {"access": id, "entry": rank}."""

OPEN_TO_ALL = {"account_logout", "help", "accessibility", "legal", "health", "offline_page", "offline_worker"}
OPEN_TO_ALL |= {"juries:day_ask", "juries:day_code", "juries:day_link"}
LEADS_TO_THE_DAY = {"home", "juries:session_list", "account_login"}

ENDED = (
    "Votre entrée pour ce jury est finie : sa journée est passée, ou elle a été retirée ou reprise sur un autre "
    "appareil. Demandez un nouveau code ci-dessous, ou un nouveau lien à la présidence."
)
OUTSIDE = (
    "Vous êtes entré pour la journée du jury, et pour ce jury seulement. Pour le reste du site, déconnectez-vous, "
    "puis connectez-vous avec votre mot de passe."
)


class JuryDayRequest(HttpRequest):
    """A request of a login of the day, with the access behind that login."""

    day_access: DayAccess


class JuryDayMiddleware:
    """A login by a code or a link of the day opens the pages of that session, and nothing else.

    Checked at each request: an access that is revoked, used elsewhere or over ends the login at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: JuryDayRequest, view, args, kwargs) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or LOGIN not in request.session:
            return None
        login = request.session[LOGIN]
        in_json = getattr(view, "speaks_json", False)
        access = live_login(access_id=UUID(login["access"]), entry=login["entry"], user=user)
        if access is None:
            return _end(request, in_json)
        request.day_access = access
        name = match.view_name if match else ""
        if name in LEADS_TO_THE_DAY:
            return redirect("juries:jury_day", pk=access.session_id)
        if name in OPEN_TO_ALL or (match and is_of_session(match, access)):
            return None
        record_refusal(by=user, path=request.path, sentence=OUTSIDE)
        if in_json:
            return JsonResponse({"error": "role", "sentence": OUTSIDE}, status=403)
        raise PermissionDenied(OUTSIDE)


def _end(request: HttpRequest, in_json: bool) -> HttpResponse:
    logout(request)
    if in_json:
        return JsonResponse({"error": "login"}, status=401)
    messages.warning(request, ENDED)
    return redirect("juries:day_ask")


ROWS_OF_ROUTES = {
    "jurys/candidats/<uuid:pk>/": lambda pk: Candidate.objects.filter(pk=pk),
    "jurys/faits/<uuid:pk>/": lambda pk: Incident.objects.filter(pk=pk),
    "jurys/entrees/<uuid:pk>/": lambda pk: DayAccess.objects.filter(pk=pk),
}
"""By start of route, the rows that its id names; routes under jurys/<id>/ name the session itself."""


def is_of_session(match: ResolverMatch, access: DayAccess) -> bool:
    """Whether a route is about the session of this access; what the juror may do there, each view checks."""
    if match.namespace != "juries":
        return False
    if match.route.startswith("jurys/<uuid:pk>/"):
        return match.kwargs["pk"] == access.session_id
    for start, rows in ROWS_OF_ROUTES.items():
        if match.route.startswith(start):
            return rows(match.kwargs["pk"]).filter(session=access.session_id).exists()
    return False
