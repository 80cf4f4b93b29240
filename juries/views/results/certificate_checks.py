"""The certificates to come, checked before the release, and the correction of what would print wrong."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from certificates.documents.layouts import LayoutMissing, layout_of
from certificates.services.register.transliteration import proposed_spelling
from certificates.views.layouts import answer_picture
from core.views.form_actions import refusal_in_form, sent, status_of
from juries.enums import SessionState
from juries.models import Candidate
from juries.permissions import can_check_certificates, can_plan_juries
from juries.services.results.certificate_checks import DECIDED, check_certificate, check_certificates
from juries.views.jury_day.appraisals import fetch_candidate
from juries.views.sessions.session_page import fetch_session
from trainees.forms.enrollments.people import IdentityForm
from trainees.services.enrollments import Identity, change_identity


@require_safe
@never_cache
def certificate_checks(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Each certificate that this session would bring, as it would print today, with its faults."""
    session = fetch_session(request, pk)
    _refuse_others(request, session)
    if session.state == SessionState.RELEASED:
        return redirect("juries:session_certificates", pk=session.pk)
    rows = check_certificates(session)
    context = {
        "session": session,
        "rows": [(row, proposed_spelling(row.certificate) if row.certificate else {}) for row in rows],
        "wrong": sum(1 for row in rows if row.faults),
        "decided": session.state in DECIDED,
        "may_mend": can_plan_juries(request.user),
    }
    return render(request, "juries/results/certificate_checks.html", context)


@require_safe
@never_cache
def certificate_preview(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The certificate to come of one candidate, marked as an example: it is worth nothing."""
    candidate = fetch_candidate(request, pk)
    _refuse_others(request, candidate.session)
    certificate = check_certificate(candidate).certificate
    if certificate is None:
        raise Http404
    certificate.is_demo = True
    certificate.number, certificate.code = "CQP-0000-000000", "0" * 16
    try:
        layout = layout_of(certificate.layout_version)
    except LayoutMissing as missing:
        raise Http404 from missing
    return answer_picture(request, certificate, layout, small=request.GET.get("taille") == "petite")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def candidate_identity(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The identity that the certificate will carry, corrected by the certifier; a Latin spelling is proposed on demand.

    The sealed dossier and the minutes keep the name that they were made with.
    """
    candidate = fetch_candidate(request, pk)
    if not can_plan_juries(request.user):
        raise PermissionDenied("L’identité est corrigée ici par le certificateur, ou par la structure.")
    enrollment = candidate.enrollment
    proposed = proposed_for(candidate)
    initial = vars(Identity.of(enrollment.trainee)) | (proposed if "proposer" in request.GET else {})
    form = IdentityForm(sent(request), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            change_identity(enrollment=enrollment, identity=form.identity, by=request.user)
            messages.success(request, f"Le certificat portera «\u00a0{form.identity}\u00a0».")
            return redirect("juries:certificate_checks", pk=candidate.session_id)
    context = {
        "candidate": candidate,
        "form": form,
        "proposed": [(IdentityForm.base_fields[name].label, text) for name, text in proposed.items()],
        "is_filled": "proposer" in request.GET,
    }
    return render(
        request,
        "juries/results/certificate_checks_identity.html",
        context,
        status=status_of(form),
    )


def proposed_for(candidate: Candidate) -> dict[str, str]:
    certificate = check_certificate(candidate).certificate
    return proposed_spelling(certificate) if certificate else {}


def _refuse_others(request: AuthenticatedHttpRequest, session) -> None:
    if not can_check_certificates(request.user, session):
        raise PermissionDenied(
            "Les certificats à venir sont relus par le certificateur et par la présidence du jury."
        )
