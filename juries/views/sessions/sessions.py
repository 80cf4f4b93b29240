from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from juries.forms.sessions.sessions import PlanForm, PresenceForm
from juries.models import CertificationSettings, JurySession
from juries.permissions import can_open_session, can_plan_juries
from juries.services.convocations.deadlines import convening_notice
from juries.services.sessions import cancel_session, convene, open_session, plan_session, record_presence
from juries.services.sessions.overview import read_overview
from juries.views.sessions.session_page import (
    fetch_session,
    refuse_but_planner,
    show_session,
)

PER_PAGE = 25


@require_safe
def session_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The juries this person may see, the latest first."""
    sessions = JurySession.objects.visible_to(request.user)
    if not (can_plan_juries(request.user) or hasattr(request.user, "juror")):
        raise PermissionDenied("Les jurys sont ouverts au certificateur et aux jurés.")
    ids = Paginator(sessions.order_by("-held_on", "city"), PER_PAGE).get_page(request.GET.get("page"))
    counted = {row.pk: row for row in _with_counts(ids.object_list)}
    ids.object_list = [counted[row.pk] for row in ids.object_list]
    context = {
        "page": ids,
        "plans": can_plan_juries(request.user),
        "has_rules": CertificationSettings.in_force() is not None,
    }
    return render(request, "juries/sessions/session_list.html", context)


def _with_counts(sessions) -> list[JurySession]:
    rows = JurySession.objects.filter(pk__in=[row.pk for row in sessions])
    return list(
        rows.annotate(
            juror_count=Count("seats", filter=Q(seats__withdrawn_at=None), distinct=True),
            candidate_count=Count("candidates", distinct=True),
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_plan(request: AuthenticatedHttpRequest) -> HttpResponse:
    refuse_but_planner(request)
    form = PlanForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            session = plan_session(by=request.user, **form.cleaned_data)
            messages.success(request, "La session est prévue. Composez maintenant son jury.")
            if notice := convening_notice(session):
                messages.warning(request, notice)
            return redirect("juries:session_detail", pk=session.pk)
    context = {"form": form, "has_rules": CertificationSettings.in_force() is not None}
    return render(request, "juries/sessions/session_plan.html", context, status=status_of(form))


@require_safe
def session_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return show_session(request, fetch_session(request, pk))


@require_POST
def session_convene(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        warning = convene(session=session, by=request.user)
        messages.success(
            request,
            "Le jury est convoqué : chaque juré, candidat et direction reçoit sa convocation.",
        )
        if warning:
            messages.warning(request, warning)
        return redirect("juries:session_detail", pk=session.pk)
    return show_session(request, fetch_session(request, pk), status=409)


@require_POST
def session_cancel(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        cancel_session(session=session, reason=read_reason(request), by=request.user)
        messages.success(request, "La session est annulée. Ses candidats peuvent être inscrits à une autre.")
        return redirect("juries:session_detail", pk=session.pk)
    return show_session(request, fetch_session(request, pk), status=409)


@require_POST
def session_open(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    if not can_open_session(request.user, session):
        raise PermissionDenied("La session est ouverte par la présidence du jury ou par le certificateur.")
    with refusal_in_messages(request):
        open_session(session=session, by=request.user)
        messages.success(request, "La session est ouverte. Faites maintenant l’appel.")
        return redirect("juries:presence", pk=session.pk)
    return show_session(request, fetch_session(request, pk), status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The roll call, by the president or the certifier; it may be corrected until the closing."""
    session = fetch_session(request, pk)
    if not can_open_session(request.user, session):
        raise PermissionDenied("L’appel est fait par la présidence du jury ou par le certificateur.")
    initial = PresenceForm.initial_of(read_overview(session))
    form = PresenceForm(sent(request), session=session, initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            record_presence(session=session, by=request.user, **form.cleaned_data)
            messages.success(request, "L’appel est fait.")
            return redirect("juries:session_detail", pk=session.pk)
    context = {"session": session, "form": form}
    return render(request, "juries/jury_day/session_presence.html", context, status=status_of(form))
