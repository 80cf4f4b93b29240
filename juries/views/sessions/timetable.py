"""The timetable of a jury day: read by those who sit, laid out by the certifier until the session opens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from juries.enums import BEFORE_THE_DAY
from juries.forms.sessions.timetable import PauseForm, StartForm, panel_forms, passage_forms
from juries.models import JurySession, Pause
from juries.permissions import can_plan_juries
from juries.services.sessions.composition import active_seats, candidates_of
from juries.services.sessions.timetable import (
    add_pause,
    panels_of,
    propose_timetable,
    remove_pause,
    set_panels,
    set_passages,
    timetable_columns,
)
from juries.views.sessions.session_page import fetch_session, refuse_but_planner


@require_safe
def timetable(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The day, panel by panel, made to be printed."""
    return _show(request, fetch_session(request, pk))


def _show(
    request: AuthenticatedHttpRequest,
    session: JurySession,
    *,
    start: StartForm | None = None,
    pause: PauseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    panels, candidates = panels_of(session), candidates_of(session)
    context = {
        "session": session,
        "columns": timetable_columns(session, candidates, panels, active_seats(session)),
        "untimed": [row for row in candidates if not (row.production_at and row.interview_at)],
        "pauses": list(session.pauses.all()),
        "panels": panels,
        "lays_out": can_plan_juries(request.user) and session.state in BEFORE_THE_DAY,
        "start": start or StartForm(),
        "pause": pause or PauseForm(),
    }
    return render(request, "juries/sessions/timetable.html", context, status=status)


@require_POST
def timetable_propose(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    form = StartForm(request.POST)
    if form.is_valid():
        with refusal_in_form(form):
            propose_timetable(session=session, by=request.user, **form.cleaned_data)
            messages.success(request, "Les horaires sont proposés : relisez-les, et corrigez-les au besoin.")
            return redirect("juries:timetable", pk=session.pk)
    return _show(request, session, start=form, status=status_of(form))


@require_POST
def pause_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    form = PauseForm(request.POST)
    if form.is_valid():
        with refusal_in_form(form):
            add_pause(session=session, by=request.user, **form.cleaned_data)
            return redirect("juries:timetable", pk=session.pk)
    return _show(request, session, pause=form, status=status_of(form))


@require_POST
def pause_remove(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    visible = Pause.objects.filter(session__in=JurySession.objects.visible_to(request.user))
    pause = get_object_or_404(visible.select_related("session__rules"), pk=pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        remove_pause(pause=pause, by=request.user)
        return redirect("juries:timetable", pk=pause.session_id)
    return _show(request, fetch_session(request, pause.session_id), status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def timetable_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Every candidate's times and panels on one page: all are taken, or none."""
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    candidates = candidates_of(session)
    forms = passage_forms(session, candidates, sent(request))
    if request.method == "POST" and all(form.is_valid() for form in forms):
        with refusal_in_messages(request):
            set_passages(session=session, passages=[form.asked() for form in forms], by=request.user)
            messages.success(request, "Les horaires sont enregistrés.")
            return redirect("juries:timetable", pk=session.pk)
    context = {"session": session, "forms": forms}
    status = 422 if request.method == "POST" else 200
    return render(request, "juries/sessions/timetable_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def panels_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Who hears candidates together, and where."""
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    forms = panel_forms(session, panels_of(session), sent(request))
    if request.method == "POST" and all(form.is_valid() for form in forms):
        asked = [panel for form in forms if (panel := form.asked())]
        with refusal_in_messages(request):
            set_panels(session=session, panels=asked, by=request.user)
            messages.success(request, "Les binômes sont enregistrés.")
            return redirect("juries:timetable", pk=session.pk)
    context = {"session": session, "forms": forms}
    status = 422 if request.method == "POST" else 200
    return render(request, "juries/sessions/timetable_panels.html", context, status=status)
