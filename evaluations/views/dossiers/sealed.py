"""Sealed dossiers: the certifier's list, one attempt, its file, its examination."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.enums import WorkState
from core.errors import DomainError
from core.models import Work
from core.models.folded import matching
from core.services.work import retry
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.enums import DossierState, Piece
from evaluations.forms.dossiers import ACCEPT, DossierFilterForm, ExamineForm
from evaluations.models import Dossier, PieceReview
from evaluations.permissions import can_examine_dossier, can_read_dossiers, can_seal_dossier
from evaluations.services.dossiers import accept_dossier, open_dossier, return_dossier
from evaluations.tasks import render_dossier
from trainees.views.access import require

PER_PAGE = 25
NAMED = ("enrollment__trainee__folded", "enrollment__structure__folded")
CERTIFIER_ONLY = "Les dossiers scellés s’examinent par le certificateur."


@require_safe
def dossier_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The dossiers that wait for the certifier, the oldest first."""
    require(can_read_dossiers(request.user), CERTIFIER_ONLY)
    form = DossierFilterForm(request.GET)
    dossiers: QuerySet[Dossier] = Dossier.objects.visible_to(request.user).defer("snapshot")
    found = dossiers = dossiers.filter(matching(form.words_asked, *NAMED))
    if form.state_asked != "all":
        dossiers = dossiers.filter(state=form.state_asked)
    dossiers = dossiers.select_related(
        "enrollment__trainee", "enrollment__structure", "enrollment__support"
    ).order_by("sealed_at" if form.state_asked == DossierState.SEALED else "-sealed_at")
    page = Paginator(dossiers, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "to_examine": form.state_asked == DossierState.SEALED}
    context["hidden"] = found.count() - page.paginator.count if form.words_asked else 0
    return render(request, "evaluations/dossiers/dossier_list.html", context)


@require_safe
def dossier_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One attempt: what was sealed, its fingerprints, its file, what the certifier said."""
    dossier = _dossier(request, pk)
    return render(request, "evaluations/dossiers/dossier_detail.html", _facts(request, dossier))


@require_safe
def dossier_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The sealed PDF itself. The one GET that adds a line to the journal, for the certifier and jurors."""
    dossier = _dossier(request, pk)
    with refusal_in_messages(request):
        pdf = open_dossier(dossier=dossier, by=request.user)
        name = f"dossier-{dossier.pk}-presentation-{dossier.attempt}.pdf"
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )
    return render(request, "evaluations/dossiers/dossier_detail.html", _facts(request, dossier), status=409)


@require_safe
def dossier_progress(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The fragment that asks again until the file is there."""
    dossier = _dossier(request, pk)
    return render(request, "evaluations/dossiers/dossier_progress.html", _progress(request, dossier))


@require_POST
def dossier_retry(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Schedule again a rendering that was set aside."""
    dossier = _dossier(request, pk)
    may_retry = request.user.is_certifier or can_seal_dossier(request.user, dossier.enrollment)
    require(may_retry, "Une préparation se relance par la direction ou par le certificateur.")
    retry(task=render_dossier, subject_id=dossier.pk)
    return redirect("evaluations:dossier_detail", dossier.pk)


@require_http_methods(["GET", "POST"])
def dossier_examine(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Accept a sealed dossier whole, or return it piece by piece, each with a reason."""
    dossier = _dossier(request, pk)
    require(can_examine_dossier(request.user, dossier), CERTIFIER_ONLY)
    form = ExamineForm(sent(request), already=_accepted_before(dossier))
    if form.is_valid():
        with refusal_in_form(form):
            _examine(request, dossier, form)
            return redirect("evaluations:dossier_detail", dossier.pk)
    context = {**_facts(request, dossier), "form": form}
    return render(request, "evaluations/dossiers/dossier_examine.html", context, status=status_of(form))


def _examine(request: AuthenticatedHttpRequest, dossier: Dossier, form: ExamineForm) -> None:
    if request.POST.get("decision") != ACCEPT:
        return_dossier(dossier=dossier, reasons=form.reasons, by=request.user)
        messages.success(request, "Le dossier est renvoyé à la structure avec vos mots.")
        return
    if form.reasons:
        raise DomainError(
            "Vous acceptez le dossier, mais un mot demande une reprise : effacez-le, ou renvoyez."
        )
    accept_dossier(dossier=dossier, by=request.user)
    messages.success(request, "Le dossier est accepté : la personne peut être candidate à un jury.")


def _accepted_before(dossier: Dossier) -> set[str]:
    """The pieces that the certifier accepted at the attempt before this one."""
    reviews = PieceReview.objects.filter(
        dossier__enrollment=dossier.enrollment_id, dossier__attempt=dossier.attempt - 1, accepted=True
    )
    return set(reviews.values_list("piece", flat=True))


def _dossier(request: AuthenticatedHttpRequest, pk: UUID) -> Dossier:
    seen = Dossier.objects.visible_to(request.user).select_related(
        "enrollment__trainee",
        "enrollment__structure",
        "enrollment__support",
        "sealed_by",
        "examined_by",
    )
    return get_object_or_404(seen, pk=pk)


def _facts(request: AuthenticatedHttpRequest, dossier: Dossier) -> dict:
    own = dossier.enrollment.trainee.user_id == request.user.pk
    return {
        **_progress(request, dossier),
        "enrollment": dossier.enrollment,
        "own": own,
        "reviews": sorted(dossier.reviews.all(), key=lambda review: Piece.values.index(review.piece)),
        "domains": [
            {**domain, "reached": sum(line["rank"] >= threshold for line in domain["lines"])}
            for threshold in [dossier.snapshot.get("framework", {}).get("threshold", 0)]
            for booklet in dossier.snapshot.get("booklets", [])
            for domain in booklet["domains"]
        ],
        "may_examine": dossier.state == DossierState.SEALED and can_examine_dossier(request.user, dossier),
    }


def _progress(request: AuthenticatedHttpRequest, dossier: Dossier) -> dict:
    set_aside = not dossier.file and _is_set_aside(dossier)
    may_retry = set_aside and (
        request.user.is_certifier or can_seal_dossier(request.user, dossier.enrollment)
    )
    return {"dossier": dossier, "set_aside": set_aside, "may_retry": may_retry}


def _is_set_aside(dossier: Dossier) -> bool:
    return Work.objects.filter(
        task=render_dossier.name, subject_id=dossier.pk, state=WorkState.SET_ASIDE
    ).exists()
