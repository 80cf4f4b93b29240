"""The months of a path: their presences, their sheet, the acts that close and reopen them."""

from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.errors import DomainError
from trainees.models import Enrollment
from trainees.permissions import can_close_month, can_reopen_month
from trainees.services.months import close_month, month_name, of_month, reopen_month
from trainees.views.doors import path_of_team, require


@require_POST
def month_close(request: HttpRequest, pk: UUID, month: str) -> HttpResponse:
    path = path_of_team(request, pk)
    require(can_close_month(request.user, path), "Seule l’équipe de la structure signe les feuilles.")
    day = _first_day(month)
    try:
        close_month(enrollment=path, month=day, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"La feuille {of_month(day)} est signée.")
    return redirect("trainees:hours", path.pk)


@require_POST
def month_reopen(request: HttpRequest, pk: UUID, month: str) -> HttpResponse:
    path = path_of_team(request, pk)
    require(can_reopen_month(request.user, path), "Seule la direction rouvre une feuille signée.")
    day = _first_day(month)
    try:
        reopen_month(enrollment=path, month=day, reason=request.POST.get("reason", ""), by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"La feuille {of_month(day)} est rouverte.")
    return redirect("trainees:hours", path.pk)


def months_of(path: Enrollment) -> list[dict]:
    """Each month with a session, newest first: its presences, their sum, whether its sheet is signed."""
    rows = path.attendances.select_related("session__trainer").order_by(
        "-session__held_on", "-session__starts_at"
    )
    signed = {closing.month: closing for closing in path.month_closings.filter(reopened_at=None)}
    months = []
    for month, group in groupby(rows, key=lambda row: row.session.held_on.replace(day=1)):
        attendances = list(group)
        months.append(
            {
                "name": month_name(month),
                "slug": f"{month:%Y-%m}",
                "attendances": attendances,
                "minutes": sum(row.minutes for row in attendances),
                "closing": signed.get(month),
            }
        )
    return months


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Http404 from error
