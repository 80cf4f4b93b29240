from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, sent, status_of
from structures.enums import Role
from trainees.forms.enrollments.people import EnrolForm
from trainees.services.enrollments import enrol
from trainees.services.enrollments.identities import agreed
from trainees.views.access import chosen_structure, own_structures

DIRECTORS_ONLY = "Seule la direction d’une structure inscrit des salariés."


@require_http_methods(["GET", "HEAD", "POST"])
def enrol_trainee(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One person's identity, contract and place, on one page."""
    structures = own_structures(request, Role.DIRECTOR)
    structure = chosen_structure(request, structures, DIRECTORS_ONLY)
    form = EnrolForm(sent(request), structure=structure)
    if form.is_valid():
        with refusal_in_form(form):
            opened = enrol(
                structure=structure,
                support=form.cleaned_data["support"],
                referent=form.cleaned_data["referent"],
                identity=form.identity,
                contract=form.contract,
                person=form.cleaned_data["person"],
                by=request.user,
            )
            trainee = opened.trainee
            messages.success(
                request,
                f"{trainee} est {agreed('inscrit', trainee)}. Il reste à établir son plan de formation.",
            )
            return redirect("trainee_page", opened.pk)
    context = {"form": form, "structure": structure, "structures": structures}
    return render(request, "trainees/enrollments/enrol.html", context, status=status_of(form))
