from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core.formats import shortdate
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.models import Dossier
from juries.forms.sessions.composition import CandidateForm, SeatForm, TimesForm
from juries.models import Candidate, JurySession, Seat
from juries.services.jurors.conflicts import Conflict, colleagues_since, conflicts_of
from juries.services.sessions import (
    add_candidate,
    eligible_dossiers,
    name_president,
    remove_candidate,
    seat_juror,
    set_times,
    withdraw_juror,
)
from juries.services.sessions.composer import next_jurors
from juries.services.sessions.composition import active_seats
from juries.views.sessions.session_page import fetch_session, refuse_but_planner, show_session


@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Choose among the jurors whom no rule excludes from this session; the others are shown with the reason."""
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    options = next_jurors(session)
    free = [option for option in options if option.is_free]
    may_preside = not session.seats.active().filter(is_president=True).exists()
    form = SeatForm(sent(request), options=free, may_preside=may_preside)
    if form.is_valid():
        with refusal_in_form(form):
            seat = seat_juror(session=session, by=request.user, **form.cleaned_data)
            messages.success(
                request, f"{seat.juror} {'préside ce' if seat.is_president else 'siège dans ce'} jury."
            )
            return redirect("juries:session_detail", pk=session.pk)
    kept_away = [option for option in options if not option.is_free]
    context = {"session": session, "form": form, "free": free, "kept_away": kept_away}
    return render(request, "juries/sessions/session_seat_form.html", context, status=status_of(form))


@require_POST
def seat_withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    seat = _fetch_seat(request, pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        withdraw_juror(seat=seat, reason=read_reason(request), by=request.user)
        messages.success(request, f"{seat.juror} ne siège plus. Voici qui pourrait prendre sa place.")
        return redirect(f"{reverse('juries:session_detail', args=[seat.session_id])}?remplacer=1#jury")
    return show_session(request, fetch_session(request, seat.session_id), status=409)


@require_POST
def seat_preside(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    seat = _fetch_seat(request, pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        name_president(seat=seat, by=request.user)
        messages.success(request, f"{seat.juror} préside ce jury.")
        return redirect("juries:session_detail", pk=seat.session_id)
    return show_session(request, fetch_session(request, seat.session_id), status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Choose among the accepted dossiers that wait; those this jury cannot hear are shown with the reason."""
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    free, kept_away = _dossiers_for(session)
    form = CandidateForm(sent(request), dossiers=free)
    if form.is_valid():
        with refusal_in_form(form):
            candidate = add_candidate(session=session, by=request.user, **form.cleaned_data)
            messages.success(request, f"{candidate.enrollment.trainee} est candidat à cette session.")
            _warn_of_contract(request, candidate)
            return redirect("juries:session_detail", pk=session.pk)
    context = {"session": session, "form": form, "free": free, "kept_away": kept_away}
    return render(request, "juries/sessions/session_candidate_form.html", context, status=status_of(form))


def _dossiers_for(session: JurySession) -> tuple[Sequence[Dossier], list[tuple[Dossier, list[str]]]]:
    dossiers = list(eligible_dossiers())
    seats = active_seats(session)
    since = colleagues_since(session.rules, session.held_on)
    conflicts = conflicts_of(
        [seat.juror for seat in seats], [row.enrollment for row in dossiers], since=since
    )
    reasons = _sentences_by(conflicts, "enrollment")
    free = [row for row in dossiers if row.enrollment not in reasons]
    free.sort(key=lambda row: row.enrollment.structure.region != session.region)
    return free, [(row, reasons[row.enrollment]) for row in dossiers if row.enrollment in reasons]


def _sentences_by(conflicts: list[Conflict], key: str) -> dict:
    found: dict = {}
    for conflict in conflicts:
        found.setdefault(getattr(conflict, key), []).append(conflict.sentence)
    return found


def _warn_of_contract(request: AuthenticatedHttpRequest, candidate: Candidate) -> None:
    ends_on = candidate.enrollment.contract_end
    if ends_on < candidate.session.held_on:
        messages.warning(
            request,
            f"Son contrat finit le {shortdate(ends_on)}, avant le jury : "
            "voyez avec la structure s’il peut être "
            "prolongé pour achever la formation.",
        )


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_times(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    candidate = _fetch_candidate(request, pk)
    refuse_but_planner(request)
    initial = {"production_at": candidate.production_at, "interview_at": candidate.interview_at}
    form = TimesForm(sent(request), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            set_times(candidate=candidate, by=request.user, **form.cleaned_data)
            messages.success(request, f"Les horaires de {candidate.enrollment.trainee} sont fixés.")
            return redirect("juries:session_detail", pk=candidate.session_id)
    context = {"session": candidate.session, "candidate": candidate, "form": form}
    return render(request, "juries/jury_day/candidate_times.html", context, status=status_of(form))


@require_POST
def candidate_remove(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    candidate = _fetch_candidate(request, pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        remove_candidate(candidate=candidate, reason=read_reason(request), by=request.user)
        messages.success(request, f"{candidate.enrollment.trainee} n’est plus candidat à cette session.")
        return redirect("juries:session_detail", pk=candidate.session_id)
    return show_session(request, fetch_session(request, candidate.session_id), status=409)


def _fetch_seat(request: AuthenticatedHttpRequest, pk: UUID) -> Seat:
    rows = Seat.objects.visible_to(request.user).select_related("session__rules", "juror__user")
    return get_object_or_404(rows, pk=pk)


def _fetch_candidate(request: AuthenticatedHttpRequest, pk: UUID) -> Candidate:
    rows = Candidate.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("session__rules", "enrollment__trainee"), pk=pk)
