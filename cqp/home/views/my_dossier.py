from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from cqp.home.queries.candidacies import candidacies_of, certificates_of
from evaluations.models import ExperienceSheet
from evaluations.queries.dossiers import read_gateway
from evaluations.queries.evaluations import read_booklets
from trainees.models import Enrollment
from trainees.queries.hours.forecast import with_plan


@require_safe
def my_dossier(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The trainee's own page: few words, pictograms, read aloud. The open enrolment, or the last one."""
    mine = Enrollment.objects.filter(trainee__user=request.user)
    enrollment = with_plan(mine.with_people()).order_by("-enrolled_on").first()
    if enrollment is None:
        raise Http404("Aucun parcours n’est ouvert à votre nom : demandez à votre encadrant.")
    gateway = read_gateway(enrollment)
    context = {
        "enrollment": enrollment,
        "missing": [piece for piece in gateway.pieces if not piece.ok],
        "booklets": read_booklets(enrollment),
        "sheets": ExperienceSheet.objects.filter(enrollment=enrollment).prefetch_related("photos"),
        "candidacies": candidacies_of(enrollment, request.user),
        "certificates": certificates_of(enrollment, request.user),
    }
    return render(request, "cqp/home/my_dossier.html", context)
