from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, sent, status_of
from evaluations.forms.evaluations import VoidForm
from evaluations.models import Evaluation
from evaluations.permissions import can_evaluate, can_void_evaluation
from evaluations.services.evaluations import void_evaluation

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
    form = VoidForm(sent(request), evaluation=evaluation, may_replace=may_replace)
    if form.is_valid():
        with refusal_in_form(form):
            void_evaluation(
                evaluation=evaluation,
                reason=form.cleaned_data["reason"],
                replacement_rank=form.cleaned_data.get("replacement"),
                by=request.user,
            )
            messages.success(request, "L’évaluation est annulée. Elle reste lisible dans l’historique.")
            return redirect("evaluations:competency_history", enrollment.pk, evaluation.competency_id)
    context = {
        "form": form,
        "evaluation": evaluation,
        "enrollment": enrollment,
        "voided": hasattr(evaluation, "void"),
    }
    return render(request, "evaluations/evaluations/evaluation_void.html", context, status=status_of(form))
