"""Noting who was there: at a session that just took place, or at one that was planned."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.errors import DomainError
from core.views.form_actions import refusal_in_form, sent, status_of
from structures.enums import EVALUATING_ROLES
from structures.models import Structure
from trainees.enums import EnrollmentState, SessionState
from trainees.forms.sessions import NOT_THERE, WHOLE, PresenceForm, SessionForm
from trainees.models import Enrollment, TrainingSession
from trainees.permissions import can_log_sessions
from trainees.queries.enrollments import tell_apart
from trainees.services.sessions import Presence, hold_session, log_session
from trainees.views.access import chosen_structure, own_structures, require
from trainees.views.sessions.access import TRAINERS_ONLY, visible_session


@require_http_methods(["GET", "HEAD", "POST"])
def session_log(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Write down a session and who was there. `?parcours=<id>` starts with that person alone."""
    structures = own_structures(request, *EVALUATING_ROLES)
    structure = chosen_structure(request, structures, TRAINERS_ONLY)
    alone = request.GET.get("parcours", "")
    initial = {"held_on": clock.today(), "trainer": request.user, "kind": "individual" if alone else "group"}
    form = SessionForm(sent(request), structure=structure, initial=initial)
    lines = _lines(request, structure, lambda enrollment: _is_supposed_there(enrollment, alone))
    if form.is_valid():
        with refusal_in_form(form):
            presences = _presences(lines, form.cleaned_data)
            session = log_session(
                structure=structure, presences=presences, by=request.user, **form.cleaned_data
            )
            messages.success(request, f"La séance « {session.theme} » est notée.")
            return redirect("trainees:session_detail", session.pk)
    context = {"form": form, "lines": lines, "structure": structure, "structures": structures}
    return render(request, "trainees/sessions/session_log.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def session_hold(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The roll of a planned session, without signatures: those expected are supposed there."""
    session = visible_session(request, pk)
    require(can_log_sessions(request.user, session.structure), TRAINERS_ONLY)
    if session.state != SessionState.PLANNED and request.method != "POST":
        return redirect("trainees:session_detail", session.pk)
    expected = set(session.expected.values_list("pk", flat=True))
    form = SessionForm(sent(request), structure=session.structure, session=session)
    lines = _lines(request, session.structure, lambda enrollment: enrollment.pk in expected)
    if form.is_valid():
        with refusal_in_form(form):
            presences = _presences(lines, form.cleaned_data)
            hold_session(session=session, presences=presences, slot=form.slot, by=request.user)
            messages.success(request, f"L’appel de la séance « {form.slot.theme} » est fait.")
            return redirect("trainees:session_detail", session.pk)
    context = {"form": form, "lines": lines, "session": session}
    return render(request, "trainees/sessions/session_hold.html", context, status=status_of(form))


def _lines(
    request: AuthenticatedHttpRequest, structure: Structure, is_there: Callable[[Enrollment], bool]
) -> list[PresenceForm]:
    """One line for each open enrolment of the structure, those supposed there first."""
    crew = list(Enrollment.objects.open().filter(structure=structure).with_people())
    tell_apart(enrollment.trainee for enrollment in crew)
    crew.sort(key=lambda enrollment: not is_there(enrollment))
    return [
        PresenceForm(
            sent(request),
            enrollment=enrollment,
            initial={"status": WHOLE if is_there(enrollment) else NOT_THERE},
        )
        for enrollment in crew
    ]


def _presences(lines: list[PresenceForm], cleaned: dict) -> list[Presence]:
    if [line for line in lines if not line.is_valid()]:
        raise DomainError("Une durée de présence est à corriger dans la liste de l’équipe, plus bas.")
    slot = TrainingSession(held_on=date.min, starts_at=cleaned["starts_at"], ends_at=cleaned["ends_at"])
    return [
        Presence(line.enrollment, line.minutes_of(slot.length_minutes), line.absence)
        for line in lines
        if line.is_noted
    ]


def _is_supposed_there(enrollment: Enrollment, alone: str) -> bool:
    """The one it was asked for, else all who are not paused."""
    return str(enrollment.pk) == alone if alone else enrollment.state == EnrollmentState.ACTIVE
