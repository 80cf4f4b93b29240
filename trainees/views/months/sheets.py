"""Signed monthly sheets: those of a crew for one month, one file, its progress."""

from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.errors import DomainError
from core.formats import counted, joined
from core.views.form_actions import refusal_in_messages
from structures.enums import Role
from structures.models import Structure
from structures.permissions import can_direct
from trainees.enums import SessionState
from trainees.models import Enrollment, MonthlySheet
from trainees.permissions import can_close_month
from trainees.queries.months import read_months
from trainees.rules.months import first_of, last_of, month_name, of_month
from trainees.services.months import close_month, open_sheet, retry_rendering, sheets_set_aside
from trainees.views.access import chosen_structure, own_structures, require
from trainees.views.months.closing import first_day, pdf_response

TEAM_ONLY = "Les feuilles du mois sont tenues par l’équipe de la structure."


@require_http_methods(["GET", "HEAD", "POST"])
def month_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The crew of a structure for one month, the last one that is over by default; sign the complete ones."""
    structures = own_structures(request, *Role.values)
    structure = chosen_structure(request, structures, TEAM_ONLY)
    wanted = request.GET.get("mois")
    month = first_day(wanted) if wanted else first_of(clock.today()) - relativedelta(months=1)
    enrollments = _crew(structure, month)
    if request.method == "POST":
        chosen = set(request.POST.getlist("enrollment"))
        _sign(request, [enrollment for enrollment in enrollments if str(enrollment.pk) in chosen], month)
        return redirect(f"{reverse('trainees:month_list')}?mois={month:%Y-%m}&structure={structure.pk}")
    months = list(read_months(enrollments, month).values())
    sheets = [sheet for read in months if read.closing for sheet in read.closing.sheets.all()]
    context = {
        "structure": structure,
        "structures": structures,
        "name": month_name(month),
        "slug": f"{month:%Y-%m}",
        "before": month - relativedelta(months=1),
        "after": month + relativedelta(months=1),
        "months": months,
        "set_aside": sheets_set_aside(sheets),
        "blanks": _blanks(structure),
        "may_direct": can_direct(request.user, structure),
        "complete": sum(read.is_complete for read in months),
        "minutes": sum(read.minutes for read in months),
        "signed": sum(bool(read.closing) for read in months),
    }
    return render(request, "trainees/months/month_list.html", context)


@require_safe
@never_cache
def sheet_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The PDF of a signed month. The one GET that adds a line to the journal, for the certifier."""
    sheet = _sheet(request, pk)
    with refusal_in_messages(request):
        pdf = open_sheet(sheet=sheet, by=request.user)
        return pdf_response(pdf, f"emargement-{sheet.closing.month:%Y-%m}-{sheet.pk}.pdf")
    context = {
        "sheet": sheet,
        "set_aside": sheets_set_aside([sheet]),
        "name": month_name(sheet.closing.month),
        "reads_enrollment": Enrollment.objects.visible_to(request.user)
        .filter(pk=sheet.closing.enrollment_id)
        .exists(),
    }
    return render(request, "trainees/months/month_sheet_waiting.html", context, status=409)


@require_safe
def sheet_progress(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The fragment that asks again until the file is there."""
    sheet = _sheet(request, pk)
    context = {"sheet": sheet, "set_aside": sheets_set_aside([sheet])}
    return render(request, "trainees/months/month_sheet.html", context)


@require_POST
def sheet_retry(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Draw again a sheet that was set aside."""
    sheet = _sheet(request, pk)
    require(can_close_month(request.user, sheet.closing.enrollment), TEAM_ONLY)
    retry_rendering(sheet)
    return redirect("trainees:hours", sheet.closing.enrollment_id)


def _sheet(request: AuthenticatedHttpRequest, pk: UUID) -> MonthlySheet:
    seen = MonthlySheet.objects.visible_to(request.user).select_related(
        "structure", "closing__enrollment__trainee", "closing__enrollment__structure"
    )
    return get_object_or_404(seen, pk=pk)


def _crew(structure: Structure, month) -> QuerySet:
    """The people of a structure who were in session that month, or were expected there."""
    period = (month, last_of(month))
    there = Q(attendances__session__held_on__range=period)
    expected = Q(expected_sessions__held_on__range=period, expected_sessions__state=SessionState.PLANNED)
    found = Enrollment.objects.filter(structure=structure).filter(there | expected).order_by()
    return Enrollment.objects.filter(pk__in=found.values("pk")).with_people().order_by("trainee__folded")


def _blanks(structure: Structure) -> str:
    """The numbers of the structure that its sheets will leave blank, in a sentence."""
    numbers = {
        "le numéro d’organisme de formation": structure.training_body_number,
        "le numéro d’adhérent à l’OPCO (ICOM)": structure.member_number,
    }
    missing = joined(name for name, number in numbers.items() if not number)
    return f"Les feuilles laissent en blanc {missing}. Le certificateur tient ces numéros." if missing else ""


def _sign(request: AuthenticatedHttpRequest, enrollments: list[Enrollment], month) -> None:
    """Sign each month that can be; say why for each of the others."""
    signed = 0
    for enrollment in enrollments:
        try:
            close_month(enrollment=enrollment, month=month, by=request.user)
        except DomainError as refusal:
            messages.error(request, f"{enrollment.trainee} : {refusal.message}")
        else:
            signed += 1
    if signed:
        messages.success(
            request, f"{counted(signed, 'feuille signée,feuilles signées')} pour le mois {of_month(month)}."
        )
    elif not enrollments:
        messages.warning(request, "Cochez au moins une personne dont la feuille est complète.")
