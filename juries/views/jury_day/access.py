"""The accesses of the day, given, printed and revoked by the certifier or the president."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.qr_codes import square
from core.views.form_actions import refusal_in_messages
from juries.models import DayAccess, JurySession
from juries.permissions import can_give_access
from juries.services.jury_day.access import accesses_by_juror, make_links, revoke_access
from juries.views.sessions.session_page import fetch_session

ONLY_LEADERS = "Les entrées du jour sont données par la présidence du jury ou par le certificateur."


@require_safe
@never_cache
def access_list(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Who has an access, who used it; a secret is never shown twice."""
    session = fetch_session(request, pk)
    _refuse_others(request, session)
    return _show(request, session)


@require_POST
@never_cache
def access_make(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Make fresh links for the jurors named, or for all who can have one, and show their QR codes this once."""
    session = fetch_session(request, pk)
    _refuse_others(request, session)
    seats = [row.seat for row in accesses_by_juror(session)]
    named = request.POST.get("seat")
    if named:
        seats = [seat for seat in seats if str(seat.pk) == named]
    else:
        seats = [seat for seat in seats if not seat.juror.user.is_certifier]
    with refusal_in_messages(request):
        links = make_links(session=session, seats=seats, by=request.user)
        codes = [
            (link.access.juror, square(settings.SITE_URL + reverse("juries:day_link", args=[link.secret])))
            for link in links
        ]
        context = {"session": session, "codes": codes}
        return render(request, "juries/jury_day/access_sheet.html", context)
    return _show(request, session, status=409)


@require_POST
def access_revoke(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Revoke an access: the tablet that used it is logged out at its next request."""
    rows = DayAccess.objects.visible_to(request.user).select_related("session", "juror__user")
    access = get_object_or_404(rows, pk=pk)
    _refuse_others(request, access.session)
    with refusal_in_messages(request):
        revoke_access(access=access, by=request.user)
        messages.success(request, f"L’entrée de {access.juror} est retirée.")
        return redirect("juries:access_list", pk=access.session_id)
    return _show(request, access.session, status=409)


def _refuse_others(request: AuthenticatedHttpRequest, session: JurySession) -> None:
    if not can_give_access(request.user, session):
        raise PermissionDenied(ONLY_LEADERS)


def _show(request: AuthenticatedHttpRequest, session: JurySession, *, status: int = 200) -> HttpResponse:
    context = {"session": session, "accesses": accesses_by_juror(session)}
    return render(request, "juries/jury_day/access_list.html", context, status=status)
