"""Sessions to come: planned, changed, cancelled."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import counted, longdate
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from structures.enums import EVALUATING_ROLES
from structures.models import Structure
from trainees.enums import EnrollmentState, SessionState
from trainees.forms.sessions import ChangeForm, PlanSessionsForm
from trainees.permissions import can_correct_sessions
from trainees.services.hours.counters import would_exceed
from trainees.services.sessions import DatesRefused, cancel_session, change_session, plan_sessions
from trainees.views.access import chosen_structure, own_structures, require
from trainees.views.sessions.access import TEAM_ONLY, TRAINERS_ONLY, visible_session

CHOOSE = "Changez la séance, ou dites au bas de la page de laisser de côté ces dates ou ces personnes."


@require_http_methods(["GET", "HEAD", "POST"])
def session_plan(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Plan a session, or the same every week; impossible dates are named, then left out on request."""
    structures = own_structures(request, *EVALUATING_ROLES)
    structure = chosen_structure(request, structures, TRAINERS_ONLY)
    initial = {"held_on": clock.today(), "trainer": request.user, "expected": _own_crew(request, structure)}
    form = PlanSessionsForm(sent(request), structure=structure, initial=initial)
    refused = None
    if form.is_valid():
        facts = form.cleaned_data | {"expected": list(form.cleaned_data["expected"])}
        first_on = facts.pop("held_on")
        with refusal_in_form(form):
            try:
                planned = plan_sessions(
                    structure=structure,
                    first_on=first_on,
                    without=_agreed_days(request),
                    leave_out="leave_out" in request.POST,
                    by=request.user,
                    **facts,
                )
            except DatesRefused as refusal:
                refused = refusal
                raise
            count = counted(len(planned), "séance est prévue,séances sont prévues")
            messages.success(request, f"{count}, à partir du {longdate(planned[0].held_on)}.")
            if warning := would_exceed(facts["expected"], 0):
                messages.warning(request, warning)
            return redirect(f"{reverse('trainees:session_list')}?etat=prevues")
    if refused:
        form.add_error(None, CHOOSE)
    context = {"form": form, "structure": structure, "structures": structures} | _refusal_options(
        request, refused
    )
    return render(request, "trainees/sessions/session_plan.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def session_change(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change a planned session, and what follows it in its series on request."""
    session = visible_session(request, pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    if session.state != SessionState.PLANNED and request.method != "POST":
        return redirect("trainees:session_detail", session.pk)
    form = ChangeForm(sent(request), structure=session.structure, session=session)
    refused = None
    if form.is_valid():
        with refusal_in_form(form):
            try:
                changed = change_session(
                    session=session,
                    slot=form.slot,
                    expected=form.expected_now,
                    whole_rest_of_series=form.cleaned_data.get("whole_rest_of_series", False),
                    leave_out="leave_out" in request.POST,
                    by=request.user,
                )
            except DatesRefused as refusal:
                refused = refusal
                raise
            count = counted(len(changed), "séance est changée,séances sont changées")
            messages.success(request, f"{count}.")
            return redirect("trainees:session_detail", session.pk)
    context = {"form": form, "session": session} | _refusal_options(request, refused) | {"days": ""}
    return render(request, "trainees/sessions/session_change.html", context, status=status_of(form))


@require_POST
def session_cancel(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    with refusal_in_messages(request):
        cancelled = cancel_session(
            session=session,
            whole_rest_of_series="rest" in request.POST,
            reason=read_reason(request),
            by=request.user,
        )
        messages.success(request, f"{counted(len(cancelled), 'séance annulée,séances annulées')}.")
    return redirect("trainees:session_detail", session.pk)


def _own_crew(request: AuthenticatedHttpRequest, structure: Structure) -> list[UUID]:
    """Those the person refers and who are not on a break: the boxes ticked at first."""
    active = structure.enrollments.filter(state=EnrollmentState.ACTIVE, referent=request.user)
    return list(active.values_list("pk", flat=True))


def _refusal_options(request: AuthenticatedHttpRequest, refused: DatesRefused | None) -> dict:
    """What the page offers when dates were refused, beside changing them."""
    options = {"leaves_out": "leave_out" in request.POST, "days": "", "may_leave_out": False}
    if refused:
        days = {*refused.days, *_agreed_days(request)}
        options["days"] = ",".join(day.isoformat() for day in sorted(days))
        options["may_leave_out"] = refused.is_about_people
    return options


def _agreed_days(request: AuthenticatedHttpRequest) -> set[date]:
    """The dates that the person agreed to leave out; nonsense leaves nothing out."""
    try:
        return {date.fromisoformat(day) for day in request.POST.get("without", "").split(",") if day}
    except ValueError:
        return set()
