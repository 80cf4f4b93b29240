from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from trainees.documents.hours import curve_chart, weeks_chart
from trainees.permissions import (
    can_arrange_immersion,
    can_close_month,
    can_read_enrollment,
    can_reopen_month,
)
from trainees.queries.hours.forecast_sentences import advice_of, own_sentence_of, sentence_of
from trainees.queries.hours.progress import read_progress
from trainees.queries.immersions import list_immersions
from trainees.rules.hours.forecast import Forecast
from trainees.services.hours.counters import cap_warning, hours_ahead
from trainees.services.immersions import enrollment_warnings
from trainees.services.months import sheets_set_aside
from trainees.views.access import visible_enrollment
from trainees.views.months.closing import months_of


@require_safe
def hours(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """What is done week by week and month by month, beside the plan; the trainee reads their own here."""
    enrollment = visible_enrollment(request, pk)
    immersions = list_immersions(enrollment)
    today = clock.today()
    progress = read_progress(enrollment, immersions, today)
    months = months_of(enrollment)
    sheets = [sheet for month in months for closing in month.closings for sheet in closing.sheets.all()]
    forecast, weeks = progress.forecast, progress.weeks
    is_team = can_read_enrollment(request.user, enrollment)
    context = {
        "enrollment": enrollment,
        "plan": progress.plan,
        "progress": progress,
        "forecast": forecast,
        "forecast_sentence": _forecast_sentence(forecast, is_team),
        "advice": advice_of(forecast) if forecast and is_team else [],
        "cap_warning": cap_warning(hours_ahead([enrollment])[enrollment.pk]) if enrollment.is_open else "",
        "weeks_chart": weeks_chart(weeks, today) if weeks else None,
        "curve_chart": curve_chart(weeks, today, forecast, enrollment.contract_end) if weeks else None,
        "months": months,
        "set_aside": sheets_set_aside(sheets),
        "immersions": immersions,
        "warnings": enrollment_warnings(enrollment, immersions),
        "today": today,
        "is_team": is_team,
        "may_close": can_close_month(request.user, enrollment),
        "may_reopen": enrollment.is_open and can_reopen_month(request.user, enrollment),
        "may_arrange": enrollment.is_open and can_arrange_immersion(request.user, enrollment),
    }
    return render(request, "trainees/hours/hours.html", context)


def _forecast_sentence(forecast: Forecast | None, is_team: bool) -> str:
    if forecast is None:
        return ""
    return sentence_of(forecast) if is_team else own_sentence_of(forecast)
