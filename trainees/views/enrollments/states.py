"""The breaks of an enrolment, its end, its move to another structure."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import counted, shortdate
from core.views.form_actions import refusal_in_form, sent, status_of
from structures.models import Structure
from trainees.forms.enrollments.people import ContractForm, TransferForm
from trainees.forms.enrollments.states import LeaveForm, PauseForm, ResumeForm, WithdrawForm
from trainees.permissions import can_end_enrollment, can_transfer
from trainees.services.enrollments import leave, pause, resume, transfer, withdraw_enrollment
from trainees.services.enrollments.identities import agreed
from trainees.views.access import enrollment_of_team, object_named, require

DIRECTORS_ONLY = "Seule la direction de la structure met un parcours en pause ou y met fin."


@require_http_methods(["GET", "HEAD", "POST"])
def pause_enrollment(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    enrollment = enrollment_of_team(request, pk)
    require(can_end_enrollment(request.user, enrollment), DIRECTORS_ONLY)
    form = PauseForm(sent(request), initial={"starts_on": clock.today()})
    if form.is_valid():
        with refusal_in_form(form):
            pause(enrollment=enrollment, by=request.user, **form.cleaned_data)
            messages.success(request, f"Le parcours de {enrollment.trainee} est en pause.")
            return redirect("trainee_page", enrollment.pk)
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Mettre en pause",
        "lead": "Les heures faites restent acquises. Aucune séance ne se note pendant la pause.",
        "button": "Mettre le parcours en pause",
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def resume_enrollment(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    enrollment = enrollment_of_team(request, pk)
    require(can_end_enrollment(request.user, enrollment), DIRECTORS_ONLY)
    running = enrollment.pauses.filter(ends_on=None).first()
    last = max(running.starts_on, clock.today() - clock.today().resolution) if running else clock.today()
    form = ResumeForm(sent(request), initial={"ends_on": last})
    if form.is_valid():
        with refusal_in_form(form):
            resume(enrollment=enrollment, by=request.user, **form.cleaned_data)
            messages.success(request, f"{enrollment.trainee} reprend son parcours.")
            return redirect("trainee_page", enrollment.pk)
    since = f"En pause depuis le {shortdate(running.starts_on)} : {running.reason}." if running else ""
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Reprendre le parcours",
        "lead": since or "Ce parcours n’est pas en pause.",
        "button": "Reprendre le parcours",
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Undo an enrolment made by mistake, alone or with its whole import."""
    enrollment = enrollment_of_team(request, pk)
    require(can_end_enrollment(request.user, enrollment), DIRECTORS_ONLY)
    form = WithdrawForm(sent(request))
    if enrollment.import_id is None:
        del form.fields["whole_import"]
    if form.is_valid():
        with refusal_in_form(form):
            count = withdraw_enrollment(enrollment=enrollment, by=request.user, **form.cleaned_data)
            are = "est retirée" if count < 2 else "sont retirées"
            messages.success(request, f"{counted(count, 'inscription')} {are}.")
            return redirect("trainees:list")
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Retirer l’inscription",
        "lead": "Pour une inscription faite par erreur, tant que rien n’y est noté. Le journal en garde la trace.",
        "button": "Retirer l’inscription",
        "is_final": True,
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def leave_enrollment(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    enrollment = enrollment_of_team(request, pk)
    require(can_end_enrollment(request.user, enrollment), DIRECTORS_ONLY)
    form = LeaveForm(sent(request), initial={"left_on": clock.today()})
    if form.is_valid():
        with refusal_in_form(form):
            leave(enrollment=enrollment, by=request.user, **form.cleaned_data)
            messages.success(
                request, f"{enrollment.trainee} est {agreed('sorti', enrollment.trainee)} du parcours."
            )
            return redirect("trainee_page", enrollment.pk)
    context = {
        "enrollment": enrollment,
        "form": form,
        "title": "Sortie du parcours",
        "lead": "Une sortie est définitive. La personne pourra revenir plus tard, sur un nouveau parcours.",
        "button": "Noter la sortie",
        "is_final": True,
    }
    return render(request, "trainees/enrollments/enrollment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_enrollment(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """First the structure that welcomes, then who follows the enrolment there."""
    enrollment = enrollment_of_team(request, pk)
    require(
        can_transfer(request.user, enrollment),
        "Un transfert est l’affaire du certificateur : adressez-lui la demande.",
    )
    hosts = Structure.objects.accredited().exclude(pk=enrollment.structure_id)
    host = object_named(hosts, request.GET.get("structure"))
    context = {"enrollment": enrollment, "hosts": hosts, "host": host}
    if host is None:
        return render(request, "trainees/enrollments/transfer.html", context)
    initial = {name: getattr(enrollment, name) for name in ContractForm.base_fields} | {
        "support": enrollment.support
    }
    form = TransferForm(sent(request), structure=host, initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            transfer(
                enrollment=enrollment,
                structure=host,
                referent=form.cleaned_data["referent"],
                support=form.cleaned_data["support"],
                contract=form.contract,
                by=request.user,
            )
            messages.success(request, f"{enrollment.trainee} continue son parcours à {host}.")
            return redirect("trainee_page", enrollment.pk)
    context["form"] = form
    return render(request, "trainees/enrollments/transfer.html", context, status=status_of(form))
