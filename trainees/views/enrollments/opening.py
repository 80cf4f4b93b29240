from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from structures.enums import Role
from trainees.forms.enrollments.people import EnrolForm
from trainees.services.enrollments import enrol
from trainees.services.enrollments.identities import agreed
from trainees.views.access import attempt, chosen_structure, own_structures, sent, status_of

DIRECTORS_ONLY = "Seule la direction d’une structure inscrit des salariés."


@require_http_methods(["GET", "HEAD", "POST"])
def enrol_trainee(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One person's identity, contract and place, on one page."""
    structures = own_structures(request, Role.DIRECTOR)
    structure = chosen_structure(request, structures, DIRECTORS_ONLY)
    form = EnrolForm(sent(request), structure=structure)
    opened = []

    def act(data: dict) -> None:
        opened.append(
            enrol(
                structure=structure,
                support=data["support"],
                referent=data["referent"],
                identity=form.identity,
                contract=form.contract,
                by=request.user,
            )
        )

    if attempt(form, act):
        trainee = opened[0].trainee
        messages.success(
            request, f"{trainee} est {agreed('inscrit', trainee)}. Il reste à établir son plan de formation."
        )
        return redirect("trainee_page", opened[0].pk)
    context = {"form": form, "structure": structure, "structures": structures}
    return render(request, "trainees/enrollments/enrol.html", context, status=status_of(form))
