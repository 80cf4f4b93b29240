"""Appeals: filed by a candidate or for them, given to a reviewer, answered by the certifier."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.services.dossiers import open_dossier
from juries.enums import AppealState, SessionState
from juries.forms.results.appeals import AppealForm, OpinionForm, PaperAppealForm, ReviewerForm, UpholdForm
from juries.models import Appeal, Candidate, Decision, Juror
from juries.permissions import can_answer_appeals, can_review, can_withdraw_appeal
from juries.queries.results.acquired_domains import acquired_domains_of
from juries.queries.results.appeal_deadlines import appeal_until
from juries.services.results.appeals import (
    appeal_refusal,
    appraisals_to_review,
    assign_reviewer,
    dismiss_appeal,
    file_appeal,
    give_opinion,
    possible_reviewers,
    reject_appeal,
    uphold_appeal,
    withdraw_appeal,
)
from juries.services.results.decision_drafts import domains_of

PER_PAGE = 30


@require_safe
def appeal_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every appeal for the certifier, those given to them for a reviewer; what waits comes first."""
    juror = Juror.objects.filter(user=request.user).first()
    if not request.user.is_certifier and juror is None:
        raise PermissionDenied("Les recours sont suivis par le certificateur.")
    rows = Appeal.objects.with_people()
    if not request.user.is_certifier:
        rows = rows.filter(reviewer=juror)
    page = Paginator(rows.order_by("decided_at", "filed_on"), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "juries/results/appeal_list.html", {"page": page, "answers": request.user.is_certifier}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def appeal_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Contest a decision: the trainee, their structure in their name, the certifier for a letter on paper."""
    candidate = _fetch_candidate(request, pk)
    decision = candidate.decisions.in_force().select_related("candidate__session__rules").get()
    form_class = PaperAppealForm if request.user.is_certifier else AppealForm
    form = form_class(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            appeal = file_appeal(candidate=candidate, by=request.user, **form.cleaned_data)
            messages.success(request, "Le recours est enregistré. Une réponse écrite viendra.")
            return redirect("juries:appeal_detail", pk=appeal.pk)
    context = {
        "candidate": candidate,
        "decision": decision,
        "form": form,
        "own": candidate.enrollment.trainee.user_id == request.user.pk,
        "until": appeal_until(decision),
        "refusal": "" if request.user.is_certifier else appeal_refusal(decision),
    }
    return render(request, "juries/results/appeal_file.html", context, status=status_of(form))


@require_safe
@never_cache
def appeal_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The state of an appeal, and what this person may do with it."""
    return _show(request, _fetch(request, pk))


@require_POST
def appeal_assign(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    appeal = _fetch_to_answer(request, pk)
    form = ReviewerForm(request.POST, jurors=possible_reviewers(appeal))
    if not form.is_valid():
        return _show(request, appeal, status=422, reviewer_form=form)
    with refusal_in_messages(request):
        assign_reviewer(appeal=appeal, by=request.user, **form.cleaned_data)
        messages.success(request, f"Le recours est confié à {form.cleaned_data['reviewer']}.")
        return redirect("juries:appeal_detail", pk=appeal.pk)
    return _show(request, _fetch(request, pk), status=409)


@require_POST
def appeal_opinion(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    appeal = _fetch(request, pk)
    if not can_review(request.user, appeal):
        raise PermissionDenied("L’avis est écrit par la personne à qui le recours est confié.")
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _show(request, appeal, status=422, opinion_form=form)
    with refusal_in_messages(request):
        give_opinion(appeal=appeal, by=request.user, **form.cleaned_data)
        messages.success(request, "Votre avis est rendu. Le certificateur répond au candidat.")
        return redirect("juries:appeal_detail", pk=appeal.pk)
    return _show(request, _fetch(request, pk), status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def appeal_uphold(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Accept: write the decision that replaces the one contested."""
    appeal = _fetch_to_answer(request, pk)
    candidate, before = appeal.decision.candidate, appeal.decision
    form = UpholdForm(
        sent(request),
        domains=domains_of(candidate),
        acquired_before=acquired_domains_of(candidate).valid,
        initial=UpholdForm.initial_of(before),
    )
    if form.is_valid():
        with refusal_in_form(form):
            uphold_appeal(appeal=appeal, by=request.user, **form.draft())
            messages.success(
                request, "Le recours est accepté et la décision est changée. Le candidat est prévenu."
            )
            return redirect("juries:appeal_detail", pk=appeal.pk)
    context = {"appeal": appeal, "candidate": candidate, "before": before, "form": form}
    return render(request, "juries/results/appeal_uphold.html", context, status=status_of(form))


@require_POST
def appeal_reject(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request, pk, reject_appeal, "Le recours est rejeté. Le candidat reçoit la réponse et son motif."
    )


@require_POST
def appeal_dismiss(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _answer(request, pk, dismiss_appeal, "Le recours est écarté. Le candidat reçoit le motif.")


def _answer(request: AuthenticatedHttpRequest, pk: UUID, act, sentence: str) -> HttpResponse:
    appeal = _fetch_to_answer(request, pk)
    with refusal_in_messages(request):
        act(appeal=appeal, reason=read_reason(request), by=request.user)
        messages.success(request, sentence)
        return redirect("juries:appeal_detail", pk=appeal.pk)
    return _show(request, _fetch(request, pk), status=409)


@require_POST
def appeal_withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    appeal = _fetch(request, pk)
    if not can_withdraw_appeal(request.user, appeal):
        raise PermissionDenied(
            "Un recours est retiré par la personne elle-même, sa structure ou le certificateur."
        )
    with refusal_in_messages(request):
        withdraw_appeal(appeal=appeal, by=request.user)
        messages.success(request, "Le recours est retiré.")
        return redirect("juries:appeal_detail", pk=appeal.pk)
    return _show(request, _fetch(request, pk), status=409)


@require_safe
@never_cache
def appeal_dossier(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponseBase:
    """The sealed dossier, to whom reads the appeal again; each download is a journal entry."""
    appeal = _fetch(request, pk)
    if not (request.user.is_certifier or can_review(request.user, appeal)):
        raise PermissionDenied(
            "Le dossier scellé est à la personne qui relit, tant que son avis est attendu."
        )
    with refusal_in_messages(request):
        pdf = open_dossier(dossier=appeal.decision.candidate.dossier, by=request.user)
        return FileResponse(BytesIO(pdf), filename="dossier.pdf", content_type="application/pdf")
    return _show(request, _fetch(request, pk), status=409)


def _show(request: AuthenticatedHttpRequest, appeal: Appeal, *, status: int = 200, **forms) -> HttpResponse:
    answers, reviews = can_answer_appeals(request.user), can_review(request.user, appeal)
    assigns = answers and appeal.state in (AppealState.FILED, AppealState.ASSIGNED)
    context = {
        "appeal": appeal,
        "candidate": appeal.decision.candidate,
        "session": appeal.decision.candidate.session,
        "acquired": appeal.decision.domains.filter(acquired=True).select_related("domain"),
        "minutes_row": _minutes_row(appeal) if answers or reviews else None,
        "appraisals": appraisals_to_review(appeal) if answers or reviews else [],
        "answers": answers,
        "reviews": reviews,
        "reads_opinion": answers or (appeal.reviewer and appeal.reviewer.user_id == request.user.pk),
        "may_withdraw": appeal.is_open and can_withdraw_appeal(request.user, appeal),
        "own": appeal.decision.candidate.enrollment.trainee.user_id == request.user.pk,
        "reviewer_form": ReviewerForm(jurors=possible_reviewers(appeal)) if assigns else None,
        "opinion_form": OpinionForm() if reviews else None,
    }
    return render(request, "juries/results/appeal_detail.html", context | forms, status=status)


def _minutes_row(appeal: Appeal) -> dict | None:
    """The row of the minutes on this candidate, with how many jurors were for and against."""
    content = appeal.decision.candidate.session.minutes.content
    rows = content.get("candidates", [])
    return next((row for row in rows if row.get("id") == str(appeal.decision.candidate_id)), None)


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Appeal:
    rows = (
        Appeal.objects.visible_to(request.user)
        .with_people()
        .select_related("decision__candidate__session__minutes")
    )
    return get_object_or_404(rows, pk=pk)


def _fetch_to_answer(request: AuthenticatedHttpRequest, pk: UUID) -> Appeal:
    appeal = _fetch(request, pk)
    if not can_answer_appeals(request.user):
        raise PermissionDenied("Répondre à un recours revient au certificateur.")
    return appeal


def _fetch_candidate(request: AuthenticatedHttpRequest, pk: UUID) -> Candidate:
    rows = Candidate.objects.of_enrollments_visible_to(request.user).filter(
        session__state=SessionState.RELEASED
    )
    rows = rows.filter(decisions__in=Decision.objects.in_force())
    return get_object_or_404(
        rows.select_related("session__rules", "enrollment__trainee", "enrollment__structure"), pk=pk
    )
