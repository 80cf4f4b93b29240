from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.errors import DomainError
from evaluations.forms.evaluations import VoidForm
from evaluations.models import Evaluation
from evaluations.permissions import can_evaluate, can_void_evaluation
from evaluations.services.evaluations import void_evaluation
from evaluations.views.frameworks.versions import refusal_status

OTHERS_READ = "Une évaluation s’annule par la personne qui l’a faite, ou par la direction de la structure."


@require_http_methods(["GET", "POST"])
def evaluation_void(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Void one evaluation, with a reason, and replace its level if asked."""
    evaluation = get_object_or_404(
        Evaluation.objects.visible_to(request.user).select_related(
            "level", "competency", "evaluator", "enrollment__trainee", "enrollment__structure", "void"
        ),
        pk=pk,
    )
    enrollment = evaluation.enrollment
    if not can_void_evaluation(request.user, evaluation):
        raise PermissionDenied(OTHERS_READ)
    may_replace = can_evaluate(request.user, enrollment)
    form = VoidForm(request.POST or None, evaluation=evaluation, may_replace=may_replace)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                void_evaluation(
                    evaluation=evaluation,
                    reason=form.cleaned_data["reason"],
                    replacement_rank=form.cleaned_data.get("replacement"),
                    by=request.user,
                )
            except DomainError as error:
                form.add_error(None, error.message)
                status = refusal_status(error)
            else:
                messages.success(request, "L’évaluation est annulée. Elle reste lisible dans l’historique.")
                return redirect("evaluations:competency_history", enrollment.pk, evaluation.competency_id)
    context = {
        "form": form,
        "evaluation": evaluation,
        "enrollment": enrollment,
        "voided": hasattr(evaluation, "void"),
    }
    return render(request, "evaluations/evaluations/evaluation_void.html", context, status=status)
