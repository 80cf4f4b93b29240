from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.documents.dossiers import dossier_context
from evaluations.enums import TestKind
from evaluations.services.dossiers import open_dossier
from juries.enums import SessionState
from juries.forms.jury_day.appraisals import AppraisalForm
from juries.models import Appraisal, Candidate
from juries.permissions import can_appraise, presides
from juries.queries.results.acquired_domains import acquired_domains_of
from juries.services.jury_day.appraisals import (
    LostUpdate,
    appraisals_visible_to,
    grid_of,
    judgements_of,
    save_appraisal,
    submit_appraisal,
)
from juries.services.jury_day.dossier_access_log import open_sealed_dossier
from juries.services.sessions.composition import candidates_of
from juries.services.sessions.overview import my_appraisals

ONLY_JURORS = "Seul un juré de cette session, pendant qu’elle est ouverte, remplit cette grille."


@require_safe
@never_cache
def candidate_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The sealed dossier beside the two tests; the journal records that it was read."""
    candidate = fetch_candidate(request, pk)
    open_sealed_dossier(candidate=candidate, by=request.user)
    return _show_candidate(request, candidate)


@require_safe
@never_cache
def candidate_dossier(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponseBase:
    """The sealed PDF, to the jury while the session is open to it; each download is a journal entry."""
    candidate = fetch_candidate(request, pk)
    with refusal_in_messages(request):
        pdf = open_dossier(dossier=candidate.dossier, by=request.user)
        name = f"dossier-{candidate.dossier.attempt}-{candidate.pk}.pdf"
        return FileResponse(BytesIO(pdf), filename=name, content_type="application/pdf")
    return _show_candidate(request, candidate, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def appraise(request: AuthenticatedHttpRequest, pk: UUID, test: TestKind) -> HttpResponse:
    """My grid for one test: saved as a draft, or submitted. Others' show once mine is."""
    candidate = fetch_candidate(request, pk)
    if not can_appraise(request.user, candidate):
        raise PermissionDenied(ONLY_JURORS)
    if request.method != "POST":
        open_sealed_dossier(candidate=candidate, by=request.user)
    mine = _mine(request, candidate, test)
    form = AppraisalForm(
        sent(request),
        criteria=grid_of(candidate, test),
        levels=judgements_of(candidate),
        initial=AppraisalForm.initial_of(mine),
    )
    saved = None
    if form.is_valid():
        with refusal_in_form(form):
            try:
                return _keep(request, candidate, test, form)
            except LostUpdate as lost:
                saved = lost.saved
                form.rebase_on(saved)
                raise
    context = {
        **_rail(request, candidate),
        "test": test,
        "kinds": list(TestKind),
        "other_test": next(kind for kind in TestKind if kind != test),
        "form": form,
        "mine": mine,
        "shown": appraisals_visible_to(request.user, candidate, test) if mine and mine.submitted_at else [],
        "levels": judgements_of(candidate),
        "saved": saved,
    }
    return render(request, "juries/jury_day/appraisal_form.html", context, status=status_of(form))


def _keep(
    request: AuthenticatedHttpRequest, candidate: Candidate, test: TestKind, form: AppraisalForm
) -> HttpResponse:
    """Save the draft first, so that nothing is lost when its submission is refused."""
    juror = request.user.juror
    appraisal = save_appraisal(candidate=candidate, juror=juror, test=test, by=request.user, **form.given())
    form.rebase_on(appraisal)
    if "submit" in request.POST:
        submit_appraisal(appraisal=appraisal, by=request.user)
        messages.success(request, f"Votre appréciation est rendue : {TestKind(test).label}.")
        return redirect("juries:candidate_detail", pk=candidate.pk)
    messages.success(request, "Votre brouillon est gardé. Personne d’autre ne le voit.")
    return redirect("juries:appraise", pk=candidate.pk, test=test)


def fetch_candidate(request: AuthenticatedHttpRequest, pk: UUID) -> Candidate:
    rows = Candidate.objects.visible_to(request.user).select_related(
        "session__rules", "dossier", "enrollment__trainee", "enrollment__structure", "enrollment__support"
    )
    return get_object_or_404(rows, pk=pk)


def _show_candidate(
    request: AuthenticatedHttpRequest, candidate: Candidate, *, status: int = 200
) -> HttpResponse:
    mine = {row.test: row for row in Appraisal.objects.filter(candidate=candidate, juror__user=request.user)}
    context = {
        **_rail(request, candidate),
        "tests": [(test, mine.get(test.value)) for test in TestKind],
        "appraises": can_appraise(request.user, candidate),
        "acquired_domains": acquired_domains_of(candidate),
    }
    return render(request, "juries/jury_day/candidate_detail.html", context, status=status)


def _rail(request: AuthenticatedHttpRequest, candidate: Candidate) -> dict:
    """The candidates of the day, with how many appraisals I have submitted."""
    session = candidate.session
    mine = my_appraisals(session, request.user)
    rail = [(row, list(mine.get(row.pk, {}).values()).count("submitted")) for row in candidates_of(session)]
    return {
        "candidate": candidate,
        "session": session,
        "rail": rail,
        "sealed": _pages_of(candidate.dossier.snapshot),
        "leads": presides(request.user, session),
        "is_open": session.state == SessionState.OPEN,
    }


def _pages_of(snapshot: dict) -> dict:
    """What the summary shows; a snapshot without a layout version shows the identity alone."""
    return dossier_context(snapshot) if "layout" in snapshot else {"dossier": snapshot}


def _mine(request: AuthenticatedHttpRequest, candidate: Candidate, test: TestKind) -> Appraisal | None:
    rows = Appraisal.objects.filter(candidate=candidate, test=test, juror__user=request.user)
    return rows.prefetch_related("marks").first()
