"""Who a trainee is, their contract, their own account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from trainees.forms.enrollments.people import ContractForm, IdentityForm, ReferentForm
from trainees.permissions import (
    can_change_contract,
    can_change_identity,
    can_change_referent,
    can_open_account,
)
from trainees.services.enrollments import (
    Identity,
    change_contract,
    change_identity,
    change_referent,
    open_account,
)
from trainees.views.access import enrollment_of_team, require


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Read by the team, corrected by the direction."""
    enrollment = enrollment_of_team(request, pk)
    may_change = can_change_identity(request.user, enrollment)
    known = Identity.of(enrollment.trainee)
    if request.method == "POST":
        require(may_change, "Seule la direction corrige l’identité d’une personne.")
    form = IdentityForm(sent(request), initial=vars(known))
    if form.is_valid():
        with refusal_in_form(form):
            change_identity(enrollment=enrollment, identity=form.identity, by=request.user)
            messages.success(request, f"L’identité de {form.identity} est à jour.")
            return redirect("trainee_page", enrollment.pk)
    context = {
        "enrollment": enrollment,
        "form": form,
        "may_change": may_change,
        "may_change_contract": enrollment.is_open and can_change_contract(request.user, enrollment),
        "may_open_account": enrollment.is_open and can_open_account(request.user, enrollment),
    }
    return render(request, "trainees/enrollments/identity.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Prolong or correct the contract."""
    enrollment = enrollment_of_team(request, pk)
    require(can_change_contract(request.user, enrollment), "Seule la direction change un contrat.")
    initial = {name: getattr(enrollment, name) for name in ContractForm.base_fields}
    form = ContractForm(sent(request), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            change_contract(enrollment=enrollment, contract=form.contract, by=request.user)
            messages.success(request, f"Le contrat de {enrollment.trainee} est à jour.")
            return redirect("trainee_page", enrollment.pk)
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Contrat de travail",
        "lead": "Une prolongation laisse le temps de finir la formation et de passer devant le jury.",
        "button": "Enregistrer le contrat",
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def referent(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Give the enrolment another referent."""
    enrollment = enrollment_of_team(request, pk)
    require(can_change_referent(request.user, enrollment), "Seule la direction change la personne référente.")
    form = ReferentForm(sent(request), structure=enrollment.structure)
    if form.is_valid():
        with refusal_in_form(form):
            change_referent(enrollment=enrollment, by=request.user, **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['referent']} suit désormais ce parcours.")
            return redirect("trainee_page", enrollment.pk)
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Personne référente",
        "lead": f"Aujourd’hui, c’est {enrollment.referent}.",
        "button": "Changer de référent",
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Invite the trainee to open their own account, or again when the first link has run out."""
    enrollment = enrollment_of_team(request, pk)
    require(can_open_account(request.user, enrollment), "Seule l’équipe de la structure invite ses salariés.")
    refused = request.method == "POST"
    if refused:
        with refusal_in_messages(request):
            invited = open_account(enrollment=enrollment, by=request.user)
            messages.success(request, f"L’invitation part à {invited.email}. Elle sert pendant 14 jours.")
            return redirect("trainee_page", enrollment.pk)
    user = enrollment.trainee.user
    context = {
        "enrollment": enrollment,
        "refused": refused,
        "has_account": bool(user and user.has_usable_password()),
    }
    return render(request, "trainees/enrollments/account.html", context, status=409 if refused else 200)
