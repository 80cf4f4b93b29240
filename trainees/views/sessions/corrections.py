"""Mending a presence, and taking a session back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from trainees.forms.sessions import CorrectionForm
from trainees.permissions import can_correct_sessions
from trainees.services.sessions import correct_attendance, withdraw_session
from trainees.views.access import require
from trainees.views.sessions.access import TEAM_ONLY, visible_session


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_correct(request: AuthenticatedHttpRequest, pk: UUID, enrollment_pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    rows = session.attendances.select_related("enrollment__trainee", "enrollment__structure")
    attendance = get_object_or_404(rows, enrollment=enrollment_pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    initial = {"minutes": attendance.minutes or "", "absence": attendance.absence}
    form = CorrectionForm(sent(request), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            correct_attendance(
                attendance=attendance,
                minutes=form.cleaned_data["minutes"] or 0,
                absence=form.cleaned_data["absence"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, f"La présence de {attendance.enrollment.trainee} est corrigée.")
            return redirect("trainees:session_detail", session.pk)
    context = {
        "session": session,
        "attendance": attendance,
        "form": form,
        "is_drawn": attendance.signatures.exists(),
    }
    return render(request, "trainees/sessions/attendance_correct.html", context, status=status_of(form))


@require_POST
def session_withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    with refusal_in_messages(request):
        withdraw_session(session=session, reason=read_reason(request), by=request.user)
        messages.success(request, "La séance est retirée, et ses heures avec elle.")
        return redirect("trainees:session_list")
    return redirect("trainees:session_detail", session.pk)
