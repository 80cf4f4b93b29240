"""The results of a session for the certifier; result letters and attestations for all."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_messages
from juries.documents.results.result_letter import render as render_letter
from juries.enums import SessionState
from juries.models import JurySession, Letter, PartialAttestation
from juries.permissions import can_release
from juries.queries.results.follow_up import read_results
from juries.services.results.attestations import download_attestation
from juries.services.results.result_letters import send_result_letter_again
from juries.views.sessions.session_page import fetch_session


@require_safe
@never_cache
def session_results(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The decision, the papers and the letter of each candidate, and the last day for an appeal."""
    return show_results(request, fetch_session(request, pk))


def show_results(
    request: AuthenticatedHttpRequest, session: JurySession, *, status: int = 200
) -> HttpResponse:
    if not can_release(request.user, session):
        raise PermissionDenied("Les suites d’un jury sont tenues par le certificateur.")
    if session.state != SessionState.RELEASED:
        raise Http404
    context = {"session": session, "results": read_results(session)}
    return render(request, "juries/results/session_results.html", context, status=status)


@require_safe
@never_cache
def result_letter_file(request: AuthenticatedHttpRequest, pk: UUID) -> FileResponse:
    """The letter to the candidate as a PDF, made again from its row."""
    letter = get_object_or_404(
        Letter.objects.results_visible_to(request.user).select_related("session"), pk=pk
    )
    name = f"lettre-du-jury-{letter.session.held_on:%Y-%m-%d}.pdf"
    return FileResponse(BytesIO(render_letter(letter)), filename=name, content_type="application/pdf")


@require_POST
def result_letter_send_again(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    letter = get_object_or_404(
        Letter.objects.results_visible_to(request.user).select_related("session"), pk=pk
    )
    if not can_release(request.user, letter.session):
        raise PermissionDenied("Renvoyer la lettre d’un candidat revient au certificateur.")
    with refusal_in_messages(request):
        send_result_letter_again(letter=letter, by=request.user)
        messages.success(request, f"La lettre de {letter.name} part dans un instant.")
        return redirect("juries:session_results", pk=letter.session_id)
    return show_results(request, fetch_session(request, letter.session_id), status=409)


@require_safe
@never_cache
def attestation_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponseBase:
    """The partial attestation, as it was rendered; each download is a journal entry."""
    rows = PartialAttestation.objects.visible_to(request.user)
    attestation = get_object_or_404(rows.select_related("decision__candidate"), pk=pk)
    with refusal_in_messages(request):
        pdf = download_attestation(attestation=attestation, by=request.user)
        name = f"attestation-partielle-{attestation.jury_date:%Y-%m-%d}.pdf"
        return FileResponse(BytesIO(pdf), filename=name, content_type="application/pdf")
    return render(request, "juries/results/attestation_wait.html", status=409)
