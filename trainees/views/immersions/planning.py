from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import daterange, hours
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from trainees.documents.immersions import render_convention
from trainees.forms.immersions import (
    AskTutorForm,
    ChangeImmersionForm,
    ConfirmImmersionForm,
    ImmersionForm,
    terms_of,
)
from trainees.models import Enrollment, Immersion
from trainees.permissions import can_arrange_immersion, can_read_enrollment
from trainees.rules.immersions import schedule_in_words
from trainees.services.immersions import (
    cancel_immersion,
    change_immersion,
    confirm_immersion,
    immersion_warnings,
    missing_pieces,
    plan_immersion,
)
from trainees.services.immersions.tutors import ask_tutor, first_day_to_ask, read_tutor_status
from trainees.views.access import enrollment_of_team, object_named, require

TEAM_ONLY = "Seule l’équipe de la structure arrange les immersions."


@require_safe
def immersion_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """All that is known of an immersion; its own trainee reads it too."""
    immersion = _visible(request, pk)
    return render(request, "trainees/immersions/immersion_detail.html", _shown(request, immersion))


@require_http_methods(["GET", "HEAD", "POST"])
def immersion_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    enrollment = enrollment_of_team(request, pk)
    require(can_arrange_immersion(request.user, enrollment), TEAM_ONLY)
    form = ImmersionForm(sent(request), enrollment=enrollment, initial=_renewal_of(request, enrollment))
    if form.is_valid():
        with refusal_in_form(form):
            immersion = plan_immersion(enrollment=enrollment, by=request.user, **form.cleaned_data)
            length = hours(immersion.planned_minutes)
            messages.success(request, f"L’immersion chez {immersion.host_name} est prévue, avec {length}.")
            return redirect("trainees:immersion_detail", immersion.pk)
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Prévoir une immersion",
        "lead": "Un mois au plus de date à date, 60 jours au plus par an dans une même entreprise.",
        "button": "Prévoir l’immersion",
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def immersion_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    immersion = _of_team(request, pk)
    form = ChangeImmersionForm(sent(request), immersion=immersion)
    if form.is_valid():
        with refusal_in_form(form):
            change_immersion(immersion=immersion, by=request.user, **form.cleaned_data)
            messages.success(request, "L’immersion est modifiée.")
            return redirect("trainees:immersion_detail", immersion.pk)
    return _act(request, immersion, form, "Modifier l’immersion", "Enregistrer")


@require_http_methods(["GET", "HEAD", "POST"])
def immersion_confirm(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    immersion = _of_team(request, pk)
    initial = {"done_minutes": immersion.done_minutes or immersion.planned_minutes}
    form = ConfirmImmersionForm(sent(request), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            confirm_immersion(immersion=immersion, by=request.user, **form.cleaned_data)
            messages.success(request, f"L’immersion chez {immersion.host_name} compte dans les heures.")
            return redirect("trainees:immersion_detail", immersion.pk)
    return _act(request, immersion, form, "Confirmer l’immersion", "Confirmer les heures")


@require_POST
def immersion_cancel(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    immersion = _of_team(request, pk)
    with refusal_in_messages(request):
        cancel_immersion(immersion=immersion, reason=read_reason(request), by=request.user)
        messages.success(request, f"L’immersion chez {immersion.host_name} est annulée.")
        return redirect("trainees:hours", immersion.enrollment_id)
    return render(
        request, "trainees/immersions/immersion_detail.html", _shown(request, immersion), status=409
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tutor_ask(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Send the tutor the link by which they say how it went."""
    immersion = _of_team(request, pk)
    form = AskTutorForm(sent(request), initial={"email": immersion.tutor_email})
    if form.is_valid():
        with refusal_in_form(form):
            ask_tutor(immersion=immersion, by=request.user, **form.cleaned_data)
            messages.success(request, f"Un lien part pour {form.cleaned_data['email']}, pour 30 jours.")
            return redirect("trainees:immersion_detail", immersion.pk)
    return _act(request, immersion, form, f"Demander l’avis de {immersion.tutor_name}", "Envoyer le lien")


@require_safe
def immersion_convention(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The convention as a PDF to sign by hand, rendered each time and never stored."""
    immersion = _of_team(request, pk)
    name = f"convention-{immersion.starts_on:%Y-%m-%d}.pdf"
    return HttpResponse(
        render_convention(immersion),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _visible(request: AuthenticatedHttpRequest, pk: UUID) -> Immersion:
    people = ("trainee", "structure", "support", "referent")
    rows = Immersion.objects.visible_to(request.user).select_related(
        "renews", "renewal", *(f"enrollment__{name}" for name in people)
    )
    return get_object_or_404(rows, pk=pk)


def _of_team(request: AuthenticatedHttpRequest, pk: UUID) -> Immersion:
    immersion = _visible(request, pk)
    require(can_arrange_immersion(request.user, immersion.enrollment), TEAM_ONLY)
    return immersion


def _renewal_of(request: AuthenticatedHttpRequest, enrollment: Enrollment) -> dict:
    """What the form begins with when the address names the period to renew."""
    first = object_named(
        enrollment.immersions.filter(renews=None, renewal=None), request.GET.get("renouvelle")
    )
    if first is None:
        return {}
    kept = {name: value for name, value in terms_of(first).items() if not name.endswith(("_on", "_minutes"))}
    return kept | {"renews": first.pk, "renewal_reason": ""}


def _shown(request: AuthenticatedHttpRequest, immersion: Immersion) -> dict:
    enrollment, today = immersion.enrollment, clock.today()
    is_team = can_read_enrollment(request.user, enrollment)
    may_arrange = enrollment.is_open and can_arrange_immersion(request.user, enrollment)
    tutor = read_tutor_status(immersion)
    may_change = may_arrange and immersion.confirmed_at is None and tutor.answer is None
    return {
        "enrollment": enrollment,
        "immersion": immersion,
        "week": schedule_in_words(immersion.schedule),
        "tutor": tutor,
        "is_team": is_team,
        "warnings": immersion_warnings(immersion) if is_team else [],
        "missing": missing_pieces(immersion) if may_change else [],
        "renewal": getattr(immersion, "renewal", None),
        "may_arrange": may_arrange,
        "may_change": may_change,
        "may_confirm": may_arrange and immersion.confirmed_at is None and immersion.ends_on <= today,
        "may_ask": may_arrange and tutor.answer is None and first_day_to_ask(immersion) <= today,
        "first_day_to_ask": first_day_to_ask(immersion),
        "may_renew": may_arrange and immersion.starts_on <= today and _is_never_renewed(immersion),
    }


def _is_never_renewed(immersion: Immersion) -> bool:
    return immersion.renews_id is None and not hasattr(immersion, "renewal")


def _act(
    request: AuthenticatedHttpRequest, immersion: Immersion, form, title: str, button: str
) -> HttpResponse:
    """The page of one form about an immersion."""
    when = daterange(immersion.starts_on, immersion.ends_on)
    context = {
        "enrollment": immersion.enrollment,
        "immersion": immersion,
        "form": form,
        "title": title,
        "lead": f"{immersion.enrollment.trainee}, chez {immersion.host_name}, {when}.",
        "button": button,
    }
    return render(request, "trainees/immersions/immersion_form.html", context, status=status_of(form))
