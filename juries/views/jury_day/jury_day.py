"""The pages of the day: the candidates of one juror, and the incidents that the minutes will list."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from juries.enums import SessionState
from juries.forms.jury_day.incidents import IncidentForm
from juries.models import Incident, JurySession
from juries.permissions import can_record_day, is_seated, presides
from juries.services.jury_day.candidates_of_day import read_jury_day
from juries.services.jury_day.incidents import incidents_of, record_incident, strike_incident
from juries.services.sessions.composition import active_seats, candidates_of
from juries.views.sessions.session_page import fetch_session

ONLY_LEADERS = "Ce qui se passe ce jour-là est noté par la présidence du jury ou par le certificateur."


@require_safe
@never_cache
def jury_day(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The day of one juror: the candidates in their order, with the appraisals to submit."""
    session = fetch_session(request, pk)
    if not is_seated(request.user, session):
        raise PermissionDenied("Cette page est celle des jurés qui siègent dans cette session.")
    context = {
        "session": session,
        "day": read_jury_day(session, request.user),
        "incidents": incidents_of(session),
        "leads": presides(request.user, session),
        "is_open": session.state == SessionState.OPEN,
    }
    return render(request, "juries/jury_day/candidates_of_day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def incidents(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Late arrivals, absences, incidents: what the minutes will list."""
    session = fetch_session(request, pk)
    _refuse_others(request, session)
    form = IncidentForm(
        sent(request),
        session=session,
        candidates=candidates_of(session),
        seats=active_seats(session),
        initial={"happened_at": timezone.localtime(clock.now()).time()},
    )
    if form.is_valid():
        with refusal_in_form(form):
            record_incident(session=session, by=request.user, **form.given())
            messages.success(request, "C’est noté : le procès-verbal le reprendra.")
            return redirect("juries:incidents", pk=session.pk)
    return _show(request, session, form)


@require_POST
def incident_strike(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Strike out an incident recorded by mistake."""
    rows = Incident.objects.visible_to(request.user).select_related(
        "session__rules", "candidate__enrollment__trainee", "juror__user"
    )
    incident = get_object_or_404(rows, pk=pk)
    _refuse_others(request, incident.session)
    with refusal_in_messages(request):
        strike_incident(incident=incident, reason=read_reason(request), by=request.user)
        messages.success(request, "Ce fait est rayé ; le journal le garde.")
        return redirect("juries:incidents", pk=incident.session_id)
    form = IncidentForm(
        session=incident.session,
        candidates=candidates_of(incident.session),
        seats=active_seats(incident.session),
    )
    return _show(request, incident.session, form, status=409)


def _show(
    request: AuthenticatedHttpRequest, session: JurySession, form: IncidentForm, *, status: int | None = None
) -> HttpResponse:
    context = {
        "session": session,
        "form": form,
        "incidents": incidents_of(session),
        "is_open": session.state == SessionState.OPEN,
    }
    return render(request, "juries/jury_day/incidents.html", context, status=status or status_of(form))


def _refuse_others(request: AuthenticatedHttpRequest, session: JurySession) -> None:
    if not can_record_day(request.user, session):
        raise PermissionDenied(ONLY_LEADERS)
