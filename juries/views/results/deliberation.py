from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.formats import counted
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from juries.enums import SessionState
from juries.forms.results.deliberation import DecisionForm
from juries.models import Candidate, Decision, JurySession
from juries.permissions import can_decide
from juries.queries.results.acquired_domains import acquired_domains_of
from juries.queries.results.deliberation import read_deliberation
from juries.queries.results.opinions import opinions_of
from juries.services.results.decision_drafts import domains_of
from juries.services.results.decisions import decide
from juries.services.results.minutes import close_deliberation
from juries.services.results.quorum import faults_of_quorum, missing_appraisals, missing_appraisals_of
from juries.services.results.unanimity import follow_unanimity
from juries.services.sessions.composition import active_seats, candidates_of
from juries.views.jury_day.appraisals import fetch_candidate
from juries.views.sessions.session_page import fetch_session

SHOWN = (SessionState.OPEN, SessionState.DELIBERATED, SessionState.RELEASED)


@require_safe
@never_cache
def deliberation(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Every candidate side by side, as far as this person may see now."""
    return _show(request, fetch_session(request, pk))


def _show(request: AuthenticatedHttpRequest, session: JurySession, *, status: int = 200) -> HttpResponse:
    if session.state not in SHOWN:
        raise Http404
    if session.state == SessionState.OPEN and request.user.is_certifier and not _sits(request, session):
        raise PermissionDenied("La délibération est au jury seul : vous la lirez une fois close.")
    seats = [seat for seat in active_seats(session) if seat.is_present] or active_seats(session)
    candidates = candidates_of(session)
    deliberations = read_deliberation(session, candidates, seats, request.user)
    missing = missing_appraisals_of(session, candidates, seats)
    for row in deliberations:
        row.complete = not missing[row.candidate.pk]
    context = {
        "session": session,
        "unanimous": [row for row in deliberations if row.may_follow],
        "deliberations": deliberations,
        "faults": faults_of_quorum(session, [seat for seat in seats if seat.is_present]),
        "leads": session.state == SessionState.OPEN and can_decide(request.user, session),
        "undecided": sum(1 for row in deliberations if row.decision is None),
    }
    return render(request, "juries/results/deliberation.html", context, status=status)


def _sits(request: AuthenticatedHttpRequest, session: JurySession) -> bool:
    return session.seats.active().filter(juror__user=request.user).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decide_page(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The president records the collective decision beside what each juror thought."""
    candidate = fetch_candidate(request, pk)
    if not can_decide(request.user, candidate.session):
        raise PermissionDenied("La décision est enregistrée par la présidence du jury.")
    before = _decision_of(candidate)
    form = DecisionForm(
        sent(request),
        domains=domains_of(candidate),
        acquired_before=acquired_domains_of(candidate).valid,
        initial=DecisionForm.initial_of(before, opinions_of(candidate)),
    )
    if form.is_valid():
        with refusal_in_form(form):
            decide(candidate=candidate, by=request.user, **form.draft())
            messages.success(request, f"La décision pour {candidate.enrollment.trainee} est enregistrée.")
            return redirect("juries:deliberation", pk=candidate.session_id)
    return _show_decision(request, candidate, form, before)


def _show_decision(
    request: AuthenticatedHttpRequest,
    candidate: Candidate,
    form: DecisionForm,
    before: Decision | None,
) -> HttpResponse:
    seats = [seat for seat in active_seats(candidate.session) if seat.is_present]
    (row,) = read_deliberation(candidate.session, [candidate], seats, request.user)
    row.complete = not missing_appraisals(candidate, seats)
    context = {
        "candidate": candidate,
        "session": candidate.session,
        "form": form,
        "deliberation": row,
        "before": before,
        "acquired_domains": acquired_domains_of(candidate),
    }
    return render(request, "juries/results/deliberation_decide.html", context, status=status_of(form))


def _decision_of(candidate: Candidate) -> Decision | None:
    return candidate.decisions.in_force().prefetch_related("domains").first()


@require_POST
def follow_unanimous(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One act for whom all jurors would certify: one candidate, or all those that the page named."""
    session = fetch_session(request, pk)
    if not can_decide(request.user, session):
        raise PermissionDenied("La décision est enregistrée par la présidence du jury.")
    try:
        candidates = [UUID(text) for text in request.POST.getlist("candidate")]
    except ValueError as error:
        raise Http404 from error
    with refusal_in_messages(request):
        decisions = follow_unanimity(session=session, candidates=candidates, by=request.user)
        messages.success(request, f"L’avis unanime est suivi pour {counted(len(decisions), 'candidat')}.")
        return redirect("juries:deliberation", pk=session.pk)
    return _show(request, session, status=409)


@require_POST
def session_close(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    if not can_decide(request.user, session):
        raise PermissionDenied("La délibération est close par la présidence du jury.")
    with refusal_in_messages(request):
        close_deliberation(session=session, by=request.user)
        messages.success(request, "La délibération est close. Relisez le procès-verbal, puis signez-le.")
        return redirect("juries:minutes", pk=session.pk)
    session = get_object_or_404(JurySession.objects.select_related("rules"), pk=session.pk)
    return _show(request, session, status=409)
