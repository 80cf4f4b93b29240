from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, sent, status_of
from evaluations.forms.teams import CrewTransferForm
from evaluations.models import Evaluation
from evaluations.permissions import can_transfer_crew
from evaluations.services.teams import read_workload, transfer_crew
from structures.models import Membership, Structure
from trainees.models import Attendance, MonthlySheet, PastPlacement

NOT_YOURS = (
    "La direction passe la main d’une équipe à une autre personne ; chacun peut aussi passer la sienne."
)


@require_http_methods(["GET", "HEAD", "POST"])
def crew_transfer(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Show what somebody is in charge of in a team, then transfer it to a colleague."""
    teams = Membership.objects.visible_to(request.user).current().select_related("structure", "user")
    membership = get_object_or_404(teams, pk=pk)
    if not can_transfer_crew(request.user, membership):
        raise PermissionDenied(NOT_YOURS)
    form = CrewTransferForm(sent(request), membership=membership, initial={"ends_role": True})
    if form.is_valid():
        with refusal_in_form(form):
            workload = transfer_crew(membership=membership, by=request.user, **form.cleaned_data)
            successor = form.cleaned_data["successor"]
            passed = f"{workload.sentence} : {successor} prend la suite." if not workload.is_empty else ""
            ended = "Le rôle est terminé." if form.cleaned_data["ends_role"] else ""
            messages.success(request, f"{passed} {ended}".strip())
            if not Structure.objects.visible_to(request.user).filter(pk=membership.structure_id).exists():
                return redirect("home")
            return redirect("structures:detail", membership.structure_id)
    context = {
        "membership": membership,
        "structure": membership.structure,
        "workload": read_workload(structure=membership.structure, user=membership.user),
        "form": form,
    }
    return render(request, "evaluations/teams/crew_transfer.html", context, status=status_of(form))


@require_safe
def past_placement(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """What a team did with somebody who moved to another structure: its own facts, nothing newer."""
    placements = PastPlacement.objects.visible_to(request.user).select_related(
        "enrollment__trainee", "structure"
    )
    row = get_object_or_404(placements, pk=pk)
    enrollment = row.enrollment_id
    attendances = (
        Attendance.objects.filter(enrollment=enrollment, session__structure=row.structure_id)
        .select_related("session__trainer")
        .order_by("-session__held_on")
    )
    evaluations = Evaluation.objects.valid().filter(enrollment=enrollment, structure=row.structure_id)
    context = {
        "placement": row,
        "attendances": attendances,
        "minutes": sum(attendance.minutes for attendance in attendances),
        "sheets": MonthlySheet.objects.filter(closing__enrollment=enrollment, structure=row.structure_id)
        .select_related("closing")
        .defer("content"),
        "evaluations": evaluations.select_related("competency", "level", "evaluator"),
        "immersions": row.enrollment.immersions.filter(
            starts_on__gte=row.starts_on, starts_on__lt=row.ends_on, confirmed_at__isnull=False
        ),
    }
    return render(request, "evaluations/teams/past_placement.html", context)
