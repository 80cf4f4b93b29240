"""The months of an enrolment: their presences, their provisional sheet, closing and reopening them."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.errors import DomainError
from core.views.form_actions import read_reason, refusal_in_messages
from structures.models import Structure
from trainees.models import Enrollment, MonthlySheet
from trainees.permissions import can_close_month, can_reopen_month
from trainees.queries.months import Month, read_history
from trainees.rules.months import of_month
from trainees.services.months import close_month, employers, render_provisional_sheet, reopen_month
from trainees.views.access import enrollment_of_team, require, visible_enrollment

PDF_HEADERS = {"Cache-Control": "private, no-store"}


@require_POST
def month_close(request: AuthenticatedHttpRequest, pk: UUID, month: str) -> HttpResponse:
    enrollment = enrollment_of_team(request, pk)
    require(can_close_month(request.user, enrollment), "Seule l’équipe de la structure signe les feuilles.")
    day, reason = first_day(month), request.POST.get("missing_reason", "")
    with refusal_in_messages(request):
        close_month(enrollment=enrollment, month=day, missing_reason=reason, by=request.user)
        messages.success(request, f"La feuille {of_month(day)} est signée.")
    return redirect("trainees:hours", enrollment.pk)


@require_POST
def month_reopen(request: AuthenticatedHttpRequest, pk: UUID, month: str) -> HttpResponse:
    enrollment = enrollment_of_team(request, pk)
    require(can_reopen_month(request.user, enrollment), "Seule la direction rouvre une feuille signée.")
    day = first_day(month)
    with refusal_in_messages(request):
        reopen_month(enrollment=enrollment, month=day, reason=read_reason(request), by=request.user)
        messages.success(request, f"La feuille {of_month(day)} est rouverte.")
    return redirect("trainees:hours", enrollment.pk)


@require_safe
@never_cache
def month_sheet(request: AuthenticatedHttpRequest, pk: UUID, month: str, structure_pk: UUID) -> HttpResponse:
    """The provisional sheet of a month with one employer; once it is signed, the signed one."""
    enrollment, day = visible_enrollment(request, pk), first_day(month)
    structure = get_object_or_404(Structure, pk=structure_pk)
    signed = MonthlySheet.objects.in_force().filter(
        closing__enrollment=enrollment, closing__month=day, structure=structure
    )
    if sheet := signed.first():
        return redirect("trainees:sheet_file", sheet.pk)
    try:
        pdf = render_provisional_sheet(enrollment, day, structure)
    except DomainError as refusal:
        raise Http404 from refusal
    return pdf_response(pdf, f"feuille-provisoire-{month}-{enrollment.pk}.pdf")


def months_of(enrollment: Enrollment) -> list[Month]:
    """Each month with a session, newest first: presences, what is missing, signings, sheets."""
    months = read_history(enrollment)
    open_months = [month for month in months if not month.closing]
    known = {row.pk: row for row in employers([row for m in open_months for row in m.attendances])}
    for month in open_months:
        month.employers = [
            known[pk] for pk in dict.fromkeys(row.session.structure_id for row in month.attendances)
        ]
    return months


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows, and keeps nowhere."""
    headers = {**PDF_HEADERS, "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def first_day(month: str) -> date:
    """The first day of a month that an address names, « 2026-03 »; 404 for nonsense and for other years than ours."""
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Http404 from error
    if day.year not in clock.YEARS:
        raise Http404
    return day
