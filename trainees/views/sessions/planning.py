"""Sessions to come: planned, changed, cancelled."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.errors import DomainError
from core.formats import counted, longdate
from structures.enums import EVALUATING_ROLES
from structures.models import Structure
from trainees.enums import EnrollmentState, SessionState
from trainees.forms.sessions import ChangeForm, PlanSessionsForm
from trainees.models import TrainingSession
from trainees.permissions import can_correct_sessions
from trainees.services.hours.counters import would_exceed
from trainees.services.sessions import DatesRefused, cancel_session, change_session, plan_sessions
from trainees.views.access import attempt, chosen_structure, own_structures, require, sent, status_of
from trainees.views.sessions.access import TEAM_ONLY, TRAINERS_ONLY, visible_session

CHOOSE = "Changez la séance, ou dites au bas de la page de laisser de côté ces dates ou ces personnes."


@require_http_methods(["GET", "HEAD", "POST"])
def session_plan(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Plan a session, or the same every week; dates that cannot be are told, then left out if one says so."""
    structures = own_structures(request, *EVALUATING_ROLES)
    structure = chosen_structure(request, structures, TRAINERS_ONLY)
    initial = {"held_on": clock.today(), "trainer": request.user, "expected": _own_crew(request, structure)}
    form = PlanSessionsForm(sent(request), structure=structure, initial=initial)
    planned: list[TrainingSession] = []
    refused: list[DatesRefused] = []

    def act(cleaned: dict) -> None:
        facts = cleaned | {"first_on": cleaned["held_on"], "expected": list(cleaned["expected"])}
        del facts["held_on"]
        planned.extend(
            plan_sessions(
                structure=structure,
                without=_agreed_days(request),
                leave_out="leave_out" in request.POST,
                by=request.user,
                **facts,
            )
        )

    if attempt(form, _telling(act, refused, CHOOSE)):
        said = counted(len(planned), "séance est prévue,séances sont prévues")
        messages.success(request, f"{said}, à partir du {longdate(planned[0].held_on)}.")
        if warning := would_exceed(list(form.cleaned_data["expected"]), 0):
            messages.warning(request, warning)
        return redirect(f"{reverse('trainees:session_list')}?etat=prevues")
    context = {"form": form, "structure": structure, "structures": structures} | _ways_out(request, refused)
    return render(request, "trainees/sessions/session_plan.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def session_change(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change a planned session, and what follows it in its series if one says so."""
    session = visible_session(request, pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    if session.state != SessionState.PLANNED and request.method != "POST":
        return redirect("trainees:session_detail", session.pk)
    form = ChangeForm(sent(request), structure=session.structure, session=session)
    changed: list[TrainingSession] = []
    refused: list[DatesRefused] = []

    def act(cleaned: dict) -> None:
        changed.extend(
            change_session(
                session=session,
                slot=form.slot,
                expected=form.expected_now,
                whole_rest_of_series=cleaned.get("whole_rest_of_series", False),
                leave_out="leave_out" in request.POST,
                by=request.user,
            )
        )

    if attempt(form, _telling(act, refused)):
        said = counted(len(changed), "séance est changée,séances sont changées")
        messages.success(request, f"{said}.")
        return redirect("trainees:session_detail", session.pk)
    context = {"form": form, "session": session} | _ways_out(request, refused) | {"days": ""}
    return render(request, "trainees/sessions/session_change.html", context, status=status_of(form))


@require_POST
def session_cancel(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    try:
        cancelled = cancel_session(
            session=session,
            whole_rest_of_series="rest" in request.POST,
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{counted(len(cancelled), 'séance annulée,séances annulées')}.")
    return redirect("trainees:session_detail", session.pk)


def _own_crew(request: AuthenticatedHttpRequest, structure: Structure) -> list[UUID]:
    """Those the person refers and who are not on a break: the boxes ticked at first."""
    active = structure.enrollments.filter(state=EnrollmentState.ACTIVE, referent=request.user)
    return list(active.values_list("pk", flat=True))


def _telling(
    act: Callable[[dict], None], refused: list[DatesRefused], mend: str = ""
) -> Callable[[dict], None]:
    """The act, which leaves the refusal of its dates in `refused` for the page to offer a way out, told by `mend`."""

    def told(cleaned: dict) -> None:
        try:
            act(cleaned)
        except DatesRefused as refusal:
            refused.append(refusal)
            raise DomainError(f"{refusal.message}\n{mend}".strip()) from refusal

    return told


def _ways_out(request: AuthenticatedHttpRequest, refused: list[DatesRefused]) -> dict:
    """What the page proposes when dates were refused, beside changing them."""
    ways = {"leaves_out": "leave_out" in request.POST, "days": "", "may_leave_out": False}
    for refusal in refused:
        days = {*refusal.days, *_agreed_days(request)}
        ways["days"] = ",".join(day.isoformat() for day in sorted(days))
        ways["may_leave_out"] = refusal.is_about_people
    return ways


def _agreed_days(request: AuthenticatedHttpRequest) -> set[date]:
    """The dates that the person agreed to leave out; nonsense leaves nothing out."""
    try:
        return {date.fromisoformat(day) for day in request.POST.get("without", "").split(",") if day}
    except ValueError:
        return set()
