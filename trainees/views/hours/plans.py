from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, sent, status_of
from trainees.forms.hours import PLAN_FIELDS, PlanForm
from trainees.permissions import can_plan_hours
from trainees.services.hours.plans import plan_hours, plan_warnings, revisions_of
from trainees.views.access import enrollment_of_team, require

FIELDS = (*PLAN_FIELDS.values(), "starts_on", "ends_on")


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The plan in force beside what is done, its revisions; written and revised by the direction."""
    enrollment = enrollment_of_team(request, pk)
    may_plan = can_plan_hours(request.user, enrollment)
    if request.method == "POST":
        require(may_plan, "Seule la direction établit le plan de formation.")
    revisions = revisions_of(enrollment)
    current = revisions[0].plan if revisions else None
    initial = {name: getattr(current, name) for name in FIELDS} if current else None
    form = PlanForm(sent(request), enrollment=enrollment, is_revision=bool(current), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            planned = plan_hours(enrollment=enrollment, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                f"Le plan de formation de {enrollment.trainee} est {'révisé' if current else 'établi'}.",
            )
            return redirect("trainees:plan" if plan_warnings(planned) else "trainee_page", enrollment.pk)
    context = {
        "enrollment": enrollment,
        "plan": current,
        "warnings": plan_warnings(current) if current and enrollment.is_open else [],
        "revisions": revisions,
        "form": form,
        "may_plan": may_plan and (enrollment.is_open or form.is_bound),
    }
    return render(request, "trainees/hours/plan.html", context, status=status_of(form))
